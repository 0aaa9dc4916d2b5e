from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from domain.coding import Coding
from domain.content.observable import LOINC, Observable
from domain.content.self_care import Monitoring, SelfCare
from domain.content.zone import ZoneLevel
from domain.following.assessment import Assessment, Doubt, Sign
from domain.following.entry import Change, EntryStatus
from domain.following.measurement import Measurement
from domain.following.zone_evaluation import NOT_APPROVED, ON_HOLD, SWITCHED_OFF, VERSION, evaluate
from tests.builders import NOW
from tests.domain.nora import (
    BOTH,
    GLUCOSE,
    GREEN,
    NORAS,
    PEAK_FLOW,
    RED,
    SYSTOLIC,
    WEIGHT,
    YELLOW,
    a_plan,
    a_threshold,
    a_value,
    a_zone,
    glucose,
    of_best,
)

HOUR = timedelta(hours=1)
SUGAR = a_plan(
    a_zone(GREEN, a_threshold(4, 10)),
    a_zone(YELLOW, a_threshold(3, 4), a_threshold(10, 18, for_hours=4)),
    a_zone(RED, a_threshold(None, 3), a_threshold(18, None)),
)


def said(
    plan: SelfCare,
    *values: Measurement,
    signs: tuple[Sign, ...] = (),
    chosen: ZoneLevel | None = None,
) -> Assessment:
    return evaluate(plan, values, signs=signs, chosen=chosen, now=NOW)


def outcome(found: Assessment) -> tuple[ZoneLevel | None, Doubt | None]:
    return found.level, found.doubt


def saturation(value: float, ago: timedelta = timedelta(minutes=5)) -> Measurement:
    return a_value(value, Observable.OXYGEN_SATURATION, "%", ago)


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (310.0, GREEN),
        (248.0, GREEN),
        (247.9, YELLOW),
        (220.0, YELLOW),
        (155.0, YELLOW),
        (154.9, RED),
        (60.0, RED),
    ],
)
def test_a_value_is_in_the_zone_whose_limits_it_lies_in(value: float, level: ZoneLevel) -> None:
    assert outcome(said(NORAS, a_value(value))) == (level, None)


def test_the_worst_value_decides_and_stands_first() -> None:
    found = said(BOTH, a_value(300), saturation(92))
    assert found.level is YELLOW
    assert [each.level for each in found.findings] == [YELLOW, GREEN]
    assert found.findings[0].observable is Observable.OXYGEN_SATURATION


def test_a_finding_tells_the_value_and_the_threshold_that_decided() -> None:
    value = a_value(220)
    finding = said(NORAS, value).findings[0]
    assert (finding.value, finding.unit, finding.measured_at) == (220, "L/min", value.measured_at)
    assert finding.measurement_id == value.id
    assert finding.threshold == of_best(50, 80)


def test_a_missing_value_is_never_green() -> None:
    assert outcome(said(BOTH, a_value(300))) == (None, Doubt.MISSING)
    assert outcome(said(NORAS)) == (None, Doubt.MISSING)


def test_a_missing_value_does_not_hide_a_bad_one() -> None:
    found = said(BOTH, a_value(100))
    assert found.level is RED
    assert [each.doubt for each in found.findings] == [None, Doubt.MISSING]


def test_an_old_value_is_never_green() -> None:
    just_fresh = said(NORAS, a_value(300, ago=timedelta(hours=24)))
    too_old = said(NORAS, a_value(300, ago=timedelta(hours=24, seconds=1)))
    assert outcome(just_fresh) == (GREEN, None)
    assert outcome(too_old) == (None, Doubt.OLD)


def test_an_old_red_value_can_not_say_but_tells_that_it_was_red() -> None:
    found = said(NORAS, a_value(100, ago=timedelta(hours=30)))
    assert outcome(found) == (None, Doubt.OLD)
    assert found.findings[0].would_be is RED


def test_a_late_red_value_that_is_not_old_is_red() -> None:
    late = a_value(100, ago=timedelta(hours=3))
    assert late.is_late
    assert said(NORAS, late).level is RED


