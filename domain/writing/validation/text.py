"""Texts, ids, telephone numbers and what else is written in letters and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from domain.content.zone import ZoneLevel
from domain.identity_number import is_valid
from domain.plan.template import PLACEHOLDER
from domain.writing.fault import Fault, FaultCode

# A line stands on one line of a phone and of the printed zone sheet, wrapped at most twice.
LONGEST_LINE = 200
# Well over an A4 page: who needs more needs a document, not a plan.
LONGEST_TEXT = 4_000
LONGEST_ID = 64

# PostgreSQL can't store NUL, UTF-8 not a lone surrogate; the rest would not be seen, and those that
# turn the direction of writing can make "10 mg" be read as "01 mg".
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
_LINE_BREAK = re.compile("[\t\n\r\u2028\u2029]")
_LIKE_IDENTITY_NUMBER = re.compile(r"(?<![0-9])([0-9]{6})[\s.-]{0,2}([0-9]{5})(?![0-9])")

_ID = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_-]{{0,{LONGEST_ID - 1}}}")
# A zone is named by its level where a line is named by its id.
_RESERVED = frozenset(level.name for level in ZoneLevel)

_PHONE = re.compile(
    r"11[023]"  # emergency
    r"|116[0-9]{3}"  # 116117 and its like
    r"|0[0-9]{4}"  # an organisation's five digits
    r"|(\+47|0047)?[2-9][0-9]{7}"
    r"|\+(?!47)[1-9][0-9]{6,14}"  # any other country (E.164)
)
_PHONE_SPACES = re.compile("[ \u00a0]")
_LONGEST_PHONE = 30
_ORGANISATION_NUMBER = re.compile("[89][0-9]{8}")
_HPR_NUMBER = re.compile("[1-9][0-9]{3,8}")
_LANGUAGE = re.compile("[a-z]{2,3}")

Faults = Iterator[Fault]


def required_line(text: str, at: str) -> Faults:
    """Check a text that must be there and stand on one line."""
    return _text(text, at, FaultCode.REQUIRED, LONGEST_LINE, one_line=True)


def optional_line(text: str | None, at: str) -> Faults:
    """Check a text on one line; None is nothing, but a blank one is a slip."""
    if text is not None:
        yield from _text(text, at, FaultCode.BLANK, LONGEST_LINE, one_line=True)


def required_text(text: str, at: str) -> Faults:
    """Check a text that must be there and may have several lines."""
    return _text(text, at, FaultCode.REQUIRED, LONGEST_TEXT, one_line=False)


def optional_text(text: str | None, at: str) -> Faults:
    """Check a text that may have several lines; None is nothing, but a blank one is a slip."""
    if text is not None:
        yield from _text(text, at, FaultCode.BLANK, LONGEST_TEXT, one_line=False)


def hpr_number(value: str, at: str) -> Faults:
    """Check a number of the register of health personnel: up to nine digits."""
    if not _HPR_NUMBER.fullmatch(value):
        yield Fault(path=at, code=FaultCode.BAD_HPR_NUMBER)


def identifier(value: str, at: str) -> Faults:
    """Check the form of an id: letters, digits, `_` and `-`, and no zone's name."""
    # Only a whole one: by chance, a UUID now and then has eleven digits that would pass.
    if _LIKE_IDENTITY_NUMBER.fullmatch(value):
        yield from identity_numbers(value, at)
    if not _ID.fullmatch(value) or value in _RESERVED:
        yield Fault(path=at, code=FaultCode.BAD_ID, allowed=str(LONGEST_ID))


def is_placeholder(value: str) -> bool:
    """Tell whether a template left a value to be filled in; activation asks for it."""
    return len(value) <= LONGEST_LINE and PLACEHOLDER.fullmatch(value) is not None


def phone(value: str, at: str) -> Faults:
    """Check a telephone number: 113, 116117, five or eight digits, or with a country's code."""
    yield from identity_numbers(value, at)
    if is_placeholder(value):
        return
    is_short = len(value) <= _LONGEST_PHONE
    if not (is_short and _PHONE.fullmatch(_PHONE_SPACES.sub("", value))):
        yield Fault(path=at, code=FaultCode.BAD_PHONE)


def optional_phone(value: str | None, at: str) -> Faults:
    """Check a telephone number that may be left out."""
    if value is not None:
        yield from phone(value, at)


def organisation_number(value: str, at: str) -> Faults:
    """Check the form only: whether there is such an organisation, a register must say."""
    yield from identity_numbers(value, at)
    if not is_placeholder(value) and not _ORGANISATION_NUMBER.fullmatch(value):
        yield Fault(path=at, code=FaultCode.BAD_ORGANISATION_NUMBER)


def language(value: str, at: str) -> Faults:
    """Check the form of a language's code (ISO 639)."""
    yield from identity_numbers(value, at)
    if not _LANGUAGE.fullmatch(value):
        yield Fault(path=at, code=FaultCode.BAD_LANGUAGE)


def identity_numbers(text: str, at: str) -> Faults:
    """Refuse identity numbers: plan texts go to print, search and other systems."""
    found = (day + rest for day, rest in _LIKE_IDENTITY_NUMBER.findall(text))
    if any(map(is_valid, found)):
        yield Fault(path=at, code=FaultCode.IDENTITY_NUMBER)


def is_blank(text: str | None) -> bool:
    """Tell whether there is nothing to see: no text, or only spaces and invisible characters."""
    return not text or all(category(each)[0] in "ZC" for each in text)


def _text(text: str, at: str, when_blank: FaultCode, longest: int, *, one_line: bool) -> Faults:
    if len(text) > longest:
        yield Fault(path=at, code=FaultCode.TOO_LONG, allowed=str(longest))
    if _CONTROL.search(text):
        yield Fault(path=at, code=FaultCode.CONTROL_CHARACTER)
    elif is_blank(text):
        yield Fault(path=at, code=when_blank)
    elif one_line and _LINE_BREAK.search(text):
        yield Fault(path=at, code=FaultCode.LINE_BREAK)
    yield from identity_numbers(text, at)
