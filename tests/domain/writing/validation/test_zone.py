from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest

from domain.writing.fault import Fault
from domain.writing.validation import faults_of
from tests.contents import CONTENT, a_content

ZONES = CONTENT["selfCare"]["zones"]
GREEN, YELLOW, RED = ZONES
AT = "content.selfCare.zones"
PULSE = {"text": "Puls", "system": "http://loinc.org", "code": "8867-4"}
PRESSURE = {"text": "Blodtrykk", "system": "http://loinc.org", "code": "85354-9"}


def faults(**changes: Any) -> list[Fault]:
    return list(faults_of(a_content(template=None, **changes)))


def told(**changes: Any) -> list[tuple[str, str]]:
    return [(fault.code.name, fault.path) for fault in faults(**changes)]


def with_limit(observable: Any, unit: str, **limits: Any) -> list[tuple[str, str]]:
    """Return what is told of a threshold that stands third in the green zone."""
    limit = {"observable": observable, "unit": unit} | limits
    place = f"{AT}[0].thresholds[2]"
    found = told(selfCare__zones__0__thresholds=[*GREEN["thresholds"], limit])
    return [(code, path.removeprefix(place)) for code, path in found]


@pytest.mark.parametrize("zones", [[], [GREEN], [YELLOW], [GREEN, RED], ZONES])
def test_zones_may_be_some_or_all_in_their_order(zones: list[Any]) -> None:
    assert told(selfCare__zones=zones) == []


def test_zones_out_of_order_are_refused() -> None:
    assert told(selfCare__zones=[YELLOW, GREEN, RED]) == [("OUT_OF_ORDER", f"{AT}[1]")]
    assert told(selfCare__zones=[RED, YELLOW]) == [("OUT_OF_ORDER", f"{AT}[1]")]


def test_a_second_zone_of_a_colour_is_refused_and_told_where_the_first_is() -> None:
    (fault,) = faults(selfCare__zones=[GREEN, YELLOW, YELLOW, RED])
    assert (fault.code.name, fault.path, fault.other) == ("DUPLICATE_ZONE", f"{AT}[2]", f"{AT}[1]")


@pytest.mark.parametrize(
    ("change", "value", "code", "path"),
    [
        ("0__condition", "", "REQUIRED", "[0].condition"),
        ("1__whatToDo", " ", "REQUIRED", "[1].whatToDo"),
        ("2__warningSigns__-", "", "REQUIRED", "[2].warningSigns[1]"),
        ("2__warningSigns", ["Hoster"] * 21, "TOO_MANY", "[2].warningSigns"),
        ("1__contact", "", "BLANK", "[1].contact"),
        ("1__whenToCall", "", "BLANK", "[1].whenToCall"),
        ("0__thresholds__0__forHours", 0.0, "NOT_POSITIVE", "[0].thresholds[0].forHours"),
        ("0__thresholds__0__unit", "l/min", "WRONG_UNIT", "[0].thresholds[0].unit"),
        ("0__thresholds__0__low", -1.0, "OUT_OF_RANGE", "[0].thresholds[0].low"),
        ("0__thresholds__0__low", None, "NO_LIMIT", "[0].thresholds[0]"),
    ],
)
def test_one_change_makes_one_fault(change: str, value: object, code: str, path: str) -> None:
    assert told(**{f"selfCare__zones__{change}": value}) == [(code, f"{AT}{path}")]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"low": 50}, []),
        ({"high": 100}, []),
        ({"low": 50, "high": 100}, []),
        ({}, [("NO_LIMIT", "")]),
        ({"low": 100, "high": 100}, [("LOW_NOT_BELOW_HIGH", ".high")]),
        ({"low": 100, "high": 50}, [("LOW_NOT_BELOW_HIGH", ".high")]),
        ({"low": 401}, [("OUT_OF_RANGE", ".low")]),
        ({"low": nan}, [("OUT_OF_RANGE", ".low")]),
        ({"high": inf}, [("OUT_OF_RANGE", ".high")]),
        ({"low": 50, "baseline": 60}, [("BASELINE_NOT_USED", ".baseline")]),
        ({"low": 80, "basis": "PERCENT_OF_BASELINE"}, [("BASELINE_REQUIRED", ".baseline")]),
        (
            {"low": 80, "basis": "PERCENT_OF_BASELINE", "baseline": 0},
            [("NOT_POSITIVE", ".baseline")],
        ),
        (
            {"low": 80, "basis": "PERCENT_OF_BASELINE", "baseline": nan},
            [("OUT_OF_RANGE", ".baseline")],
        ),
        ({"low": 120, "basis": "PERCENT_OF_BASELINE", "baseline": 60}, []),
        (
            {"low": 501, "basis": "PERCENT_OF_BASELINE", "baseline": 60},
            [("OUT_OF_RANGE", ".low")],
        ),
    ],
)
def test_a_threshold_s_numbers_make_sense(
    limits: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert with_limit(PULSE, "/min", **limits) == expected


def test_a_slip_of_the_decimal_point_is_caught_where_the_measure_is_known() -> None:
    temperature = {"text": "Temperatur", "system": "http://loinc.org", "code": "8310-5"}
    assert with_limit(temperature, "Cel", high=38.0) == []
    assert with_limit(temperature, "Cel", high=380.0) == [("OUT_OF_RANGE", ".high")]
    assert with_limit({"text": "Skritt"}, "/d", low=7000.0) == []


def test_what_has_two_numbers_has_no_limits() -> None:
    assert with_limit(PRESSURE, "mm[Hg]", high=140) == [("NOT_ONE_NUMBER", ".observable")]
