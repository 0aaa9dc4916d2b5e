"""Who reads what is reported, when, whom to call now, and when an unseen report is passed on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta

from domain.content.self_care import ReadingHours, Receiver, Weekday
from domain.content.zone import ZoneLevel
from domain.holidays import is_holiday
from domain.local_time import OSLO
from domain.noun import Noun

MIDNIGHT = time(0)
AHEAD = timedelta(days=400)  # further than any unit stays closed


class Period(Noun):
    """An unbroken time in which somebody reads; `closes` is not included."""

    opens: datetime
    closes: datetime


class Reading(Noun):
    """Whether somebody reads, as it is `at` a time. `reader` is None when the plan names nobody.

    `closes_at` is set while somebody reads, `opens_next_at` while nobody does.
    """

    at: datetime
    reader: str | None = None
    hours: tuple[ReadingHours, ...] = ()
    is_open: bool = False
    closes_at: datetime | None = None
    opens_next_at: datetime | None = None


def who_reads(receiver: Receiver | None, now: datetime) -> Reading:
    """Tell who reads, whether they do so now, and until or from when."""
    if receiver is None:
        return Reading(at=now)
    period = next(periods(receiver.hours, now), None)
    is_open = period is not None and period.opens <= now
    return Reading(
        at=now,
        reader=receiver.name,
        hours=receiver.hours,
        is_open=is_open,
        closes_at=period.closes if period and is_open else None,
        opens_next_at=period.opens if period and not is_open else None,
    )


def escalates_at(
    receiver: Receiver, urgency: ZoneLevel | None, received_at: datetime
) -> datetime | None:
    """Return when a report that nobody has seen is passed on; None when it never is.

    A yellow one waits for the minutes that the plan says, of reading time. A red one never waits
    for a unit to open: it goes on when the unit closes, or at once when nobody reads. So does a
    yellow one to a unit that never reads.
    """
    if receiver.escalate_to is None or urgency in (None, ZoneLevel.GREEN):
        return None
    left = timedelta(minutes=max(0, receiver.escalate_after_minutes))
    received_at = received_at.astimezone(UTC)  # minutes of a local time are not always real ones
    for period in periods(receiver.hours, received_at):
        begins = max(period.opens, received_at)
        if urgency is ZoneLevel.RED:
            is_closed = begins > received_at
            return received_at if is_closed else min(received_at + left, period.closes)
        if left <= period.closes - begins:
            return begins + left
        left -= period.closes - begins
    return received_at


def periods(hours: Collection[ReadingHours], since: datetime) -> Iterator[Period]:
    """Yield the times in which somebody reads, from the one at `since` on, for over a year.

    Hours that overlap, or meet at midnight, are one period.
    """
    today = since.astimezone(OSLO).date()
    days = (today + timedelta(days=n) for n in range(-1, AHEAD.days))
    found: Period | None = None
    for each in (period for day in days for period in _on(day, hours)):
        if found is not None and each.opens <= found.closes:
            found = Period(opens=found.opens, closes=max(found.closes, each.closes))
            continue
        if found is not None and found.closes > since:
            yield found
        found = each
    if found is not None and found.closes > since:
        yield found


def _on(day: date, hours: Collection[ReadingHours]) -> list[Period]:
    if is_holiday(day):
        return []
    that_day = [each for each in hours if Weekday(day.isoweekday()) in each.weekdays]
    periods = [
        Period(opens=_utc(day, each.opens, max), closes=_closing(day, each.closes))
        for each in that_day
    ]
    return sorted((each for each in periods if each.opens < each.closes), key=_opening)


def _opening(period: Period) -> datetime:
    return period.opens


def _closing(day: date, closes: time) -> datetime:
    return _utc(day + timedelta(days=1) if closes == MIDNIGHT else day, closes, min)


def _utc(day: date, clock: time, pick: Callable[..., datetime]) -> datetime:
    """Return a local time as UTC.

    Where clocks change, a time of day comes twice or never: somebody opens at the later and closes
    at the earlier, so that nobody is said to read who may not.
    """
    local = datetime.combine(day, clock, tzinfo=OSLO)
    return pick(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
