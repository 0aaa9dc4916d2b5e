"""Scalars of our own."""

from __future__ import annotations

from typing import NewType

import strawberry

from domain import identity_number
from domain.identity_number import IdentityNumber

IdentityNumberScalar = NewType("IdentityNumberScalar", str)


def _parse(value: object) -> IdentityNumber:
    if not isinstance(value, str) or not identity_number.is_valid(value):
        raise ValueError("An identity number has eleven digits, the last two of which check.")
    return IdentityNumber(value=value, kind=identity_number.kind_of(value))


IDENTITY_NUMBER = strawberry.scalar(
    name="IdentityNumber",
    description=(
        "A Norwegian identity number of eleven digits: national, D- or shared temporary number. "
        "Never part of a URL: operations that take one are refused by GET."
    ),
    serialize=str,
    parse_value=_parse,
)
