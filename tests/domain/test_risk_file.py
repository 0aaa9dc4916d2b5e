"""The risk file names controls; each must be a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

from domain.following.zone_evaluation import VERSION

ROOT = Path(__file__).parents[2]
RISKS = (ROOT / "docs" / "risk-file.md").read_text(encoding="utf-8")
ROWS = [line for line in RISKS.splitlines() if re.match(r"\| \d+ \|", line)]


def test_every_risk_has_a_control_that_is_tested() -> None:
    assert len(ROWS) >= 12
    assert all(re.search(r"`test_\w+`", row.split("|")[5]) for row in ROWS)


def test_every_named_test_exists() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", RISKS))
    assert {each for each in named if f"def {each}(" not in tests} == set()


def test_every_risk_says_what_remains() -> None:
    assert all(len(row.split("|")) == 8 and row.split("|")[6].strip() for row in ROWS)


def test_the_description_is_of_this_version() -> None:
    described = (ROOT / "docs" / "zone-evaluation.md").read_text(encoding="utf-8")
    assert f"version {VERSION}." in described
