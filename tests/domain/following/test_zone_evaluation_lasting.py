"""Limits that count only when the value has stood there for some hours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.content.self_care import SelfCare
from domain.content.zone import ZoneLevel
from domain.following.assessment import Assessment, Doubt
from domain.following.measurement import Measurement
from domain.following.zone_evaluation import evaluate
from tests.builders import NOW
from tests.domain.nora import GREEN, RED, YELLOW, a_plan, a_threshold, a_zone, glucose

HOUR = timedelta(hours=1)
SUGAR = a_plan(
    a_zone(GREEN, a_threshold(4, 10)),
    a_zone(YELLOW, a_threshold(3, 4), a_threshold(10, 18, for_hours=4)),
    a_zone(RED, a_threshold(None, 3), a_threshold(18, None)),
)


def said(plan: SelfCare, *values: Measurement) -> Assessment:
    return evaluate(plan, values, now=NOW)


def outcome(found: Assessment) -> tuple[ZoneLevel | None, Doubt | None]:
    return found.level, found.doubt


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ([], (None, Doubt.NOT_SHOWN_TO_LAST)),
        ([(12, 3)], (None, Doubt.NOT_SHOWN_TO_LAST)),
        ([(12, 4)], (YELLOW, None)),
        ([(12, 2), (13, 5)], (YELLOW, None)),
        ([(20, 5)], (YELLOW, None)),  # it was worse: that does not make it shorter
        ([(6, 2), (12, 5)], (None, Doubt.NOT_SHOWN_TO_LAST)),
        ([(6, 5)], (None, Doubt.NOT_SHOWN_TO_LAST)),
        ([(12, 29)], (None, Doubt.NOT_SHOWN_TO_LAST)),  # too long ago to show anything
    ],
)
def test_what_must_last_is_not_said_before_it_is_shown_to_have_lasted(
    earlier: list[tuple[float, float]], expected: tuple[ZoneLevel | None, Doubt | None]
) -> None:
    values = [glucose(value, timedelta(hours=hours)) for value, hours in earlier]
    assert outcome(said(SUGAR, glucose(12, timedelta(0)), *values)) == expected


def test_a_value_that_can_not_be_used_breaks_no_run() -> None:
    odd = glucose(6, HOUR, unit="?")
    assert said(SUGAR, glucose(12), odd, glucose(12, 5 * HOUR)).level is YELLOW


def test_what_is_not_shown_to_last_tells_what_it_would_be() -> None:
    finding = said(SUGAR, glucose(12)).findings[0]
    assert (finding.would_be, finding.level) == (YELLOW, None)
    assert finding.threshold is not None
    assert finding.threshold.for_hours == 4


def test_green_that_must_last_is_broken_by_a_worse_value() -> None:
    plan = a_plan(
        a_zone(GREEN, a_threshold(4, 10, for_hours=4)), a_zone(RED, a_threshold(10, None))
    )
    well = [glucose(6), glucose(6, 5 * HOUR)]
    assert said(plan, *well).level is GREEN
    assert said(plan, *well, glucose(12, HOUR)).doubt is Doubt.NOT_SHOWN_TO_LAST
