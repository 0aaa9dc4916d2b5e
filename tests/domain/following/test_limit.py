from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.coding import Coding
from domain.content.observable import LOINC, Observable
from domain.content.zone import Threshold
from domain.following.assessment import Doubt
from domain.following.limit import Limit, hours, limits_of
from tests.domain.nora import GLUCOSE, YELLOW, a_threshold, a_zone, of_best

TEMPERATURE = Coding(text="Temperatur", system=LOINC, code="8310-5")


def limit(threshold: Threshold) -> Limit:
    return limits_of([a_zone(YELLOW, threshold)])[0]


@pytest.mark.parametrize(
    ("value", "holds"), [("9.99", False), ("10", True), ("17.99", True), ("18", False)]
)
def test_a_value_on_the_lower_limit_is_in_and_on_the_upper_is_out(value: str, holds: bool) -> None:
    assert limit(a_threshold(10, 18)).holds(Decimal(value)) is holds


@pytest.mark.parametrize(("value", "holds"), [("247.9", False), ("248", True), ("1000", True)])
def test_per_cent_is_of_the_patients_own_best(value: str, holds: bool) -> None:
    assert limit(of_best(80, None)).holds(Decimal(value)) is holds


def test_limits_in_another_unit_are_held_in_the_canonical_one() -> None:
    fever = limit(a_threshold(100.4, None, TEMPERATURE, "[degF]"))
    assert fever.low == 38
    assert fever.holds(Decimal("38.0"))


@pytest.mark.parametrize(
    "threshold",
    [
        a_threshold(None, None),
        a_threshold(18, 10),
        a_threshold(10, 10),
        a_threshold(float("nan"), None),
        a_threshold(None, float("inf")),
        a_threshold(10, 18, unit="mmol"),
        a_threshold(10, 18, for_hours=float("nan")),
        a_threshold(10, 18, for_hours=-4),
        a_threshold(10, 18, for_hours=1e300),
        of_best(50, 80, best=None),
        of_best(50, 80, best=0),
        of_best(50, 80, best=-310),
        of_best(50, 80, best=31000),
        of_best(float("nan"), 80),
    ],
)
def test_a_threshold_that_makes_no_sense_holds_nothing(threshold: Threshold) -> None:
    found = limit(threshold)
    assert found.doubt is Doubt.UNUSABLE_LIMIT
    assert not found.holds(Decimal(12))


def test_an_example_that_nobody_has_set_holds_nothing() -> None:
    example = limit(a_threshold(10, 18, is_example=True))
    assert example.doubt is Doubt.EXAMPLE_LIMIT
    assert not example.holds(Decimal(12))


@pytest.mark.parametrize(
    "concept",
    [Coding(text="Ketoner i blod"), Coding(text="Blodtrykk", system=LOINC, code="85354-9")],
)
def test_a_threshold_of_none_or_two_observables_is_no_limit(concept: Coding) -> None:
    assert limits_of([a_zone(YELLOW, a_threshold(1, 2, concept))]) == ()


def test_limits_know_their_zone_and_observable() -> None:
    found = limit(a_threshold(10, 18, GLUCOSE, for_hours=4))
    assert (found.level, found.observable) == (YELLOW, Observable.GLUCOSE)
    assert found.lasting == timedelta(hours=4)


@pytest.mark.parametrize("count", [None, 0, -1, float("nan"), float("inf"), 24 * 367])
def test_what_is_no_length_of_time_is_none(count: float | None) -> None:
    assert hours(count) is None


def test_hours_are_a_length_of_time() -> None:
    assert hours(0.5) == timedelta(minutes=30)
