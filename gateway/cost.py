"""What one operation costs: estimated from its variables, and counted in its answer.

Everything that depends on the document alone is worked out once, by `gateway/pricing.py`. What is
left for a request is a sum with a few variables in it, and a look at the lists of the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

MOST = 2**53 - 1
"""The largest number that every reader of JSON understands; no estimate is told as more."""
_MOST_INT = 2**31 - 1
_ABSENT = object()

Variables: TypeAlias = Mapping[str, Any]
"""The variables as they came: JSON of any shape, not yet held to their types."""


class Given(msgspec.Struct, frozen=True):
    """How long a list is that a variable slices; `default` where it has no value that could."""

    variable: str
    default: int

    def of(self, variables: Variables) -> int:
        """Return the length."""
        value = variables.get(self.variable, self.default)
        if type(value) is float and value.is_integer():
            value = int(value)  # GraphQL takes 5.0 for 5
        if type(value) is not int or value > _MOST_INT:
            return self.default  # it will be refused as no Int
        return max(value, 0)


class Sum(msgspec.Struct, frozen=True):
    """A constant, and what has variables in it."""

    constant: int
    terms: tuple[Times | Largest, ...]

    def of(self, variables: Variables) -> int:
        """Return the sum."""
        total = self.constant
        for term in self.terms:
            total += term.of(variables)
        return total


class Times(msgspec.Struct, frozen=True):
    """Something as often as a list is long."""

    size: Given | int
    inner: Sum

    def of(self, variables: Variables) -> int:
        """Return the product."""
        size = self.size if isinstance(self.size, int) else self.size.of(variables)
        return size * self.inner.of(variables)


class Largest(msgspec.Struct, frozen=True):
    """What costs most of what may come: an object is of one type out of several."""

    options: tuple[Sum, ...]

    def of(self, variables: Variables) -> int:
        """Return the largest."""
        return max(option.of(variables) for option in self.options)


NOTHING = Sum(0, ())


def added(sums: Iterable[Sum], constant: int = 0) -> Sum:
    """Return one sum of several."""
    terms: list[Times | Largest] = []
    for each in sums:
        constant += each.constant
        terms += each.terms
    return Sum(constant, tuple(terms))


def times(size: Given | int, inner: Sum) -> Sum:
    """Return something as often as a list is long, without a variable if there is none in it."""
    if isinstance(size, int) and not inner.terms:
        return Sum(size * inner.constant, ())
    if size == 1:
        return inner
    return Sum(0, (Times(size, inner),))


def largest(options: Sequence[Sum]) -> Sum:
    """Return the dearest of several, which must not be none."""
    different = tuple(dict.fromkeys(options))
    if len(different) == 1:
        return different[0]
    if not any(option.terms for option in different):
        return max(different, key=lambda option: option.constant)
    return Sum(0, (Largest(different),))


class Counted(msgspec.Struct, frozen=True):
    """What is looked for in an answer: a field by its key there, and what each object of it costs.

    `of_object` is 0 where the field holds no objects.
    """

    key: str
    weight: int
    of_object: int = 0
    inner: tuple[Counted, ...] = ()


def count(fields: tuple[Counted, ...], found: Mapping[str, Any]) -> int:
    """Return what the fields of one object cost, by what the answer has of them.

    A field without a value was asked for nevertheless: it costs its weight.
    """
    total = 0
    for field in fields:
        value = found.get(field.key, _ABSENT)
        if value is _ABSENT:
            continue
        total += field.weight
        if value is None or not field.of_object:
            continue
        objects = value if type(value) is list else (value,)
        total += field.of_object * len(objects)
        if field.inner:
            for each in objects:
                if each is not None:
                    total += count(field.inner, each)
    return total


class OperationCost(msgspec.Struct, frozen=True):
    """What one operation costs."""

    estimated: Sum = NOTHING
    counted: tuple[Counted, ...] = ()
    of_root: int = 0

    def estimate(self, variables: Variables | None) -> int:
        """Return the most that it may cost, as far as lists keep to their sizes."""
        return min(self.estimated.of(variables or {}), MOST)

    def count(self, data: Mapping[str, Any] | None) -> int:
        """Return what it has cost, by its answer."""
        return 0 if data is None else self.of_root + count(self.counted, data)
