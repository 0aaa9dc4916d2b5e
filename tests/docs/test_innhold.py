from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from docs.drawing import agreement, approval, comment, draft, handover, lifecycle, sharing
from domain import code_system
from domain.access.matrix import CELLS
from domain.access.right import Right
from domain.access.standing import HEALTH_PERSONNEL, Standing
from domain.content import enum_wording
from domain.plan.mandatory.rule import RuleSource
from domain.plan.mandatory.table import requirements
from domain.plan.part import PlanKind
from domain.writing.validation.content import LOWEST_PRIORITY
from domain.writing.validation.line import MOST_LINES
from domain.writing.validation.text import LONGEST_LINE, LONGEST_TEXT
from domain.writing.validation.zone import MOST_SIGNS, MOST_THRESHOLDS
from tests.docs import markdown
from tests.docs.graph import (
    ENUMS,
    OBJECTS,
    SCALARS,
    default_of,
    is_written,
    must_be_given,
    written_as,
)
from tests.docs.markdown import DOCS, Row, codes, words
from tests.docs.seeing import WHO, Field, seen

TEXT = (DOCS / "innhold.md").read_text(encoding="utf-8")
HEAD = "| Felt | Betydning | Type og kodeverk | Må fylles ut | Ser | Skriver | Eksempel |"
WRITERS = {"pasient", "forelder", "helsepersonell", "systemet"}
KINDS = {
    PlanKind.BEHANDLINGSPLAN: "Krav til behandlingsplan",
    PlanKind.EGENBEHANDLINGSPLAN: "Krav til egenbehandlingsplan",
    PlanKind.KRISEPLAN: "Krav til kriseplan",
    PlanKind.PALLIATIV_PLAN: "Krav til palliativ plan",
    PlanKind.BARN_BEREDSKAP_LIVSKVALITET: "Krav til plan for beredskap og livskvalitet",
    PlanKind.INDIVIDUELL_PLAN: "Krav til individuell plan",
}
FIELDS = [(name, field) for name, of in OBJECTS.items() for field in of.fields]


@cache
def described() -> dict[str, list[Row]]:
    """Return the tables of the types, by the type's name."""
    titles = [title for title in markdown.headings(TEXT) if re.search(r"\(`\w+`\)$", title)]
    return {codes(t)[-1]: markdown.table(markdown.section(TEXT, t)) for t in titles}


def rows(type_name: str, column: str) -> dict[str, Row]:
    """Return a type's rows by what its first column names."""
    found = {codes(row[column])[0]: row for row in described()[type_name]}
    assert len(found) == len(described()[type_name]), f"{type_name} has a row twice."
    return found


def documented() -> Iterator[tuple[str, str, Row]]:
    """Give each field with its row; what lacks one is told of by a test of its own."""
    for name, field in FIELDS:
        if name in described() and field in rows(name, "Felt"):
            yield name, field, rows(name, "Felt")[field]


@pytest.fixture(scope="module")
async def visible() -> dict[Field, list[str]]:
    return await seen()


def test_every_type_that_a_plan_is_made_of_has_a_table_and_no_other_has(
    visible: dict[Field, list[str]],
) -> None:
    lacking = sorted({*OBJECTS, *ENUMS} - {*described()})
    advice = [f"### Navn (`{name}`)\n\n{_table(name, visible)}" for name in lacking]
    assert not lacking, "\ninnhold.md lacks these; fill in and add:\n\n" + "\n\n".join(advice)
    extra = {*described()} - {*OBJECTS, *ENUMS}
    assert not extra, f"innhold.md describes what a plan has no longer: {sorted(extra)}"


def test_every_field_has_a_row_and_no_other_has(visible: dict[Field, list[str]]) -> None:
    lacking = [
        f"{name}.{field}:\n{_suggested(name, field, visible)}"
        for name, field in FIELDS
        if name in described() and field not in rows(name, "Felt")
    ]
    assert not lacking, "\ninnhold.md lacks these rows; fill in and add:\n" + "\n".join(lacking)
    extra = [
        f"{name}.{field}"
        for name in OBJECTS
        if name in described()
        for field in rows(name, "Felt")
        if (name, field) not in FIELDS
    ]
    assert not extra, f"innhold.md has rows for fields that are gone: {extra}"


def test_every_value_has_a_row_and_no_other_has() -> None:
    in_code = {(name, value) for name, of in ENUMS.items() for value in of.values}
    in_docs = {(name, v) for name in ENUMS if name in described() for v in rows(name, "Verdi")}
    lacking = [f"{name}: | `{v}` | **Navn.** |" for name, v in sorted(in_code - in_docs)]
    assert not lacking, "\ninnhold.md lacks these rows; fill in and add:\n" + "\n".join(lacking)
    extra = sorted(in_docs - in_code)
    assert not extra, f"innhold.md has rows for values that are gone: {extra}"


def test_values_that_are_codes_stand_with_their_code() -> None:
    for name, of in ENUMS.items():
        for value, known in of.values.items():
            code = str(getattr(known.value, "value", known.value))
            if code != value and value in rows(name, "Verdi"):
                assert rows(name, "Verdi")[value]["Kode"] == code, f"{name}.{value}"


