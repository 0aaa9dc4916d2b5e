"""What the project is made of is told whole, and silence about it is never told as good news."""

from __future__ import annotations

import json
import re
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from local.dependencies.audit import Finding, conclude, read_npm, read_pip, told
from local.dependencies.locks import NPM, PYTHON, packages, title
from local.dependencies.sbom import document, listed

LOCKS = (*PYTHON, *NPM)
each_lock = pytest.mark.parametrize("lock", LOCKS, ids=map(title, LOCKS))
WANTED = {"aiohttp@3.14.5", "yarl@1.25.1"}


def said(content: object, status: int = 0) -> CompletedProcess[str]:
    text = content if isinstance(content, str) else json.dumps(content)
    return CompletedProcess([], status, text, "No known vulnerabilities found")


def dependency(name: str, version: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "version": version, "vulns": [], **more}


@each_lock
def test_an_sbom_has_every_package_of_its_lock_and_no_other(lock: Path) -> None:
    made = document(lock)
    assert made["bomFormat"] == "CycloneDX"
    assert {each.lower() for each in listed(made)} == {each.lower() for each in packages(lock)}
    assert str(Path.home()) not in json.dumps(made)
    assert str(lock.parent) not in json.dumps(made)


@each_lock
def test_a_lock_names_no_address_and_no_place_on_a_machine(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    if lock in NPM:  # where money for a package can be sent is part of its metadata
        text = re.sub(r'"(?:url|funding)": "[^"]*"', "", text)
    assert re.findall(r"[a-z+]+://[^\s\"]+", text) == []
    assert re.findall(r"(?:file:|^-[ief] |^--find|\"/|~/)[^\s]*", text, re.MULTILINE) == []


@each_lock
def test_every_package_of_a_lock_has_a_digest(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    if lock in PYTHON:
        entries = re.split(r"\n(?=\S)", text.strip())
        assert all("--hash=sha256:" in entry for entry in entries)
        return
    entries_of = json.loads(text)["packages"].items()
    assert all(each.get("integrity") for place, each in entries_of if place)


def test_what_could_not_be_looked_up_is_not_taken_for_sound() -> None:
    # This is what pip-audit says, with the status of success, when it knows none of the packages.
    skipped = {
        "dependencies": [
            {"name": "aiohttp", "skip_reason": "…"},
            {"name": "yarl", "skip_reason": "…"},
        ]
    }
    assert read_pip(said(skipped), WANTED).not_asked == sorted(WANTED)


@pytest.mark.parametrize("output", ["", "Traceback …", "[]", "{}", '{"dependencies": []}'])
def test_what_a_tool_did_not_say_was_not_asked(output: str) -> None:
    assert read_pip(said(output, 1), WANTED) == Finding(not_asked=sorted(WANTED))
    assert read_npm(said(output, 1), WANTED) == Finding(not_asked=sorted(WANTED))


def test_an_advisory_service_that_refuses_npm_was_not_asked() -> None:
    refused = {"message": "405 Method Not Allowed", "statusCode": 405, "error": {"summary": ""}}
    assert read_npm(said(refused, 1), WANTED).not_asked == sorted(WANTED)


def test_what_is_known_is_told_with_what_mends_it() -> None:
    vulnerability = {"id": "PYSEC-2026-1", "fix_versions": ["3.14.6"]}
    found = {
        "dependencies": [
            dependency("aiohttp", "3.14.5", vulns=[vulnerability]),
            dependency("yarl", "1.25.1"),
        ]
    }
    finding = read_pip(said(found, 1), WANTED)
    assert finding == Finding(known=["aiohttp@3.14.5: PYSEC-2026-1, mended in 3.14.6"])
    in_npm = {"vulnerabilities": {"vite": {"severity": "high"}}}
    assert read_npm(said(in_npm, 1), {"vite@8.3.8"}) == Finding(known=["vite: high"])
    assert read_npm(said({"vulnerabilities": {}}), {"vite@8.3.8"}) == Finding()


def test_one_package_that_was_left_out_is_named() -> None:
    some = {"dependencies": [dependency("aiohttp", "3.14.5")]}
    finding = read_pip(said(some), WANTED)
    assert finding.not_asked == ["yarl@1.25.1"]


@pytest.mark.parametrize(
    ("finding", "status", "words"),
    [
        (Finding(), 0, "nothing is known against any"),
        (Finding(known=["a@1: X"]), 1, "a@1: X"),
        (Finding(known=["a@1: X"], not_asked=["b@1"]), 1, "COULD NOT ASK about 1: b@1"),
        (Finding(not_asked=["b@1"]), 2, "NOT known"),
    ],
)
def test_the_exit_status_tells_the_three_apart(
    capsys: pytest.CaptureFixture[str], finding: Finding, status: int, words: str
) -> None:
    assert conclude({PYTHON[0]: finding, NPM[0]: Finding()}) == status
    shown = capsys.readouterr()
    assert words in shown.out + shown.err


def test_a_lock_of_which_nothing_was_asked_says_nothing_else() -> None:
    lock = PYTHON[0]
    [line] = told(lock, Finding(not_asked=sorted(packages(lock))))
    assert "COULD NOT ASK about any" in line
