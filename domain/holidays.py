"""Norwegian public holidays, on which units that read messages are closed.

Sources: helligdagsloven (24 February 1995 no. 12) § 2, and the act on 1 and 17 May (26 April 1947
no. 1). Ordinary Sundays are left to a unit's own hours. Christmas Eve and New Year's Eve are
working days by law; a unit that closes early then must say so in another way.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
# Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday.
_FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)


def is_holiday(day: date) -> bool:
    """Tell whether a day is a public holiday in Norway."""
    return (day.month, day.day) in _FIXED or day in _of_easter(day.year)


@lru_cache(maxsize=16)
def _of_easter(year: int) -> frozenset[date]:
    return frozenset(easter(year) + timedelta(days=days) for days in _FROM_EASTER)


def easter(year: int) -> date:
    """Return Easter Sunday: the first after the full moon that falls on or after 21 March.

    By the computation of the Gregorian calendar (Meeus, Jones, Butcher).
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    moon = (19 * golden + century - leap_centuries - (8 * century + 13) // 25 + 15) % 30
    leaps, years = divmod(of_century, 4)
    to_sunday = (32 + 2 * rest + 2 * leaps - moon - years) % 7
    early = (golden + 11 * moon + 22 * to_sunday) // 451
    month, days = divmod(moon + to_sunday - 7 * early + 114, 31)
    return date(year, month, days + 1)
