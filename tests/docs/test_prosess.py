from __future__ import annotations

from enum import Enum
from typing import TypeAlias

import msgspec
import pytest

from domain.access.audit import AuditEntry
from domain.access.matrix import CELLS, YES, Cell, Condition
from domain.access.relation import Basis
from domain.access.right import RIGHT_OF
from domain.access.standing import Standing
from domain.noun import Noun
from domain.operation import Operation
from domain.source.section import SectionState
from domain.wording.standing import STANDINGS, WHO
from domain.writing.lifecycle import TRANSITIONS
from tests.docs import markdown
from tests.docs.markdown import DOCS, Row, codes, words

Who: TypeAlias = dict[Standing, Cell]

# What the gateway does by itself, and what is asked before anybody is anything to a patient.
WITHOUT_RIGHT: dict[Operation, Who] = {
    Operation.ESCALATE: {},
    Operation.COMPARE: {},
    Operation.WARN_OF_BIRTHDAY: {},
    Operation.OPEN_SHARE: {Standing.RECIPIENT: YES},
    Operation.OPEN_EMERGENCY: dict.fromkeys(
        (Standing.RESPONSIBLE, Standing.PERSONNEL, Standing.EMERGENCY), YES
    ),
    Operation.EXPLAIN_ACCESS: dict.fromkeys(Standing, YES),
}
NOBODY, EVERYBODY = "ingen", "alle"
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


def who(cell: str) -> Who:
    """Return what a cell says of whom: each standing, by name or by collective word."""
    if cell in (NOBODY, EVERYBODY):
        return dict.fromkeys(Standing, YES) if cell == EVERYBODY else {}
    together = {row["Samleord"]: row["Hvem"] for row in rows("Samleord")}
    found: Who = {}
    for said in words(cell):
        name, _, condition = said.rstrip(")").partition(" (")
        each = who(together[name]) if name in together else {_standing(name): YES}
        found |= each if not condition else dict.fromkeys(each, _on(condition))
    return found


def _standing(name: str) -> Standing:
    return next(each for each, words_of in STANDINGS.items() if words_of.nb == name)


def _on(condition: str) -> Cell:
    known = {row["Vilkår"]: Condition[codes(row["Kode"])[0]] for row in rows("Vilkår")}
    return Cell(is_given=True, condition=known[condition])


def entitled(operation: Operation) -> Who:
    """Return who may do something, by the policy's table."""
    if operation not in RIGHT_OF:
        return WITHOUT_RIGHT[operation]
    cells = {each: CELLS[each][RIGHT_OF[operation]] for each in Standing}
    return {each: cell for each, cell in cells.items() if cell.is_given}


@pytest.mark.parametrize(
    ("heading", "column", "kind"),
    [
        ("Egenskaper", "Kode", Standing),
        ("Vilkår", "Kode", Condition),
        ("Hvem som kan gjøre hva", "Kode", Operation),
        ("Grunnlag for tilgang", "Grunnlag", Basis),
        ("Tilstander for det som hentes", "Tilstand", SectionState),
    ],
)
def test_every_value_has_a_row_and_no_other_has(
    heading: str, column: str, kind: type[Enum]
) -> None:
    require_rows(heading, column, {value.name for value in kind})


def test_standings_are_called_and_explained_as_everywhere() -> None:
    told = [
        (row["Egenskap"], *codes(row["Kode"]), row["Hvem det er"]) for row in rows("Egenskaper")
    ]
    assert told == [(STANDINGS[each].nb, each.name, WHO[each].nb) for each in Standing]


def test_who_may_do_what_is_the_policy_s_table() -> None:
    for row in rows("Hvem som kan gjøre hva"):
        operation = Operation[codes(row["Kode"])[0]]
        assert who(row["Hvem"]) == entitled(operation), operation.name


def test_the_lifecycle_is_the_table_of_transitions() -> None:
    told = set()
    for row in rows("Livsløp"):
        operation = Operation[codes(row["Kode"])[0]]
        assert who(row["Hvem"]) == entitled(operation), operation.name
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
