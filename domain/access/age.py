"""Ages that the rules turn on, counted on the day in Norway and never from an identity number."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from domain.local_time import OSLO

LIMITED = 12
OF_AGE = 16
MAJORITY = 18


def on(born: date, now: datetime) -> int:
    """Return completed years at a moment, by the date in Norway."""
    day = today(now)
    years = day.year - born.year
    return years - (day < birthday(born, years))


def birthday(born: date, years: int) -> date:
    """Return the day somebody turns an age; born on 29 February it is 1 March in common years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def today(now: datetime) -> date:
    """Return the date in Norway at a moment."""
    return now.astimezone(OSLO).date()


def days_until(born: date, years: int, day: date) -> int:
    """Return how many days it is from a day to when somebody turns an age; negative once past."""
    return (birthday(born, years) - day).days


def midnight(day: date, zone: tzinfo | None) -> datetime:
    """Return when a day begins in Norway, told in another zone."""
    return datetime(day.year, day.month, day.day, tzinfo=OSLO).astimezone(zone)
