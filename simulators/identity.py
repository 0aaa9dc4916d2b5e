"""Synthetic identity numbers: right check digits, month + 80, never a real person's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from zlib import crc32

import msgspec

NATIONAL = "urn:oid:2.16.578.1.12.4.1.4.1"
D_NUMBER = "urn:oid:2.16.578.1.12.4.1.4.2"
TEMPORARY = "urn:oid:2.16.578.1.12.4.1.4.3"

SYNTHETIC_MONTH = 80
D_NUMBER_DAY = 40

_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


class Number(msgspec.Struct, frozen=True):
    """An identity number and the series (OID) that it belongs to."""

    value: str
    system: str


class NumbersExhausted(Exception):
    """No number is left for a birth date in a series."""


def is_valid(value: str) -> bool:
    """Tell whether a text is eleven digits with right check digits (from 2032 too)."""
    if len(value) != 11 or not (value.isascii() and value.isdigit()):
        return False
    return _remainder(value, _FIRST) <= 3 and _remainder(value, _SECOND) == 0


class NumberSeries:
    """Gives out numbers, each one once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def reserve(self, value: str) -> None:
        """Keep a number that is written down elsewhere from being given to anyone."""
        if not is_valid(value) or value in self._given:
            raise ValueError("a fixed number is wrong or stands twice")
        self._given.add(value)

    def national(self, born: date, gender: str, seed: str) -> Number:
        """Return a national number (fnr); the seed decides which of the birth date's."""
        return Number(self._dated(born, gender, seed, 0), NATIONAL)

    def d_number(self, born: date, gender: str, seed: str) -> Number:
        """Return a D-number: the day of birth + 40."""
        return Number(self._dated(born, gender, seed, D_NUMBER_DAY), D_NUMBER)

    def temporary(self, seed: str) -> Number:
        """Return a shared temporary number (FHN): first digit 8, no date in it."""
        start = crc32(seed.encode()) % 100_000
        for number in chain(range(start, 100_000), range(start)):
            month = SYNTHETIC_MONTH + 1 + number % 12
            if value := self._take(f"80{month}{number:05}"):
                return Number(value, TEMPORARY)
        raise NumbersExhausted("temporary numbers")

    def _dated(self, born: date, gender: str, seed: str, day_offset: int) -> str:
        start = f"{born.day + day_offset:02}{born.month + SYNTHETIC_MONTH:02}{born.year % 100:02}"
        individual = [n for n in _individual_numbers(born.year) if _fits(n, gender)]
        first = crc32(seed.encode()) % max(len(individual), 1)
        for number in individual[first:] + individual[:first]:
            if value := self._take(f"{start}{number:03}"):
                return value
        raise NumbersExhausted(f"birth year {born.year}")

    def _take(self, nine: str) -> str | None:
        value = _with_check_digits(nine)
        if value is None or value in self._given:
            return None
        self._given.add(value)
        return value


def _individual_numbers(year: int) -> Iterator[int]:
    """The three digits after the date tell the century."""
    if 2000 <= year <= 2039:
        yield from range(500, 1000)
    if 1900 <= year <= 1999:
        yield from range(500)
    if 1940 <= year <= 1999:
        yield from range(900, 1000)
    if 1854 <= year <= 1899:
        yield from range(500, 750)


def _fits(individual: int, gender: str) -> bool:
    return {"female": individual % 2 == 0, "male": individual % 2 == 1}.get(gender, True)


def _with_check_digits(nine: str) -> str | None:
    first = -_remainder(nine, _FIRST[:9]) % 11
    if first == 10:
        return None
    ten = f"{nine}{first}"
    second = -_remainder(ten, _SECOND[:10]) % 11
    return None if second == 10 else f"{ten}{second}"


def _remainder(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
