from __future__ import annotations

from domain.code_system import FOR_OBSERVABLES
from domain.coding import Coding
from domain.observable import OBSERVABLES, observable_of


def test_a_code_means_one_measure() -> None:
    codes = [code for each in OBSERVABLES for code in each.codes]
    assert len(codes) == len(set(codes))
    assert {system for system, _ in codes} <= FOR_OBSERVABLES


def test_a_measure_is_found_by_any_of_its_codes() -> None:
    for each in OBSERVABLES:
        assert each.lowest < each.highest
        for system, code in each.codes:
            assert observable_of(Coding(text="x", system=system, code=code)) is each


def test_text_and_unknown_codes_are_no_known_measure() -> None:
    assert observable_of(Coding(text="Puls")) is None
    assert observable_of(Coding(text="x", system="http://loinc.org", code="1-1")) is None
