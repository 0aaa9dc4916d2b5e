from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.following.assessment import Doubt
from domain.following.entry import EntrySource
from domain.following.measurement import NewMeasurement
from domain.following.report import Feeling
from domain.plan.part import PlanKind
from domain.refusal import Refusal
from domain.writing.fault import FaultCode
from domain.writing.rejection import NotAllowed
from domain.written import ReportWritten
from resolvers.writing import report
from resolvers.writing.escalation import escalate_due
from store.tables import EventRow, MeasurementRow, ReportRow, WorklistEntryRow
from tests.domain.nora import GREEN
from tests.writing.clinic import INGRID, Clinic
from tests.writing.reporting import (
    EVENING,
    MONDAY,
    VENDOR,
    crisis_plan,
    faults_of,
    in_use,
    in_words,
    peak_flow,
    read,
    share,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _batch(count: int, at: datetime = MONDAY) -> tuple[NewMeasurement, ...]:
    return tuple(peak_flow(300 - n % 5, at, n * MINUTE) for n in range(count))


async def _register(clinic: Clinic, viewer: Any = None, **fields: Any) -> Any:
    known = {"patient_id": clinic.patient_id, "measurements": _batch(3), "device_id": "pef-1"}
    return await clinic.ask(viewer or clinic.kari, report.REGISTER, **known | fields)


async def test_a_devices_batch_of_500_is_one_report(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    written = await _register(clinic, measurements=_batch(500))
    found = await read(clinic, written.subject_id)
    assert len(found.measurements) == 500
    assert {(v.source, v.device_id) for v in found.measurements} == {(EntrySource.DEVICE, "pef-1")}
    assert (found.level, found.is_late) == (GREEN, False)
    assert found.happened_at == MONDAY


async def test_a_batch_with_one_bad_value_is_refused_whole(clinic: Clinic) -> None:
    batch = list(_batch(500))
    batch[499] = replace(batch[499], measured_at=batch[499].measured_at.replace(tzinfo=None))
    batch[77] = replace(batch[77], value=float("nan"))
    clinic.now = MONDAY
    found = await faults_of(clinic, report.REGISTER, measurements=tuple(batch[:499]))
    assert found == {("measurements[77].value", FaultCode.NOT_A_NUMBER)}
    found = await faults_of(clinic, report.REGISTER, measurements=tuple(batch))
    assert found == {("measurements[499].measuredAt", FaultCode.TIME_ZONE_REQUIRED)}
    assert await clinic.rows(MeasurementRow) == []
    assert await clinic.rows(EventRow) == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"measurements": ()}, ("measurements", FaultCode.REQUIRED)),
        ({"measurements": _batch(501)}, ("measurements", FaultCode.TOO_MANY)),
        ({"device_id": "\x00"}, ("deviceId", FaultCode.CONTROL_CHARACTER)),
    ],
)
async def test_a_batch_has_bounds(clinic: Clinic, fields: Any, fault: Any) -> None:
    known = {"measurements": _batch(1)}
    assert await faults_of(clinic, report.REGISTER, **known | fields) == {fault}


async def test_a_devices_odd_values_are_kept_as_they_came_and_say_nothing(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    odd = (peak_flow(31_000, MONDAY), peak_flow(300, MONDAY, 2 * MINUTE, unit="furlongs"))
    found = await read(clinic, (await _register(clinic, measurements=odd)).subject_id)
    assert {(v.value, v.unit) for v in found.measurements} == {(31_000, "L/min"), (300, "furlongs")}
    assert found.assessment is not None
    assert found.assessment.doubt in {Doubt.IMPOSSIBLE, Doubt.WRONG_UNIT}
    assert {row.is_possible for row in await clinic.rows(MeasurementRow)} == {False}


async def test_a_devices_useless_value_is_to_be_measured_again_and_is_put_to_the_unit(
    clinic: Clinic,
) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    written = await _register(clinic, measurements=(peak_flow(31_000, MONDAY),))
    told = await in_words(clinic, written)
    assert "Mål på nytt: PEF. Se at apparatet og klokka virker." in told
    assert "Meldingen er sendt til Barneavdelingen. Ingen har sett den ennå." in told
    assert not [each for each in told if "rønn" in each]
    (row,) = await clinic.rows(ReportRow)
    assert (row.urgency, row.waits_as) == ("YELLOW", "YELLOW")
    (entry,) = [
        each
        for each in await clinic.rows(WorklistEntryRow)
        if each.organisation == INGRID.organisation
    ]
    assert entry.unseen_yellows == 1
    clinic.now = MONDAY + timedelta(hours=2)
    assert await escalate_due(clinic.store, clinic.now) >= 1
    found = await read(clinic, written.subject_id)
    assert found.receiving is not None
    assert found.receiving.escalated_to == "Vakthavende lege"


async def test_a_vendors_machine_registers_under_an_open_share(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    refused = await _register(clinic, VENDOR)
    assert refused == NotAllowed(reason=Refusal.NO_CARE_RELATION)
    await share(clinic, part_id, until=EVENING)
    clinic.now = MONDAY
    written = await _register(clinic, VENDOR)
    assert isinstance(written, ReportWritten)
    found = await read(clinic, written.subject_id, VENDOR)
    assert (found.author, found.on_behalf_of) == ("Nordlys Hjemmemåling AS", None)
    clinic.now = EVENING
    assert await _register(clinic, VENDOR) == NotAllowed(reason=Refusal.NO_CARE_RELATION)


async def test_a_vendors_machine_registers_nothing_under_a_part_that_it_lacks(
    clinic: Clinic,
) -> None:
    await in_use(clinic)
    other = await in_use(clinic, kind=PlanKind.KRISEPLAN, is_approved=False, content=crisis_plan())
    await share(clinic, other)
    assert await _register(clinic, VENDOR) == NotAllowed(reason=Refusal.NOT_SHARED)


async def test_a_vendors_machine_tells_nothing_as_a_person(clinic: Clinic) -> None:
    await share(clinic, await in_use(clinic))
    told = {"patient_id": clinic.patient_id, "feeling": Feeling.GOOD}
    answer = await clinic.ask(VENDOR, report.SEND, **told)
    assert answer == NotAllowed(reason=Refusal.PATIENT_ONLY)
