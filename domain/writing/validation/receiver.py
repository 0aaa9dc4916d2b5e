"""The unit that reads what the patient reports, and its hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from itertools import combinations

from domain.content.self_care import ReadingHours, Receiver, Weekday
from domain.writing.fault import Fault, FaultCode
from domain.writing.validation.line import few, no_duplicates, placed
from domain.writing.validation.number import within
from domain.writing.validation.text import (
    Faults,
    optional_line,
    optional_phone,
    organisation_number,
    required_line,
)

# Two a day are enough for any unit, and for its evenings.
MOST_HOURS = 14
MINUTES_OF_A_DAY = 24 * 60


def receiver(unit: Receiver, at: str) -> Faults:
    """Check the unit, whom it calls on, and when it reads."""
    yield from required_line(unit.name, f"{at}.name")
    yield from organisation_number(unit.organisation_number, f"{at}.organisationNumber")
    yield from optional_phone(unit.phone, f"{at}.phone")
    yield from few(unit.hours, f"{at}.hours", MOST_HOURS)
    for hours, place in placed(unit.hours, f"{at}.hours", MOST_HOURS):
        yield from _hours(hours, place)
    yield from _overlapping(unit.hours, f"{at}.hours")
    yield from optional_line(unit.escalate_to, f"{at}.escalateTo")
    yield from optional_phone(unit.escalate_phone, f"{at}.escalatePhone")
    minutes, place = unit.escalate_after_minutes, f"{at}.escalateAfterMinutes"
    yield from within(minutes, place, 1, MINUTES_OF_A_DAY)


def _hours(hours: ReadingHours, at: str) -> Faults:
    if not hours.weekdays:
        yield Fault(path=f"{at}.weekdays", code=FaultCode.REQUIRED)
    yield from few(hours.weekdays, f"{at}.weekdays", len(Weekday))
    yield from no_duplicates(hours.weekdays, f"{at}.weekdays")
    for name, value in (("opens", hours.opens), ("closes", hours.closes)):
        if value.tzinfo is not None:
            yield Fault(path=f"{at}.{name}", code=FaultCode.TIME_ZONE_NOT_ALLOWED)
    if _opens(hours) >= _closes(hours):
        yield Fault(path=f"{at}.closes", code=FaultCode.END_BEFORE_START, other=f"{at}.opens")


def _overlapping(items: Sequence[ReadingHours], at: str) -> Faults:
    """Check that no two share a time of a weekday; the later one in the list is told of."""
    for (one, where), (other, place) in combinations(placed(items, at, MOST_HOURS), 2):
        share_a_day = not set(one.weekdays).isdisjoint(other.weekdays)
        share_a_time = _opens(one) < _closes(other) and _opens(other) < _closes(one)
        if share_a_day and share_a_time:
            yield Fault(path=place, code=FaultCode.OVERLAPPING_HOURS, other=where)


def _opens(hours: ReadingHours) -> float:
    return _minutes(hours.opens)


def _closes(hours: ReadingHours) -> float:
    return _minutes(hours.closes) or MINUTES_OF_A_DAY


def _minutes(at: time) -> float:
    return at.hour * 60 + at.minute + at.second / 60
