"""When a decision about a patient has to be made anew though nothing happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from domain.access.facts import AccessFacts
from domain.local_time import OSLO


def next_change(facts: AccessFacts, now: datetime) -> datetime:
    """Return the next time at which somebody's access may change by itself.

    That is when a tie or a rule begins or ends, or else the next midnight where the patient lives:
    ages, and the days of laws, are counted in those.
    """
    return min([_midnight(now), *(moment for moment in _moments(facts) if moment > now)])


def _moments(facts: AccessFacts) -> Iterator[datetime]:
    for tie in facts.relations:
        yield from filter(None, (tie.since, tie.until))
    for rule in facts.rules:
        yield from filter(None, (rule.since, rule.until, rule.ended_at))


def _midnight(now: datetime) -> datetime:
    tomorrow = now.astimezone(OSLO).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), OSLO)
