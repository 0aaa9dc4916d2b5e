from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from math import inf, nan

import pytest

from domain.writing.fault import Fault
from domain.writing.validation import number


def codes(faults: Iterable[Fault]) -> list[str]:
    return [fault.code.name for fault in faults]


@pytest.mark.parametrize("value", [None, 1, 5.5, 99])
def test_the_ends_belong_to_a_range(value: float | None) -> None:
    assert codes(number.within(value, "x", 1, 99)) == []


@pytest.mark.parametrize("value", [0, 100, inf, -inf, nan, 10**400])
def test_what_is_no_number_lies_outside_every_range(value: float) -> None:
    (fault,) = number.within(value, "x", 1, 99)
    assert (fault.code.name, fault.allowed) == ("OUT_OF_RANGE", "1–99")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, []),
        (0.5, []),
        (8_784, []),
        (0, ["NOT_POSITIVE"]),
        (-1, ["NOT_POSITIVE"]),
        (8_785, ["OUT_OF_RANGE"]),
        (nan, ["OUT_OF_RANGE"]),
        (inf, ["OUT_OF_RANGE"]),
    ],
)
def test_hours_are_more_than_none_and_within_a_year(
    value: float | None, expected: list[str]
) -> None:
    assert codes(number.hours(value, "x")) == expected


@pytest.mark.parametrize(
    ("value", "is_ours"),
    [(date(1925, 1, 1), True), (date(202, 1, 1), False), (date(2226, 1, 1), False), (None, True)],
)
def test_a_date_is_of_our_time(value: date | None, is_ours: bool) -> None:
    assert codes(number.day(value, "x")) == ([] if is_ours else ["OUT_OF_RANGE"])


def test_a_time_without_zone_could_be_read_as_another() -> None:
    aware = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert codes(number.moment(aware, "x")) == []
    assert codes(number.moment(aware.replace(tzinfo=None), "x")) == ["TIME_ZONE_REQUIRED"]
