from __future__ import annotations

from collections.abc import Iterable

import pytest

from domain.code_system import FOR_MEDICINES, FOR_OBSERVABLES, FOR_PROBLEMS
from domain.coding import Coding
from domain.writing.fault import Fault
from domain.writing.validation.coding import code, measure, same_measure

WEIGHT = Coding(text="Vekt", system="http://loinc.org", code="29463-7")
ALSO_WEIGHT = Coding(text="Kroppsvekt", system="http://snomed.info/sct", code="27113001")


def told(faults: Iterable[Fault]) -> list[tuple[str, str]]:
    return [(fault.code.name, fault.path) for fault in faults]


def test_plain_text_needs_no_code() -> None:
    assert told(code(Coding(text="Ketoner"), "x", FOR_OBSERVABLES)) == []


@pytest.mark.parametrize("system", ["http://loinc.org/", "http://loinc.ORG", "LOINC"])
def test_a_misspelt_system_is_refused(system: str) -> None:
    written = Coding(text="Vekt", system=system, code="29463-7")
    assert told(code(written, "x", FOR_OBSERVABLES)) == [("UNKNOWN_CODE_SYSTEM", "x.system")]


@pytest.mark.parametrize("systems", [FOR_PROBLEMS, FOR_MEDICINES])
def test_a_system_of_something_else_is_refused(systems: frozenset[str]) -> None:
    assert told(code(WEIGHT, "x", systems)) == [("UNKNOWN_CODE_SYSTEM", "x.system")]


def test_a_code_and_its_system_go_together() -> None:
    for half in (Coding(text="a", code="1"), Coding(text="a", system="http://loinc.org")):
        assert told(code(half, "x", FOR_OBSERVABLES)) == [("INCOMPLETE_CODE", "x")]


@pytest.mark.parametrize("observable", [WEIGHT, ALSO_WEIGHT])
def test_a_known_measure_has_one_unit(observable: Coding) -> None:
    assert told(measure(observable, "kg", "x")) == []
    (fault,) = measure(observable, "g", "x")
    assert (fault.code.name, fault.path, fault.allowed) == ("WRONG_UNIT", "x.unit", "kg")


@pytest.mark.parametrize(("unit", "is_one"), [("mmol/L", True), ("", False), ("mm Hg", False)])
def test_another_measure_s_unit_has_the_form_of_ucum(unit: str, is_one: bool) -> None:
    expected = [] if is_one else [("BAD_UNIT", "x.unit")]
    assert told(measure(Coding(text="Ketoner"), unit, "x")) == expected


def test_codes_of_one_measure_are_the_same_and_texts_are_by_their_words() -> None:
    assert same_measure(WEIGHT) == same_measure(ALSO_WEIGHT)
    assert same_measure(Coding(text=" Ketoner  i blod")) == same_measure(
        Coding(text="ketoner i blod")
    )
    unknown = Coding(text="Noe", system="http://loinc.org", code="1-1")
    assert same_measure(unknown) not in (same_measure(WEIGHT), same_measure(Coding(text="Noe")))
