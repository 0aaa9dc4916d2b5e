"""Norwegian local time, and moments in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.words import spoken

OSLO = ZoneInfo("Europe/Oslo")

WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "nb": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "en": "January February March April May June July August September October November December",
}
_MOMENT = {
    "nb": "{weekday} {day}. {month} kl. {clock}",
    "en": "{weekday} {day} {month} at {clock}",
}


def clock(moment: datetime) -> str:
    """Return the time of day in Norway, as `14:02`."""
    return f"{moment.astimezone(OSLO):%H:%M}"


def moment_in_words(moment: datetime, language: str) -> str:
    """Return a moment in Norway with its day, as `mandag 23. november kl. 08:00`."""
    lang = spoken(language)
    local = moment.astimezone(OSLO)
    return _MOMENT[lang].format(
        weekday=WEEKDAYS[lang][local.weekday()],
        day=local.day,
        month=_MONTHS[lang].split()[local.month - 1],
        clock=clock(moment),
    )


def is_same_day(one: datetime, other: datetime) -> bool:
    """Tell whether two moments are of one day in Norway."""
    return one.astimezone(OSLO).date() == other.astimezone(OSLO).date()
