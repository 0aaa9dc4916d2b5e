"""FHIR's dates and times: possibly partial, possibly without a zone, never completed by us."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

# All our sources are Norwegian: a time without a zone is the wall clock there.
_NORWAY = ZoneInfo("Europe/Oslo")

_MONTH = re.compile(r"\d{4}(-\d{2})?", re.ASCII)


class PartialTime:
    """A FHIR date or dateTime. `at` (UTC) is None without a time of day, `day` without a day."""

    __slots__ = ("_day", "at")

    def __init__(self, text: str) -> None:
        self.at = None
        if len(text) == 10 and text[4] == text[7] == "-":
            self._day: date | None = date.fromisoformat(text)
        elif len(text) > 10:
            self.at, self._day = _instant(text), None
        else:
            self._day = None
            _check_month(text)

    @property
    def day(self) -> date | None:
        """The day, in Norway for a moment; None if only a month or a year is known."""
        if self.at is None:
            return self._day
        try:
            return self.at.astimezone(_NORWAY).date()
        except OverflowError:  # the last hour of the year 9999, some systems' "for ever"
            return self.at.date()


class Instant:
    """A FHIR instant: `at` is in UTC."""

    __slots__ = ("at",)

    def __init__(self, text: str) -> None:
        if len(text) <= 10:
            raise ValueError("no time of day")
        self.at = _instant(text)


def _instant(text: str) -> datetime:
    # Python reads more of ISO 8601 than FHIR has: weeks, days of the year, no separators.
    if not (text[4] == text[7] == "-" and text[10] == "T" and text[13:14] == ":"):
        raise ValueError("not a moment")
    local = datetime.fromisoformat(text)
    try:
        return (local if local.tzinfo else local.replace(tzinfo=_NORWAY)).astimezone(UTC)
    except OverflowError:
        raise ValueError("out of range") from None


def _check_month(text: str) -> None:
    if not _MONTH.fullmatch(text):
        raise ValueError("not a date")
    date.fromisoformat((text + "-01-01")[:10])


def decode_time(kind: type, value: Any) -> Any:  # Any: the signature that msgspec's dec_hook has
    """Make msgspec read PartialTime and Instant; what they raise becomes an error with its path."""
    if kind not in (PartialTime, Instant):
        raise NotImplementedError
    if not isinstance(value, str):
        raise TypeError("not a text")
    return kind(value)
