from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from domain.content.self_care import Weekday
from domain.content.zone import ZoneLevel
from domain.noun import Noun
from schema.mutation_field import _decoded_from


class _Asked(Noun):
    at: datetime
    level: ZoneLevel | None = None
    days: tuple[Weekday, ...] = ()


class _Outer(Noun):
    asked: tuple[_Asked, ...]


@dataclass
class _AskedInput:
    at: datetime
    level: ZoneLevel | None = None
    days: list[Weekday] = field(default_factory=list)


@dataclass
class _OuterInput:
    asked: list[_AskedInput]


def test_an_input_becomes_its_noun_whatever_its_enums_are_made_of() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    given = _OuterInput([_AskedInput(at, ZoneLevel.RED, [Weekday.MONDAY]), _AskedInput(at)])
    made = msgspec.convert(_decoded_from(given), _Outer, from_attributes=True)
    assert made == _Outer(
        asked=(_Asked(at=at, level=ZoneLevel.RED, days=(Weekday.MONDAY,)), _Asked(at=at))
    )
