from __future__ import annotations

from enum import Enum

import msgspec
import pytest

from domain.access.audit import AuditEntry
from domain.access.decision import Basis
from domain.access.permission import MAY, Capacity
from domain.noun import Noun
from domain.operation import Operation
from domain.source.section import SectionState
from domain.writing.lifecycle import TRANSITIONS
from tests.docs import markdown
from tests.docs.markdown import DOCS, Row, codes, words

# Whoever has the code opens a share, before the policy knows of them. The worker asks nobody.
ALL = MAY | {
    Operation.OPEN_SHARE: frozenset({Capacity.RECIPIENT}),
    Operation.COMPARE: frozenset(),
}
# What the gateway does by itself.
NOBODY = "ingen"
TEXT = (DOCS / "prosess.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[Row]:
    return markdown.table(markdown.section(TEXT, heading))


def require_rows(heading: str, column: str, wanted: set[str]) -> None:
    """Compare the codes in a column with those there are, and say what to add or take out."""
    told = [code for row in rows(heading) for code in codes(row[column])]
    lacking, gone = sorted(wanted - {*told}), sorted({*told} - wanted)
    assert not lacking, f"prosess.md, “{heading}”: add rows for {lacking}"
    assert not gone, f"prosess.md, “{heading}”: take out the rows for {gone}"
    assert len(told) == len(wanted), f"prosess.md, “{heading}”: a row stands twice"


def capacities(cell: str) -> set[Capacity]:
    """Return the capacities that a cell's words stand for."""
    called = {row["Egenskap"]: Capacity[codes(row["Kode"])[0]] for row in rows("Egenskaper")}
    return set() if cell == NOBODY else {called[word] for word in words(cell)}


@pytest.mark.parametrize(
    ("heading", "column", "kind"),
    [
        ("Egenskaper", "Kode", Capacity),
        ("Hvem som kan gjøre hva", "Kode", Operation),
        ("Grunnlag for tilgang", "Grunnlag", Basis),
        ("Tilstander for det som hentes", "Tilstand", SectionState),
    ],
)
def test_every_value_has_a_row_and_no_other_has(
    heading: str, column: str, kind: type[Enum]
) -> None:
    require_rows(heading, column, {value.name for value in kind})


def test_who_may_do_what_is_the_policy_s_table() -> None:
    for row in rows("Hvem som kan gjøre hva"):
        operation = Operation[codes(row["Kode"])[0]]
        may = sorted(each.name for each in ALL[operation])
        assert capacities(row["Hvem"]) == ALL[operation], f"{operation.name}: should say {may}"


def test_the_lifecycle_is_the_table_of_transitions() -> None:
    told = set()
    for row in rows("Livsløp"):
        operation = Operation[codes(row["Kode"])[0]]
        assert capacities(row["Hvem"]) == MAY[operation], operation.name
        told |= {(operation.name, code, codes(row["Til"])[0]) for code in codes(row["Fra"])}
    known = {
        (by.name, before.name, after.name)
        for by, ways in TRANSITIONS.items()
        for before, after in ways.items()
    }
    assert not known - told, f"prosess.md, “Livsløp”: add {sorted(known - told)}"
    assert not told - known, f"prosess.md, “Livsløp”: take out {sorted(told - known)}"


@pytest.mark.parametrize(("heading", "noun"), [("En linje i loggen", AuditEntry)])
def test_what_is_logged_is_what_a_line_of_the_log_holds(heading: str, noun: type[Noun]) -> None:
    require_rows(heading, "Felt", {field.encode_name for field in msgspec.structs.fields(noun)})