def test_types_are_the_schema_s() -> None:
    for name, field, row in documented():
        told = codes(row["Type og kodeverk"])[0]
        assert told == str(OBJECTS[name].fields[field].type), f"{name}.{field}"
    told = {codes(row["Type"])[0] for row in markdown.table(markdown.section(TEXT, "Grunntyper"))}
    assert told == SCALARS


def test_what_must_be_given_is_what_the_schema_asks() -> None:
    for name, field, row in documented():
        told = row["Må fylles ut"]
        assert told in _may_be_told(name, field), f"{name}.{field}: {_may_be_told(name, field)}"


def test_who_sees_a_field_is_who_is_shown_it(visible: dict[Field, list[str]]) -> None:
    for name, field, row in documented():
        told = row["Ser"]
        assert told == _said(visible.get((name, field), [])), f"{name}.{field}"


def test_who_writes_a_content_is_who_may_save_one() -> None:
    writers = {each for each in Standing if CELLS[each][Right.WRITE_DRAFT].is_given}
    assert writers < HEALTH_PERSONNEL
    for name, field, row in documented():
        told = {*words(row["Skriver"])}
        assert told <= WRITERS, f"{name}.{field}"
        if is_written(name):
            writes = "helsepersonell" if written_as(name, field) else "systemet"
            assert told == {writes}, f"{name}.{field}"


@pytest.mark.parametrize("kind", PlanKind)
def test_what_a_kind_must_have_is_what_activation_asks(kind: PlanKind) -> None:
    told = [
        (*codes(row["Kode"]), row["Hvor kravet står"])
        for heading in ("Alle typer", KINDS[kind])
        for row in markdown.table(markdown.section(TEXT, heading))
    ]
    assert told == [(each.code.name, _place(each.source)) for each in requirements(kind)]


def test_code_systems_are_those_that_a_content_may_name() -> None:
    told: dict[str, set[str]] = {}
    for row in markdown.table(markdown.section(TEXT, "Kodeverk")):
        for use in words(row["Brukes til"]):
            told.setdefault(use, set()).update(codes(row["URI"]))
    assert told == {
        "problemer": code_system.FOR_PROBLEMS,
        "målinger": code_system.FOR_OBSERVABLES,
        "legemidler": code_system.FOR_MEDICINES,
    }


def test_limits_are_the_code_s() -> None:
    told = [int(row["Høyst"].replace(" ", "")) for row in markdown.table(_limits())]
    assert told == [
        LONGEST_LINE,
        LONGEST_TEXT,
        MOST_LINES,
        MOST_SIGNS,
        MOST_THRESHOLDS,
        LOWEST_PRIORITY,
    ]


def test_pictures_and_tables_have_the_same_names() -> None:
    for drawn in (lifecycle, approval, sharing, draft, agreement, comment, handover):
        for state in drawn.DIAGRAM.states:
            kind, value = type(state.value).__name__, state.value.name if state.value else ""
            told = rows(kind, "Verdi")[value]["Betydning"]
            assert markdown.name(told) == state.name, f"{kind}.{value}"


def test_values_are_called_what_readers_of_a_difference_are_told() -> None:
    for value, (told, _) in enum_wording._NAMES.items():
        kind = type(value).__name__
        if kind in ENUMS:
            row = rows(kind, "Verdi")[value.name]
            assert markdown.name(row["Betydning"]).casefold() == told.casefold(), value


def _limits() -> str:
    return markdown.section(TEXT, "Grenser")


def _place(source: RuleSource) -> str:
    return f"{source.name}, {source.section}" if source.section else source.name


def _said(roles: list[str]) -> str:
    return "alle" if roles == [*WHO] else ", ".join(roles)


def _may_be_told(name: str, field: str) -> list[str]:
    given = written_as(name, field) if is_written(name) else None
    if given is None:
        return ["–"]
    if must_be_given(given):
        return ["alltid"]
    default = default_of(given)
    return [f"nei; ellers `{default}`"] if default else ["nei", "ved aktivering"]


def _table(name: str, visible: dict[Field, list[str]]) -> str:
    """Return the table that a type lacks."""
    if name in ENUMS:
        values = [f"| `{value}` | **Navn.** |" for value in ENUMS[name].values]
        return "\n".join(["| Verdi | Betydning |", "| --- | --- |", *values])
    fields = [_suggested(name, field, visible) for field in OBJECTS[name].fields]
    return "\n".join([HEAD, f"|{' --- |' * 7}", *fields])


def _suggested(name: str, field: str, visible: dict[Field, list[str]]) -> str:
    """Return the row that a field lacks, with all that the code knows of it."""
    given = written_as(name, field) if is_written(name) else None
    cells = (
        f"`{field}`",
        "**Navn.** Betydning.",
        f"`{OBJECTS[name].fields[field].type}`",
        _may_be_told(name, field)[0],
        _said(visible.get((name, field), [])),
        "helsepersonell" if given else "systemet",
        "eksempel",
    )
    return f"| {' | '.join(cells)} |"
