"""The values of a plan content in words: numbers, days, hours, codes and what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

from domain.coding import Coding
from domain.content.enum_wording import enum_name
from domain.content.field_wording import field_name
from domain.content.gist import gist, readable
from domain.noun import Noun
from domain.words import Words, own

_NORWAY = ZoneInfo("Europe/Oslo")
_MONTHS = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "en": "January February March April May June July August September October November December",
}
_YES_NO = {True: Words(nb="ja", en="yes"), False: Words(nb="nei", en="no")}
_CODE_SYSTEMS = {
    "urn:oid:2.16.578.1.12.4.1.1.7110": "ICD-10",
    "urn:oid:2.16.578.1.12.4.1.1.7170": "ICPC-2",
    "http://snomed.info/sct": "SNOMED CT",
    "http://www.whocc.no/atc": "ATC",
}


def in_words(value: object) -> Words:
    """Return a value in words; moments are told in Norwegian local time."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return own(_CODE_SYSTEMS.get(value, readable(value)))
    if isinstance(value, Coding):
        return own(readable(value.text))
    if isinstance(value, Enum):
        return enum_name(value)
    if isinstance(value, bool):
        return _YES_NO[value]
    return Words(nb=_told(value, "nb"), en=_told(value, "en"))


def listed(parts: Sequence[str], language: str) -> str:
    """Return words as a list in running text: "a, b og c"."""
    if len(parts) < 2:
        return "".join(parts)
    both = Words(nb="og", en="and").to(language)
    return f"{', '.join(parts[:-1])} {both} {parts[-1]}"


def _told(value: object, language: str) -> str:
    match value:
        case int() | float():
            return _number(value, language)
        case datetime():
            local = value.astimezone(_NORWAY)
            at = Words(nb="kl.", en="at").to(language)
            return f"{_day(local, language)} {at} {_clock(local.time(), language)}"
        case date():
            return _day(value, language)
        case time():
            return _clock(value, language)
        case tuple():
            return listed([in_words(item).to(language) for item in value], language)
        case Noun():
            return _noun(value, language)
    raise TypeError(f"There are no words for {type(value).__name__}.")


def _noun(noun: Noun, language: str) -> str:
    """Return all that a noun says, with the name of each thing; what is not said is left out."""
    told = []
    for field in noun.__struct_fields__:
        value = getattr(noun, field)
        if gist(value) is not None and value is not False:
            name = field_name(type(noun), field)
            told.append(f"{name.to(language)} {in_words(value).to(language)}")
    return ", ".join(told)


def _number(value: float, language: str) -> str:
    plain = format(Decimal(repr(value)).normalize(), "f")
    return plain if language == "en" else plain.replace(".", ",")


def _day(day: date, language: str) -> str:
    dot = Words(nb=".", en="").to(language)
    return f"{day.day}{dot} {_MONTHS[language].split()[day.month - 1]} {day.year}"


def _clock(at: time, language: str) -> str:
    return at.strftime(Words(nb="%H.%M", en="%H:%M").to(language))
