from __future__ import annotations

import re

import pytest

from docs.drawing.boundaries import boundaries
from tests.docs import markdown
from tests.docs.markdown import ROOT, Row, codes

TEXT = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
BOUNDARIES = {
    "A": "A. Callers and the installation",
    "B": "B. The installation and the issuer",
    "C": "C. The installation and its stores",
    "D": "D. The installation, sources and the record",
    "E": "E. Operators and the installation",
}
PROOF = "Proof"
BY_OPERATOR = "operator"
DEFINED = {
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^(?:async )?def (test_\w+)\(", file.read_text(), re.MULTILINE)
}


def rows() -> list[Row]:
    return [
        row for name in BOUNDARIES.values() for row in markdown.table(markdown.section(TEXT, name))
    ]


def test_every_file_that_is_named_exists() -> None:
    named = {code for code in codes(TEXT) if re.fullmatch(r"[\w/]+\.\w+", code) and "/" in code}
    assert len(named) > 40
    assert sorted(path for path in named if not (ROOT / path).is_file()) == []


def test_every_test_that_is_named_exists() -> None:
    named = {code for code in codes(TEXT) if re.fullmatch(r"test_\w+", code)}
    assert len(named) > 90
    assert sorted(named - DEFINED) == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["#"])
def test_every_threat_has_a_measure_and_its_proof_or_is_the_operators(row: Row) -> None:
    if row[PROOF] == BY_OPERATOR:
        assert row["What remains"] not in ("", "–")
        return
    assert any(code.endswith(".py") for code in codes(row["What stands against it"]))
    assert codes(row[PROOF])
    assert row["What remains"]


@pytest.mark.parametrize("letter", BOUNDARIES)
def test_each_boundary_is_in_the_picture_and_its_threats_are_numbered(letter: str) -> None:
    assert letter in [words.text for words in boundaries().words]
    found = markdown.table(markdown.section(TEXT, BOUNDARIES[letter]))
    assert [row["#"] for row in found] == [f"{letter}{at}" for at in range(1, len(found) + 1)]


def test_every_kind_of_threat_is_thought_of_where_callers_come_in() -> None:
    found = markdown.table(markdown.section(TEXT, BOUNDARIES["A"]))
    assert {row[""] for row in found} == set("STRIDE")
