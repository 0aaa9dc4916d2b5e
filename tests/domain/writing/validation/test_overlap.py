from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.content.self_care import SelfCare
from domain.writing.fault import Fault
from domain.writing.validation.overlap import together

PULSE = {"text": "Puls", "system": "http://loinc.org", "code": "8867-4"}
ALSO_PULSE = {"text": "Pulse", "system": "http://snomed.info/sct", "code": "364075005"}
PEAK_FLOW = {"text": "PEF", "system": "http://loinc.org", "code": "19935-6"}
STEPS = {"text": "Skritt"}

Interval = tuple[int | None, int | None]
ENDS = st.none() | st.integers(0, 20)
INTERVALS = st.tuples(ENDS, ENDS).filter(
    lambda ends: ends != (None, None) and (None in ends or ends[0] < ends[1])
)


def limit(observable: Any = STEPS, unit: str = "/d", **more: Any) -> Any:
    return {"observable": observable, "unit": unit} | more


def care(*zones: list[Any], measurements: Any = ()) -> SelfCare:
    words = {"condition": "Slik", "whatToDo": "Gjør"}
    made = [
        {"level": level, "thresholds": limits} | words
        for level, limits in zip(("GREEN", "YELLOW", "RED"), zones, strict=False)
    ]
    return msgspec.convert({"zones": made, "measurements": measurements}, SelfCare)


def told(found: SelfCare) -> list[tuple[str, str, str | None]]:
    def brief(fault: Fault) -> tuple[str, str, str | None]:
        return (fault.code.name, fault.path, fault.other)

    return [brief(fault) for fault in together(found, "c")]


OVERLAP = [("OVERLAP", "c.zones[1].thresholds[0]", "c.zones[0].thresholds[0]")]


@given(INTERVALS, INTERVALS)
def test_zones_overlap_when_a_value_lies_in_both(one: Interval, other: Interval) -> None:
    def holds(ends: Interval, value: float) -> bool:
        low, high = ends
        return (low is None or low <= value) and (high is None or value < high)

    values = [step / 2 for step in range(-4, 50)]
    is_in_both = any(holds(one, value) and holds(other, value) for value in values)
    zones = [[limit(low=low, high=high)] for low, high in (one, other)]
    assert told(care(*zones)) == (OVERLAP if is_in_both else [])


@given(st.integers(40, 99), st.integers(60, 900))
def test_zones_that_meet_at_a_per_cent_or_at_its_value_do_not_overlap(
    per_cent: int, baseline: int
) -> None:
    own = {"basis": "PERCENT_OF_BASELINE", "baseline": baseline}
    above = limit(PEAK_FLOW, "L/min", low=per_cent, **own)
    below = limit(PEAK_FLOW, "L/min", high=per_cent, **own)
    assert told(care([above], [below])) == []
    at = baseline * per_cent / 100
    assert told(care([limit(PEAK_FLOW, "L/min", low=at)], [below])) == []
    assume(at > 21)
    assert told(care([limit(PEAK_FLOW, "L/min", low=at - 1)], [below])) == OVERLAP


def test_a_gap_between_zones_is_no_fault() -> None:
    assert told(care([limit(low=10)], [limit(high=5)])) == []


def test_limits_of_one_zone_may_overlap_each_other() -> None:
    assert told(care([limit(low=10), limit(low=5)])) == []


def test_another_code_of_the_same_measure_overlaps_as_well() -> None:
    zones = [limit(PULSE, "/min", low=50)], [limit(ALSO_PULSE, "/min", high=60)]
    assert told(care(*zones)) == OVERLAP


def test_a_threshold_is_told_of_once_however_many_it_overlaps() -> None:
    found = told(care([limit(low=10), limit(low=20)], [limit(low=5), limit(high=0)]))
    assert found == OVERLAP


def test_how_long_it_lasts_does_not_tell_two_zones_apart() -> None:
    assert told(care([limit(low=10)], [limit(low=10, forHours=24)])) == OVERLAP


def test_limits_that_are_wrong_in_themselves_are_told_of_once() -> None:
    assert told(care([limit(PULSE, "/min", low=9000)], [limit(PULSE, "/min", low=50)])) == []


def test_a_patient_has_one_own_value_of_a_measure() -> None:
    own = {"basis": "PERCENT_OF_BASELINE"}
    zones = (
        [limit(PEAK_FLOW, "L/min", low=80, baseline=310, **own)],
        [limit(PEAK_FLOW, "L/min", low=50, high=80, baseline=130, **own)],
    )
    assert told(care(*zones)) == [
        (
            "DIFFERENT_BASELINE",
            "c.zones[1].thresholds[0].baseline",
            "c.zones[0].thresholds[0].baseline",
        )
    ]


@pytest.mark.parametrize("unit", ["/wk", "/min"])
def test_a_measure_has_one_unit_everywhere(unit: str) -> None:
    steps = {"id": "m1", "observable": {"text": "SKRITT"}, "unit": unit}
    assert told(care([limit(low=10)], measurements=[steps])) == [
        ("DIFFERENT_UNIT", "c.measurements[0].unit", "c.zones[0].thresholds[0].unit")
    ]
