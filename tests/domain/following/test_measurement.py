from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.content.observable import Observable
from domain.following.entry import EntrySource
from domain.following.measurement import faults, is_ahead, swapped
from domain.writing.fault import FaultCode
from tests.builders import NOW
from tests.domain.nora import a_value, glucose

UPPER, LOWER = Observable.SYSTOLIC_PRESSURE, Observable.DIASTOLIC_PRESSURE
FUTURE = NOW + timedelta(hours=2)


@pytest.mark.parametrize(
    ("value", "unit", "found"),
    [
        (5.4, "mmol/L", []),
        (97.0, "mg/dL", []),
        (97.0, "mmol/L", [FaultCode.IMPOSSIBLE_VALUE]),
        (5.4, "mol/L", [FaultCode.WRONG_UNIT]),
        (5.4, "", [FaultCode.WRONG_UNIT]),
        (float("nan"), "mmol/L", [FaultCode.NOT_A_NUMBER]),
    ],
)
@pytest.mark.parametrize("source", [EntrySource.SELF, EntrySource.CLINICIAN])
def test_a_person_is_asked_to_look_again(
    value: float, unit: str, found: list[FaultCode], source: EntrySource
) -> None:
    measured = glucose(value, unit=unit, source=source)
    assert list(faults([measured], NOW)) == [(0, each) for each in found]


def test_a_person_measures_nothing_tomorrow() -> None:
    early = glucose(5.4, measured_at=FUTURE)
    assert list(faults([early], NOW)) == [(0, FaultCode.IN_THE_FUTURE)]


def test_what_a_device_sends_is_kept_even_when_nothing_can_be_said_from_it() -> None:
    for odd in (
        glucose(97, source=EntrySource.DEVICE),
        glucose(5, unit="?", source=EntrySource.DEVICE),
        glucose(5, measured_at=FUTURE, source=EntrySource.DEVICE),
    ):
        assert list(faults([odd], NOW)) == []


@pytest.mark.parametrize("source", EntrySource)
def test_no_number_and_no_time_zone_are_refused_from_anybody(source: EntrySource) -> None:
    naive = datetime(2026, 11, 22, 12)  # noqa: DTZ001  # what is refused
    odd = glucose(float("inf"), measured_at=naive, source=source)
    assert set(faults([odd], NOW)) == {
        (0, FaultCode.TIME_ZONE_REQUIRED),
        (0, FaultCode.NOT_A_NUMBER),
    }


def test_faults_name_the_place_of_the_value() -> None:
    values = [glucose(5.4), glucose(540), glucose(5.5)]
    assert list(faults(values, NOW)) == [(1, FaultCode.IMPOSSIBLE_VALUE)]


@pytest.mark.parametrize("source", EntrySource)
def test_a_person_is_told_that_the_pressures_are_swapped(source: EntrySource) -> None:
    pair = [
        a_value(100, UPPER, "mm[Hg]", source=source),
        a_value(160, LOWER, "mm[Hg]", source=source),
    ]
    both = [(0, FaultCode.SWAPPED_PRESSURES), (1, FaultCode.SWAPPED_PRESSURES)]
    assert list(faults(pair, NOW)) == ([] if source is EntrySource.DEVICE else both)


@pytest.mark.parametrize(
    ("took", "is_late"),
    [(timedelta(0), False), (timedelta(hours=1), False), (timedelta(hours=1, seconds=1), True)],
)
def test_a_value_that_comes_over_an_hour_after_it_was_measured_is_late(
    took: timedelta, is_late: bool
) -> None:
    assert a_value(220, measured_at=NOW - took).is_late is is_late


def test_clocks_may_differ_a_little() -> None:
    assert not is_ahead(NOW + timedelta(minutes=10), NOW)
    assert is_ahead(NOW + timedelta(minutes=11), NOW)


@pytest.mark.parametrize(
    ("upper", "lower", "are_swapped"),
    [(120.0, 80.0, False), (80.0, 120.0, True), (100.0, 100.0, True)],
)
def test_a_lower_pressure_that_is_not_lower_is_swapped(
    upper: float, lower: float, are_swapped: bool
) -> None:
    pair = [a_value(upper, UPPER, "mm[Hg]"), a_value(lower, LOWER, "mm[Hg]")]
    assert swapped(pair) == (frozenset(each.id for each in pair) if are_swapped else frozenset())


def test_pressures_are_compared_in_one_unit() -> None:
    assert not swapped([a_value(16, UPPER, "kPa"), a_value(80, LOWER, "mm[Hg]")])


def test_pressures_of_different_times_are_no_pair() -> None:
    earlier = a_value(85, UPPER, "mm[Hg]", timedelta(days=1))
    assert not swapped([earlier, a_value(90, LOWER, "mm[Hg]")])


def test_one_pressure_alone_is_not_swapped() -> None:
    assert not swapped([a_value(120, UPPER, "mm[Hg]"), a_value(60, Observable.HEART_RATE, "/min")])
