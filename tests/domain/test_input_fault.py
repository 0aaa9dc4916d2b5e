from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from domain import input_fault
from domain.rejection import Fault
from tests.builders import NOW

TODAY = NOW.date()


def _codes(faults: Iterable[Fault]) -> list[str]:
    return [fault.code for fault in faults]


@pytest.mark.parametrize(
    ("text", "codes"),
    [("", ["REQUIRED"]), (" \n", ["REQUIRED"]), ("a", []), ("x" * 11, ["TOO_LONG"])],
)
def test_a_text_is_there_and_not_too_long(text: str, codes: list[str]) -> None:
    assert _codes(input_fault.required(text, "reason", 10)) == codes


def test_a_text_may_be_left_out() -> None:
    assert _codes(input_fault.too_long(None, "message")) == []


@pytest.mark.parametrize(
    ("number", "is_one"),
    [("999000134", True), ("811000134", True), (None, True), ("12", False), ("99900013４", False)],
)
def test_an_organisation_number_has_nine_digits(number: str | None, is_one: bool) -> None:
    assert (_codes(input_fault.organisation_number(number, "to")) == []) is is_one


@pytest.mark.parametrize(("number", "is_one"), [("1103", True), ("0301", True), ("110", False)])
def test_a_municipality_number_has_four_digits(number: str, is_one: bool) -> None:
    assert (_codes(input_fault.municipality_number(number, "to")) == []) is is_one


@pytest.mark.parametrize(
    ("days", "codes"),
    [(None, ["REQUIRED"]), (-1, ["NOT_IN_FUTURE"]), (0, ["NOT_IN_FUTURE"]), (1, [])],
)
def test_a_day_to_come_is_after_today(days: int | None, codes: list[str]) -> None:
    day = None if days is None else TODAY + timedelta(days=days)
    assert _codes(input_fault.after(day, TODAY, "nextDue")) == codes


def test_what_has_been_is_not_later_than_now() -> None:
    assert _codes(input_fault.already_been(None, NOW, "heldAt")) == []
    assert _codes(input_fault.already_been(NOW, NOW, "heldAt")) == []
    later = NOW + timedelta(seconds=1)
    assert _codes(input_fault.already_been(later, NOW, "heldAt")) == ["IN_FUTURE"]
    naive = NOW.replace(tzinfo=None)
    assert _codes(input_fault.already_been(naive, NOW, "heldAt")) == ["TIME_ZONE_REQUIRED"]


def test_a_fault_never_has_the_value_in_it() -> None:
    for fault in input_fault.organisation_number("20811599924", "to"):
        assert "20811599924" not in fault.sentence