@pytest.mark.parametrize(
    ("every_hours", "ago", "expected"),
    [
        (168.0, timedelta(days=6), (GREEN, None)),
        (168.0, timedelta(days=8), (None, Doubt.OLD)),
        (2.0, timedelta(hours=3), (None, Doubt.OLD)),
        (None, timedelta(hours=23), (GREEN, None)),
        (float("nan"), timedelta(hours=25), (None, Doubt.OLD)),
    ],
)
def test_how_old_counts_as_old_is_the_plans_own_rhythm(
    every_hours: float | None, ago: timedelta, expected: tuple[ZoneLevel | None, Doubt | None]
) -> None:
    weigh = Monitoring(id="m", observable=WEIGHT, unit="kg", every_hours=every_hours)
    plan = a_plan(a_zone(GREEN, a_threshold(None, 80, WEIGHT, "kg")), measurements=(weigh,))
    assert outcome(said(plan, a_value(70, Observable.WEIGHT, "kg", ago))) == expected


@pytest.mark.parametrize("every_hours", [(24, 2), (2, 24)])
def test_where_the_plan_has_two_rhythms_the_shorter_counts(every_hours: tuple[int, int]) -> None:
    rhythms = tuple(
        Monitoring(id=f"m{n}", observable=PEAK_FLOW, unit="L/min", every_hours=n)
        for n in every_hours
    )
    plan = a_plan(a_zone(GREEN, of_best(80, None)), measurements=rhythms)
    assert said(plan, a_value(300, ago=3 * HOUR)).doubt is Doubt.OLD


@pytest.mark.parametrize("value", [3100.0, 0.0, -300.0, float("nan"), float("inf"), 1e308])
def test_an_impossible_value_is_never_green(value: float) -> None:
    assert outcome(said(NORAS, a_value(value))) == (None, Doubt.IMPOSSIBLE)


@pytest.mark.parametrize("unit", ["", "L/s", "l/min", "%"])
def test_a_wrong_unit_is_never_green(unit: str) -> None:
    assert outcome(said(NORAS, a_value(300, unit=unit))) == (None, Doubt.WRONG_UNIT)


def test_a_value_from_the_future_is_never_green() -> None:
    assert outcome(said(NORAS, a_value(300, ago=-HOUR))) == (None, Doubt.IN_THE_FUTURE)


def test_a_newer_value_that_can_not_be_used_does_not_hide_a_bad_one() -> None:
    assert said(NORAS, a_value(100, ago=HOUR), a_value(3100)).level is RED


def test_a_newer_value_that_can_not_be_used_hides_neither_of_two_before_it() -> None:
    pair = [a_value(300, ago=HOUR), a_value(100, ago=HOUR)]
    assert said(NORAS, *pair, a_value(3100)).level is RED
    assert said(NORAS, *pair[::-1], a_value(3100)).level is RED


def test_a_newer_value_that_can_not_be_used_is_not_outweighed_by_a_good_one() -> None:
    assert outcome(said(NORAS, a_value(300, ago=HOUR), a_value(3100))) == (None, Doubt.IMPOSSIBLE)


def test_swapped_blood_pressures_say_nothing() -> None:
    plan = a_plan(a_zone(GREEN, a_threshold(90, None, SYSTOLIC, "mm[Hg]")))
    pair = [
        a_value(100, Observable.SYSTOLIC_PRESSURE, "mm[Hg]"),
        a_value(170, Observable.DIASTOLIC_PRESSURE, "mm[Hg]"),
    ]
    assert outcome(said(plan, pair[0])) == (GREEN, None)
    assert outcome(said(plan, *pair)) == (None, Doubt.IMPOSSIBLE)


def test_a_value_counts_in_any_unit_that_is_known() -> None:
    assert said(SUGAR, glucose(50, unit="mg/dL")).level is RED
    assert said(SUGAR, glucose(100, unit="mg/dL")).level is GREEN


