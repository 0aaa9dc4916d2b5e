from __future__ import annotations

from datetime import timedelta

import pytest

from domain.coding import Coding
from domain.content.observable import LOINC, Observable
from domain.content.self_care import Monitoring
from domain.following.entry import Change, EntrySource, EntryStatus
from domain.following.measurement import Measurement
from domain.following.series import Band, series, silence
from tests.builders import NOW
from tests.domain.nora import (
    GREEN,
    NORAS,
    PEAK_FLOW,
    RED,
    YELLOW,
    a_plan,
    a_threshold,
    a_value,
    a_zone,
    glucose,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MORNINGS = NORAS.measurements[0]


@pytest.mark.parametrize("is_cut", [True, False])
def test_a_graph_says_whether_older_values_are_left_out(is_cut: bool) -> None:
    assert series(Observable.PEAK_FLOW, [], NORAS, is_cut=is_cut).is_cut is is_cut


def test_bands_are_the_plans_limits_in_the_unit_of_the_graph() -> None:
    found = series(Observable.PEAK_FLOW, [], NORAS)
    assert found.unit == "L/min"
    assert found.bands == (
        Band(level=RED, low=None, high=155.0),
        Band(level=YELLOW, low=155.0, high=248.0),
        Band(level=GREEN, low=248.0, high=None),
    )


def test_a_band_tells_what_must_last_and_what_is_only_an_example() -> None:
    plan = a_plan(a_zone(YELLOW, a_threshold(10, 18, for_hours=4, is_example=True)))
    band = series(Observable.GLUCOSE, [], plan).bands[0]
    assert (band.for_hours, band.is_example) == (4, True)


def test_a_threshold_that_makes_no_sense_has_no_band() -> None:
    assert series(Observable.GLUCOSE, [], a_plan(a_zone(RED, a_threshold(9, 3)))).bands == ()


def test_points_stand_oldest_first_in_one_unit() -> None:
    values = [glucose(90.078, unit="mg/dL"), glucose(6, 2 * HOUR), a_value(220)]
    found = series(Observable.GLUCOSE, values, a_plan())
    assert [point.value for point in found.points] == [6.0, 5.0]


def test_a_point_tells_who_registered_it_and_whether_it_came_late() -> None:
    values = [
        a_value(220, ago=3 * HOUR, source=EntrySource.DEVICE),
        a_value(230, source=EntrySource.CLINICIAN),
    ]
    points = series(Observable.PEAK_FLOW, values, NORAS).points
    assert [(each.source, each.is_late) for each in points] == [
        (EntrySource.DEVICE, True),
        (EntrySource.CLINICIAN, False),
    ]


def test_what_was_moved_or_withdrawn_is_shown_as_that() -> None:
    change = Change(status=EntryStatus.MOVED, by="Kari", by_id="s-kari", at=NOW)
    points = series(Observable.PEAK_FLOW, [a_value(220, change=change)], NORAS).points
    assert points[0].status is EntryStatus.MOVED


def test_a_value_that_can_not_be_drawn_is_not_left_out() -> None:
    values = [a_value(5, unit="L/s", ago=HOUR), a_value(3000)]
    points = series(Observable.PEAK_FLOW, values, NORAS).points
    assert [(each.value, each.is_possible) for each in points] == [(None, False), (3000, False)]


@pytest.mark.parametrize(
    ("values", "is_silent"),
    [
        ([a_value(220, ago=23 * HOUR)], False),
        ([a_value(220, ago=24 * HOUR)], False),
        ([a_value(220, ago=25 * HOUR)], True),
        ([a_value(220, ago=25 * HOUR), a_value(230, ago=HOUR)], False),
        ([a_value(220, ago=25 * HOUR), glucose(5)], True),
        ([a_value(220, ago=25 * HOUR), a_value(3000)], True),
        ([a_value(220, ago=25 * HOUR), a_value(220, ago=-DAY)], True),
    ],
)
def test_without_a_usable_value_for_as_long_as_the_plan_allows_it_is_silent(
    values: list[Measurement], is_silent: bool
) -> None:
    found = silence(MORNINGS, values, NOW - 10 * DAY, NOW)
    assert (found is not None) is is_silent
    if found is not None:
        assert (found.monitoring_id, found.since) == ("m1", NOW - 25 * HOUR)


def test_a_withdrawn_value_breaks_no_silence() -> None:
    change = Change(status=EntryStatus.WITHDRAWN, by="Kari", by_id="s-kari", at=NOW)
    found = silence(MORNINGS, [a_value(220, change=change)], NOW - 10 * DAY, NOW)
    assert found is not None
    assert found.since is None


@pytest.mark.parametrize(("began", "is_silent"), [(HOUR, False), (25 * HOUR, True)])
def test_a_new_plan_is_not_silent_before_the_first_value_is_due(
    began: timedelta, is_silent: bool
) -> None:
    assert (silence(MORNINGS, [], NOW - began, NOW) is not None) is is_silent


def test_what_has_no_rhythm_is_never_silent() -> None:
    at_will = Monitoring(id="m", observable=PEAK_FLOW, unit="L/min")
    assert silence(at_will, [], NOW - 100 * DAY, NOW) is None


def test_either_number_of_a_blood_pressure_breaks_the_silence() -> None:
    panel = Coding(text="Blodtrykk", system=LOINC, code="85354-9")
    weekly = Monitoring(id="m", observable=panel, unit="mm[Hg]", every_hours=168)
    value = a_value(120, Observable.SYSTOLIC_PRESSURE, "mm[Hg]")
    assert silence(weekly, [value], NOW - 100 * DAY, NOW) is None
    assert silence(weekly, [a_value(220)], NOW - 100 * DAY, NOW) is not None
