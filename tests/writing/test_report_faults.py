from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.following.assessment import Sign
from domain.following.report import Done
from domain.plan.part import Lifecycle, PlanKind
from domain.writing.fault import FaultCode
from domain.writing.rejection import WrongState
from resolvers.writing import part, report
from tests.domain.nora import RED
from tests.writing.clinic import INGRID, Clinic
from tests.writing.reporting import (
    MONDAY,
    crisis_plan,
    faults_of,
    in_use,
    peak_flow,
    read,
    send,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def test_everything_wrong_with_a_report_is_told_with_its_place(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    found = await faults_of(
        clinic,
        happened_at=MONDAY + DAY,
        action_id="a99",
        done=Done.DONE,
        measurements=(
            peak_flow(31_000, MONDAY),
            peak_flow(220, MONDAY, unit="kg"),
            peak_flow(220, MONDAY + DAY),
        ),
    )
    assert found == {
        ("happenedAt", FaultCode.IN_THE_FUTURE),
        ("actionId", FaultCode.UNKNOWN_ACTION),
        ("measurements[0].value", FaultCode.IMPOSSIBLE_VALUE),
        ("measurements[1].unit", FaultCode.WRONG_UNIT),
        ("measurements[2].measuredAt", FaultCode.IN_THE_FUTURE),
    }


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, {("input", FaultCode.EMPTY_REPORT)}),
        ({"done": Done.DONE}, {("done", FaultCode.ACTION_INCOMPLETE)}),
        ({"note": " "}, {("note", FaultCode.BLANK)}),
        (
            {"happened_at": datetime(2026, 11, 23, 10)},  # noqa: DTZ001  # what is refused
            {("happenedAt", FaultCode.TIME_ZONE_REQUIRED)},
        ),
        (
            {"signs": (Sign(level=RED, text="Blå\x00"),)},
            {("signs[0].text", FaultCode.CONTROL_CHARACTER)},
        ),
        (
            {"measurements": (peak_flow(220, MONDAY.replace(year=1026)),)},
            {("measurements[0].measuredAt", FaultCode.OUT_OF_RANGE)},
        ),
        (
            {"measurements": (peak_flow(220, MONDAY.replace(tzinfo=None)),)},
            {("measurements[0].measuredAt", FaultCode.TIME_ZONE_REQUIRED)},
        ),
        (
            {"measurements": tuple(peak_flow(220, MONDAY) for _ in range(101))},
            {("measurements", FaultCode.TOO_MANY)},
        ),
    ],
)
async def test_a_report_that_can_not_be_understood_is_refused(
    clinic: Clinic, told: dict[str, Any], found: set[tuple[str, FaultCode]]
) -> None:
    clinic.now = MONDAY
    assert await faults_of(clinic, **told) == found


async def test_values_belong_under_a_part_that_has_zones(clinic: Clinic) -> None:
    plain = await in_use(clinic, kind=PlanKind.KRISEPLAN, is_approved=False, content=crisis_plan())
    clinic.now = MONDAY
    found = await faults_of(clinic, part_id=plain, measurements=(peak_flow(220, MONDAY),))
    assert found == {("partId", FaultCode.NO_ZONES)}
    ticked = await send(clinic, part_id=plain, action_id="a1", done=Done.DONE)
    assert (await read(clinic, ticked.subject_id)).part_id == plain


async def test_a_part_that_has_ended_is_not_reported_under(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await clinic.do(INGRID, part.COMPLETE, part_id=part_id, expected_version=2, reason="Ferdig")
    told = {"patient_id": clinic.patient_id, "part_id": part_id, "note": "Hei"}
    answer = await clinic.ask(clinic.kari, report.SEND, **told)
    assert answer == WrongState(
        lifecycle=Lifecycle.COMPLETED, allowed=(Lifecycle.ACTIVE, Lifecycle.ON_HOLD)
    )
