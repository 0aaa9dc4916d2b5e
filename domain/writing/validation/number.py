"""Numbers, dates and times; what is no number (NaN) lies outside every range."""

from __future__ import annotations

from datetime import date, datetime

from domain.writing.fault import Fault, FaultCode
from domain.writing.validation.text import Faults

# A leap year: longer rhythms belong in words.
MOST_HOURS = 8_784
# Nobody who has a plan was born before, and no plan reaches beyond: it catches 0202 and 20226.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def within(value: float | None, at: str, lowest: float, highest: float) -> Faults:
    """Check that a number, if there is one, lies in a range, its ends included."""
    if value is not None and not lowest <= value <= highest:
        yield Fault(path=at, code=FaultCode.OUT_OF_RANGE, allowed=f"{lowest:g}–{highest:g}")


def hours(value: float | None, at: str) -> Faults:
    """Check a number of hours."""
    if value is not None and value <= 0:
        yield Fault(path=at, code=FaultCode.NOT_POSITIVE)
    else:
        yield from within(value, at, 0, MOST_HOURS)


def day(value: date | None, at: str) -> Faults:
    """Check that a date is of our time."""
    return within(value.year if value else None, at, _FIRST_YEAR, _LAST_YEAR)


def moment(value: datetime, at: str) -> Faults:
    """Check that a time says which, wherever it is read."""
    yield from day(value, at)
    if value.tzinfo is None:
        yield Fault(path=at, code=FaultCode.TIME_ZONE_REQUIRED)
