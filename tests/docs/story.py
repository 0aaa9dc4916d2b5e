"""The steps of docs/story.md: who asks, what is sent, and what the answer must show."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tests.docs import markdown
from tests.docs.markdown import ROOT

TEXT = (ROOT / "docs" / "story.md").read_text(encoding="utf-8")

_STEP = re.compile(r"^### (\d+\.\d+) .+$", re.MULTILINE)
_PERSON = re.compile(r"^As \*\*(.+?)\*\* \(`(\w+)`\)", re.MULTILINE)
_AS = re.compile(r"json as (\d+\.\d+)")


@dataclass(frozen=True)
class Step:
    """One step: a GraphQL operation, or a `curl` command, and what of the answer is shown."""

    number: str
    name: str = ""
    person: str = ""
    document: str = ""
    variables: dict[str, Any] = field(default_factory=dict)
    command: str = ""
    answer: Any = None


def chosen() -> dict[str, str]:
    """Return the values that a reader chooses, as the test does, by their names."""
    rows = markdown.table(markdown.section(TEXT, "Values to choose"))
    named = ((markdown.codes(row["Name"])[0], row["In the test"]) for row in rows)
    return {name.removeprefix("$"): markdown.codes(cell)[0] for name, cell in named}


def steps() -> list[Step]:
    """Read all steps, in order."""
    found: dict[str, Step] = {}
    _, *parts = _STEP.split(TEXT)
    for number, body in zip(parts[::2], parts[1::2], strict=True):
        found[number] = _step(number, body, found)
    return list(found.values())


def _step(number: str, body: str, before: dict[str, Step]) -> Step:
    blocks = markdown.blocks(body)
    told = {"name": "", "person": ""}
    if asker := _PERSON.search(body):
        told = {"name": asker[1], "person": asker[2]}
    again = next((found for kind in blocks if (found := _AS.fullmatch(kind))), None)
    document, variables = blocks.get("graphql", ""), _json(blocks, "json variables") or {}
    if again:
        earlier = before[again[1]]
        document = earlier.document
        variables = _changed(earlier.variables, _json(blocks, again[0]))
    command, answer = blocks.get("sh", ""), _json(blocks, "json answer")
    assert document or command, f"story.md, {number}: nothing is sent"
    return Step(
        number, **told, document=document, variables=variables, command=command, answer=answer
    )


def _json(blocks: dict[str, str], kind: str) -> Any:
    return msgspec.json.decode(blocks[kind]) if kind in blocks else None


def _changed(old: Any, new: Any) -> Any:
    """Return what an earlier step sent with some of it changed: objects are joined (RFC 7386)."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    return old | {key: _changed(old.get(key), value) for key, value in new.items()}


@dataclass(frozen=True)
class Curl:
    """What a `curl` command asks for."""

    url: str
    method: str
    headers: dict[str, str]
    body: str | None

    @classmethod
    def read(cls, command: str) -> Curl:
        """Read a command that uses nothing but -s, -X, -H and -d."""
        program, *words = shlex.split(command.replace("\\\n", " "))
        assert program == "curl", command
        method, url, body, headers = "", "", None, {}
        while words:
            word = words.pop(0)
            if word == "-X":
                method = words.pop(0)
            elif word == "-H":
                name, _, value = words.pop(0).partition(": ")
                headers[name] = value
            elif word == "-d":
                body = words.pop(0)
            elif word != "-s":
                url = word
        return cls(url, method or ("POST" if body else "GET"), headers, body)
