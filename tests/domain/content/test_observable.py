from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.coding import Coding
from domain.content.observable import (
    CATALOGUE,
    LOINC,
    NPU,
    SNOMED_CT,
    Observable,
    canonical,
    coding,
    is_possible,
    name,
    observables,
)

each_observable = pytest.mark.parametrize("observable", Observable)
UNITS = [
    (observable, unit)
    for observable, known in CATALOGUE.items()
    for unit in (known.unit, *known.units)
]


@each_observable
def test_every_observable_is_found_by_each_of_its_codes(observable: Observable) -> None:
    for system, code in CATALOGUE[observable].codes:
        assert observables(Coding(text="x", system=system, code=code)) == (observable,)


@pytest.mark.parametrize("code", ["29463-7", "29563-7"])
def test_both_codes_in_use_for_weight_are_weight(code: str) -> None:
    assert observables(Coding(text="Vekt", system=LOINC, code=code)) == (Observable.WEIGHT,)


def test_glucose_has_a_code_in_all_three_systems() -> None:
    for system, code in [(LOINC, "15074-8"), (SNOMED_CT, "434912009"), (NPU, "NPU02187")]:
        assert observables(Coding(text="", system=system, code=code)) == (Observable.GLUCOSE,)


@pytest.mark.parametrize(("system", "code"), [(LOINC, "85354-9"), (SNOMED_CT, "75367002")])
def test_a_blood_pressure_is_two_numbers(system: str, code: str) -> None:
    both = (Observable.SYSTOLIC_PRESSURE, Observable.DIASTOLIC_PRESSURE)
    assert observables(Coding(text="Blodtrykk", system=system, code=code)) == both


@pytest.mark.parametrize(
    "concept",
    [
        Coding(text="PEF"),
        Coding(text="PEF", code="19935-6"),
        Coding(text="PEF", system=SNOMED_CT, code="19935-6"),
        Coding(text="Ukjent", system=LOINC, code="1-1"),
    ],
)
def test_a_code_without_its_system_and_plain_text_stand_for_nothing(concept: Coding) -> None:
    assert observables(concept) == ()


def test_no_code_stands_for_two_observables() -> None:
    codes = [code for known in CATALOGUE.values() for code in known.codes]
    assert len(codes) == len(set(codes))


@each_observable
def test_our_own_code_leads_back(observable: Observable) -> None:
    assert observables(coding(observable, "nb")) == (observable,)
    assert coding(observable, "nb").text == name(observable, "nb")


@each_observable
@pytest.mark.parametrize("language", ["nb", "en", "se"])
def test_every_observable_has_a_name(observable: Observable, language: str) -> None:
    assert name(observable, language)


@pytest.mark.parametrize(
    ("observable", "value", "unit", "expected"),
    [
        (Observable.TEMPERATURE, 100.4, "[degF]", "38"),
        (Observable.TEMPERATURE, 38.0, "Cel", "38.0"),
        (Observable.WEIGHT, 80100.0, "g", "80.1"),
        (Observable.HEART_RATE, 72.0, "{beats}/min", "72"),
        (Observable.GLUCOSE, 180.156, "mg/dL", "10"),
        (Observable.SYSTOLIC_PRESSURE, 13.3322, "kPa", "100"),
    ],
)
def test_a_value_in_another_unit_becomes_exactly_what_it_is(
    observable: Observable, value: float, unit: str, expected: str
) -> None:
    assert canonical(observable, value, unit) == Decimal(expected)


@pytest.mark.parametrize("unit", ["", "kPa", "mmHg", "lb", "MG/DL", "mg/dl"])
def test_a_unit_that_is_not_exactly_known_is_not_guessed(unit: str) -> None:
    assert canonical(Observable.GLUCOSE, 5.0, unit) is None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_has_no_canonical_value(value: float) -> None:
    assert canonical(Observable.GLUCOSE, value, "mmol/L") is None


@given(st.sampled_from(UNITS), st.floats(allow_nan=False, allow_infinity=False))
def test_a_larger_value_stays_larger_in_the_canonical_unit(
    known: tuple[Observable, str], value: float
) -> None:
    observable, unit = known
    more = canonical(observable, value + 1, unit)
    less = canonical(observable, value, unit)
    assert more is not None
    assert less is not None
    assert more >= less


@given(st.sampled_from(UNITS), st.floats(0.01, 1000))
def test_a_conversion_can_be_undone(known: tuple[Observable, str], value: float) -> None:
    observable, unit = known
    scale = CATALOGUE[observable].units.get(unit)
    exact = canonical(observable, value, unit)
    assert exact is not None
    back = exact if scale is None else exact * scale.per + scale.zero
    assert float(back) == pytest.approx(value)


@pytest.mark.parametrize(
    ("observable", "value"),
    [
        (Observable.GLUCOSE, "90"),  # mg/dL taken for mmol/L
        (Observable.TEMPERATURE, "98.6"),  # °F taken for °C
        (Observable.WEIGHT, "3500"),  # g taken for kg
        (Observable.PEAK_FLOW, "5.2"),  # L/s taken for L/min
        (Observable.OXYGEN_SATURATION, "101"),
        (Observable.OXYGEN_SATURATION, "0.97"),  # a share taken for per cent
        (Observable.SYSTOLIC_PRESSURE, "16"),  # kPa taken for mmHg
        (Observable.NEWS2, "21"),
        (Observable.NEWS2, "2.5"),
        (Observable.HEART_RATE, "-72"),
    ],
)
def test_a_slip_of_unit_or_finger_is_impossible(observable: Observable, value: str) -> None:
    assert not is_possible(observable, Decimal(value))


@each_observable
def test_the_bounds_of_the_possible_are_possible(observable: Observable) -> None:
    known = CATALOGUE[observable]
    assert is_possible(observable, known.lowest)
    assert is_possible(observable, known.highest)
    assert not is_possible(observable, known.lowest - 1)
    assert not is_possible(observable, known.highest + 1)
