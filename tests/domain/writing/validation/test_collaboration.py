from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from domain.writing.fault import Fault
from domain.writing.validation.collaboration import after, already_been, municipality_number
from tests.builders import NOW

TODAY = NOW.date()


def _codes(faults: Iterable[Fault]) -> list[str]:
    return [fault.code.name for fault in faults]


@pytest.mark.parametrize(("number", "is_one"), [("1103", True), ("0301", True), ("110", False)])
def test_a_municipality_number_has_four_digits(number: str, is_one: bool) -> None:
    assert (_codes(municipality_number(number, "to")) == []) is is_one


@pytest.mark.parametrize(
    ("days", "codes"),
    [(None, ["REQUIRED"]), (-1, ["NOT_IN_FUTURE"]), (0, ["NOT_IN_FUTURE"]), (1, [])],
)
def test_a_day_to_come_is_after_today(days: int | None, codes: list[str]) -> None:
    day = None if days is None else TODAY + timedelta(days=days)
    assert _codes(after(day, TODAY, "nextDue")) == codes


def test_what_has_been_is_not_later_than_now() -> None:
    assert _codes(already_been(None, NOW, "heldAt")) == []
    assert _codes(already_been(NOW, NOW, "heldAt")) == []
    assert _codes(already_been(NOW + timedelta(seconds=1), NOW, "heldAt")) == ["IN_FUTURE"]
    naive = NOW.replace(tzinfo=None)
    assert _codes(already_been(naive, NOW, "heldAt")) == ["TIME_ZONE_REQUIRED"]
