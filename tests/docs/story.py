"""The steps of docs/story.md: who asks, what is sent, and what the answer must show."""

from __future__ import annotations

import argparse
import re
import shlex
from dataclasses import dataclass
from typing import Any

import msgspec

from tests.docs import markdown
from tests.docs.markdown import ROOT

TEXT = (ROOT / "docs" / "story.md").read_text(encoding="utf-8")

_STEP = re.compile(r"^### (\d+\.\d+) .+$", re.MULTILINE)
_PERSON = re.compile(r"^As \*\*(.+?)\*\* \(`(\w+)`\)", re.MULTILINE)
_UNTIL = "Ask again until the answer is this one."
_AGAIN = re.compile(r"^Send step (\d+\.\d+) again(?:, with:|\.)$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One step: a GraphQL operation, or a `curl` command, and what of the answer is shown."""

    number: str
    name: str
    person: str
    document: str
    variables: dict[str, Any]
    command: str
    answer: Any
    is_asked_until: bool = False


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
    code = {block.language: block.code for block in blocks}
    given = {
        block.above: msgspec.json.decode(block.code) for block in blocks if block.language == "json"
    }
    document, variables = code.get("graphql", ""), given.get("Variables:", {})
    if again := _AGAIN.search(body):
        earlier = before[again[1]]
        document, variables = earlier.document, _changed(earlier.variables, given.get(again[0], {}))
    command = code.get("sh", "")
    assert document or command, f"story.md, {number}: nothing is sent"
    name, person = _asker(body)
    answer = given.get("Answer:")
    return Step(number, name, person, document, variables, command, answer, _UNTIL in body)


def _asker(body: str) -> tuple[str, str]:
    found = _PERSON.search(body)
    return (found[1], found[2]) if found else ("", "")


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
        options = argparse.ArgumentParser()
        options.add_argument("url")
        options.add_argument("-s", action="store_true")
        options.add_argument("-X")
        options.add_argument("-H", action="append", default=[])
        options.add_argument("-d")
        read = options.parse_args(words)
        headers = dict(header.split(": ", 1) for header in read.H)
        return cls(read.url, read.X or ("POST" if read.d else "GET"), headers, read.d)
