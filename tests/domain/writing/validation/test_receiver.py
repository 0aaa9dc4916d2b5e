from __future__ import annotations

from typing import Any

import msgspec
import pytest

from domain.content.self_care import Receiver
from domain.writing.fault import Fault
from domain.writing.validation.receiver import receiver

WEEKDAYS = [1, 2, 3, 4, 5]


def faults(*hours: Any, **changes: Any) -> list[Fault]:
    unit = {"name": "Barneavdelingen", "organisationNumber": "974795515", "hours": hours} | changes
    return list(receiver(msgspec.convert(unit, Receiver), "r"))


def told(*hours: Any, **changes: Any) -> list[tuple[str, str]]:
    return [(fault.code.name, fault.path) for fault in faults(*hours, **changes)]


def hours(opens: str, closes: str, weekdays: list[int] = WEEKDAYS) -> Any:
    return {"weekdays": weekdays, "opens": f"{opens}:00", "closes": f"{closes}:00"}


@pytest.mark.parametrize(
    "each",
    [
        (),
        (hours("08:00", "15:00"),),
        (hours("08:00", "11:00"), hours("11:00", "15:00")),
        (hours("16:00", "00:00"), hours("00:00", "08:00")),
        (hours("00:00", "00:00", [6]),),
        (hours("08:00", "15:00"), hours("09:00", "12:00", [6, 7])),
    ],
)
def test_hours_may_follow_each_other_and_reach_midnight(each: tuple[Any, ...]) -> None:
    assert told(*each) == []


@pytest.mark.parametrize(
    ("closes", "is_right"), [("08:01", True), ("08:00", False), ("07:00", False)]
)
def test_a_unit_closes_after_it_opens(closes: str, is_right: bool) -> None:
    expected = [] if is_right else [("END_BEFORE_START", "r.hours[0].closes")]
    assert told(hours("08:00", closes)) == expected


def test_hours_of_one_day_may_not_overlap() -> None:
    (fault,) = faults(hours("08:00", "15:00"), hours("14:59", "16:00", [5, 6]))
    assert (fault.code.name, fault.path) == ("OVERLAPPING_HOURS", "r.hours[1]")
    assert fault.other == "r.hours[0]"
    assert told(hours("20:00", "00:00"), hours("23:00", "00:00")) == [
        ("OVERLAPPING_HOURS", "r.hours[1]")
    ]


def test_hours_have_days_each_once() -> None:
    assert told(hours("08:00", "15:00", [])) == [("REQUIRED", "r.hours[0].weekdays")]
    assert told(hours("08:00", "15:00", [1, 2, 1])) == [("DUPLICATE", "r.hours[0].weekdays[2]")]


def test_a_time_of_day_is_norwegian_and_has_no_zone() -> None:
    zoned = {"weekdays": [1], "opens": "08:00:00+01:00", "closes": "15:00:00"}
    assert told(zoned, hours("16:00", "18:00")) == [("TIME_ZONE_NOT_ALLOWED", "r.hours[0].opens")]


def test_hours_are_few() -> None:
    many = [hours(f"{hour:02}:00", f"{hour + 1:02}:00") for hour in range(15)]
    assert told(*many) == [("TOO_MANY", "r.hours")]


@pytest.mark.parametrize(
    ("minutes", "is_right"), [(1, True), (1440, True), (0, False), (1441, False)]
)
def test_an_unseen_report_is_passed_on_within_a_day(minutes: int, is_right: bool) -> None:
    expected = [] if is_right else [("OUT_OF_RANGE", "r.escalateAfterMinutes")]
    assert told(escalateAfterMinutes=minutes) == expected


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "REQUIRED"),
        ({"organisationNumber": "1"}, "BAD_ORGANISATION_NUMBER"),
        ({"phone": "1"}, "BAD_PHONE"),
        ({"escalateTo": ""}, "BLANK"),
        ({"escalatePhone": ""}, "BAD_PHONE"),
    ],
)
def test_the_unit_can_be_reached(change: dict[str, str], code: str) -> None:
    (name,) = change
    assert told(**change) == [(code, f"r.{name}")]
