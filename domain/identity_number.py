"""Norwegian identity numbers: national (fnr), D-number and shared temporary number (FHN)."""

from __future__ import annotations

from enum import Enum

from domain.noun import Noun


class IdentityNumberKind(Enum):
    """The series a number belongs to; the value of each is its Norwegian OID."""

    NATIONAL = "urn:oid:2.16.578.1.12.4.1.4.1"
    D_NUMBER = "urn:oid:2.16.578.1.12.4.1.4.2"
    TEMPORARY = "urn:oid:2.16.578.1.12.4.1.4.3"


class IdentityNumber(Noun):
    """A number and its series. Its text forms never show the number, so that no log can."""

    value: str
    kind: IdentityNumberKind

    def __repr__(self) -> str:
        return f"IdentityNumber({self.kind.name})"

    __str__ = __repr__


_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def is_valid(value: str) -> bool:
    """Tell whether eleven digits carry right check digits.

    In numbers given from 2032, the first may leave a remainder of 0 to 3 (Skatteetaten).
    """
    if len(value) != 11 or not (value.isascii() and value.isdigit()):
        return False
    digits = [int(d) for d in value]
    return _remainder(digits, _FIRST_WEIGHTS) in (0, 1, 2, 3) and not _remainder(
        digits, _SECOND_WEIGHTS
    )


def kind_of(value: str) -> IdentityNumberKind:
    """Return the series of a valid number: day + 40 is a D-number, a first digit 8 or 9 an FHN."""
    if value[0] in "89":
        return IdentityNumberKind.TEMPORARY
    if value[0] in "4567":
        return IdentityNumberKind.D_NUMBER
    return IdentityNumberKind.NATIONAL


def _remainder(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(d * w for d, w in zip(digits, weights, strict=False)) % 11