def test_the_newest_value_speaks() -> None:
    assert said(NORAS, a_value(300), a_value(100, ago=HOUR)).level is GREEN
    assert said(NORAS, a_value(100), a_value(300, ago=HOUR)).level is RED


def test_of_two_values_at_the_same_time_the_worse_speaks() -> None:
    assert said(NORAS, a_value(300), a_value(100)).level is RED


@pytest.mark.parametrize(
    "status", [EntryStatus.CORRECTED, EntryStatus.WITHDRAWN, EntryStatus.MOVED]
)
def test_a_value_that_is_no_longer_current_says_nothing(status: EntryStatus) -> None:
    change = Change(status=status, by="Kari", by_id="s-kari", at=NOW)
    assert outcome(said(NORAS, a_value(300, change=change))) == (None, Doubt.MISSING)


def test_a_value_between_the_zones_is_in_none() -> None:
    gap = a_plan(a_zone(GREEN, a_threshold(4, 10)), a_zone(RED, a_threshold(12, None)))
    assert outcome(said(gap, glucose(11))) == (None, Doubt.NO_ZONE)


def test_where_zones_overlap_the_worse_holds() -> None:
    overlap = a_plan(a_zone(GREEN, a_threshold(4, 12)), a_zone(YELLOW, a_threshold(10, 18)))
    assert said(overlap, glucose(11)).level is YELLOW


def test_a_limit_that_can_not_be_used_is_never_green() -> None:
    no_best = a_plan(a_zone(GREEN, of_best(80, None)), a_zone(RED, of_best(None, 50, best=None)))
    assert outcome(said(no_best, a_value(300))) == (None, Doubt.UNUSABLE_LIMIT)


def test_a_templates_example_decides_nothing() -> None:
    example = a_plan(a_zone(GREEN, a_threshold(4, 10, is_example=True)))
    assert outcome(said(example, glucose(5))) == (None, Doubt.EXAMPLE_LIMIT)


def test_a_threshold_of_something_unknown_is_never_green_and_named() -> None:
    unknown = Coding(text="Ketoner i blod")
    plan = a_plan(a_zone(GREEN, a_threshold(4, 10), a_threshold(None, 0.6, unknown)))
    found = said(plan, glucose(5))
    assert outcome(found) == (None, Doubt.UNKNOWN_OBSERVABLE)
    assert found.findings[0].text == "Ketoner i blod"


def test_a_threshold_of_a_whole_blood_pressure_is_never_green() -> None:
    panel = Coding(text="Blodtrykk", system=LOINC, code="85354-9")
    plan = a_plan(a_zone(GREEN, a_threshold(90, None, panel, "mm[Hg]")))
    value = a_value(120, Observable.SYSTOLIC_PRESSURE, "mm[Hg]")
    assert said(plan, value).doubt is Doubt.UNKNOWN_OBSERVABLE


def test_every_assessment_tells_its_version() -> None:
    assert said(NORAS, a_value(300)).version == VERSION
    assert SWITCHED_OFF.version == NOT_APPROVED.version == ON_HOLD.version == VERSION


@pytest.mark.parametrize(
    ("assessment", "doubt"),
    [
        (SWITCHED_OFF, Doubt.SWITCHED_OFF),
        (NOT_APPROVED, Doubt.NOT_APPROVED),
        (ON_HOLD, Doubt.ON_HOLD),
    ],
)
def test_what_is_not_evaluated_has_no_zone_and_says_why(
    assessment: Assessment, doubt: Doubt
) -> None:
    assert outcome(assessment) == (None, doubt)
    assert assessment.findings == ()


def test_an_assessment_survives_storage() -> None:
    found = said(BOTH, a_value(220), signs=(Sign(level=YELLOW, text="Feber"),), chosen=RED)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Assessment) == found


def test_zones_are_of_the_observable_they_name() -> None:
    assert said(a_plan(a_zone(GREEN, a_threshold(4, 10, GLUCOSE))), a_value(300)).doubt is (
        Doubt.MISSING
    )
