"""Every noun and fixed value that a plan content is made of, found by following its fields."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args

from msgspec import structs

from domain.content.plan_content import PlanContent
from domain.noun import Noun


def nouns(kind: type[Noun] = PlanContent) -> set[type[Noun]]:
    inside = {it for it in _types_of(kind) if issubclass(it, Noun)}
    return {kind}.union(*(nouns(it) for it in inside))


def fixed_values() -> list[Enum]:
    kinds = {it for noun in nouns() for it in _types_of(noun) if issubclass(it, Enum)}
    return [value for kind in sorted(kinds, key=str) for value in kind]


def _types_of(noun: type[Noun]) -> Iterator[type]:
    for field in structs.fields(noun):
        yield from _types_in(field.type)


def _types_in(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for argument in get_args(annotation):
        yield from _types_in(argument)
