from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from domain.following.entry import AlreadyChanged, EntrySource, EntryStatus, NotYourEntry
from domain.refusal import Refusal
from domain.writing.fault import FaultCode
from domain.writing.rejection import InvalidInput, NotAllowed, NothingFound
from domain.written import ReportWritten
from resolvers.writing import entry, report
from store.tables import EventRow, MeasurementRow, ReportRow
from tests.builders import a_citizen
from tests.domain.nora import GREEN, RED
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, Clinic
from tests.writing.reporting import (
    EVENING,
    MONDAY,
    VENDOR,
    answered,
    in_use,
    peak_flow,
    read,
    send,
    share,
)


@pytest.fixture
async def red(clinic: Clinic) -> str:
    """Give a report of two values, the later of which is red by a slip."""
    await in_use(clinic)
    clinic.now = MONDAY
    slip = (peak_flow(300, MONDAY, MONDAY - MONDAY.replace(hour=9)), peak_flow(31, MONDAY))
    return (await send(clinic, measurements=slip, note="Blåste to ganger")).subject_id


async def _correct(clinic: Clinic, report_id: str, viewer: Any = None, **fields: Any) -> Any:
    known = {"report_id": report_id, "measurements": (peak_flow(310, MONDAY),)}
    return await clinic.ask(viewer or clinic.kari, entry.CORRECT, **known | fields)


async def _withdraw(clinic: Clinic, report_id: str, viewer: Any = None, **fields: Any) -> Any:
    return await clinic.ask(viewer or clinic.kari, entry.WITHDRAW, report_id=report_id, **fields)


async def test_a_correction_keeps_both_and_marks_both(clinic: Clinic, red: str) -> None:
    assert (await read(clinic, red)).level is RED
    written = await _correct(clinic, red, reason="Glemte et siffer")
    old, new = await read(clinic, red), await read(clinic, written.subject_id)
    assert old.change is not None
    assert (old.status, old.change.by, old.change.reason, old.change.replaced_by) == (
        EntryStatus.CORRECTED,
        "Kari Fjell",
        "Glemte et siffer",
        new.id,
    )
    assert {value.status for value in old.measurements} == {EntryStatus.CORRECTED}
    assert [value.value for value in old.measurements] == [300, 31]
    assert new.replaces is not None
    assert (new.replaces.id, new.replaces.status) == (red, EntryStatus.CORRECTED)
    assert [value.value for value in new.measurements] == [310]


async def test_what_was_corrected_no_longer_counts_nor_waits(clinic: Clinic, red: str) -> None:
    written = await _correct(clinic, red)
    assert (await answered(clinic, written)).level is GREEN
    waiting = {str(row.id): row.waits_as for row in await clinic.rows(ReportRow)}
    assert waiting == {red[4:]: None, written.subject_id[4:]: None}


async def test_a_correction_to_something_worse_is_sent_anew(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    green = await send(clinic, 300)
    clinic.now = EVENING
    worse = await _correct(clinic, green.subject_id, measurements=(peak_flow(100, EVENING),))
    new = await read(clinic, worse.subject_id)
    assert (new.level, new.waits_as, new.escalates_at) == (RED, RED, EVENING)


async def test_one_value_is_corrected_and_the_rest_of_the_report_stands(
    clinic: Clinic, red: str
) -> None:
    slip = (await read(clinic, red)).measurements[1]
    written = await _correct(clinic, red, measurement_id=slip.id)
    old, new = await read(clinic, red), await read(clinic, written.subject_id)
    assert [v.status for v in old.measurements] == [EntryStatus.CURRENT, EntryStatus.CORRECTED]
    assert (old.status, new.replaces) == (EntryStatus.CURRENT, None)
    (value,) = new.measurements
    assert value.replaces is not None
    assert value.replaces.id == slip.id
    assert old.measurements[1].change is not None
    assert old.measurements[1].change.replaced_by == value.id
    assert (await answered(clinic, written)).level is GREEN


@pytest.mark.parametrize(
    "told",
    [
        {"measurements": ()},
        {"measurements": (peak_flow(310, MONDAY), peak_flow(311, MONDAY))},
        {"note": "Også dette"},
    ],
)
async def test_one_value_is_corrected_by_one_value(
    clinic: Clinic, red: str, told: dict[str, Any]
) -> None:
    answer = await _correct(clinic, red, measurement_id="msm_1", **told)
    assert isinstance(answer, InvalidInput)
    assert [fault.code for fault in answer.faults] == [FaultCode.ONE_VALUE_ONLY]


async def test_a_correction_that_is_wrong_itself_changes_nothing(clinic: Clinic, red: str) -> None:
    answer = await _correct(clinic, red, measurements=(peak_flow(31_000, MONDAY),))
    assert isinstance(answer, InvalidInput)
    assert (await read(clinic, red)).status is EntryStatus.CURRENT
    assert len(await clinic.rows(ReportRow)) == 1


async def test_a_withdrawn_report_is_kept_marked_and_waits_no_more(
    clinic: Clinic, red: str
) -> None:
    assert isinstance(await _withdraw(clinic, red, reason="Feil måler"), ReportWritten)
    kept = await read(clinic, red)
    assert (kept.status, kept.waits_as, kept.note) == (
        EntryStatus.WITHDRAWN,
        None,
        "Blåste to ganger",
    )
    assert {value.status for value in kept.measurements} == {EntryStatus.WITHDRAWN}
    assert (await clinic.rows(EventRow))[-1].kind == "REPORT_WITHDRAWN"


async def test_one_value_is_withdrawn_and_the_unit_still_sees_the_red_report(
    clinic: Clinic, red: str
) -> None:
    slip = (await read(clinic, red)).measurements[1]
    await _withdraw(clinic, red, measurement_id=slip.id)
    kept = await read(clinic, red)
    assert [v.status for v in kept.measurements] == [EntryStatus.CURRENT, EntryStatus.WITHDRAWN]
    assert (kept.status, kept.waits_as) == (EntryStatus.CURRENT, RED)


async def test_what_is_no_longer_current_is_not_changed_again(clinic: Clinic, red: str) -> None:
    await _withdraw(clinic, red)
    gone = AlreadyChanged(entry_status=EntryStatus.WITHDRAWN)
    assert await _withdraw(clinic, red) == gone
    assert await _correct(clinic, red) == gone
    value = (await read(clinic, red)).measurements[0]
    assert await _withdraw(clinic, red, measurement_id=value.id) == gone


async def test_nobody_changes_what_another_reported(clinic: Clinic, red: str) -> None:
    assert await _withdraw(clinic, red, clinic.nora) == NotYourEntry()
    assert await _correct(clinic, red, clinic.nora) == NotYourEntry()
    ola = a_citizen(str(uuid4().int)[:11], subject="s-ola", name="Ola Fjell")
    assert ola.identity_number is not None
    await add(clinic.db, rows.a_parent(clinic.key, ola.identity_number.value))
    assert await _withdraw(clinic, red, ola) == NotYourEntry()


async def test_personnel_change_nothing_that_the_patients_side_reported(
    clinic: Clinic, red: str
) -> None:
    refused = NotAllowed(reason=Refusal.PATIENT_ONLY)
    assert await _withdraw(clinic, red, INGRID) == refused
    assert await _correct(clinic, red, INGRID) == refused


@pytest.mark.parametrize("unknown", ["rep_x", f"rep_{uuid4()}", "", f"msm_{uuid4()}"])
async def test_what_is_not_there_is_not_found(clinic: Clinic, unknown: str) -> None:
    assert await _withdraw(clinic, unknown) == NothingFound()


async def test_a_value_of_no_such_id_is_not_found(clinic: Clinic, red: str) -> None:
    assert await _withdraw(clinic, red, measurement_id=f"msm_{uuid4()}") == NothingFound()
    assert await _correct(clinic, red, measurement_id=f"msm_{uuid4()}") == NothingFound()


async def test_a_device_is_corrected_by_the_patients_side_and_says_that_it_was_by_hand(
    clinic: Clinic,
) -> None:
    await share(clinic, await in_use(clinic))
    clinic.now = MONDAY
    batch = (peak_flow(300, MONDAY), peak_flow(31, MONDAY))
    sent = await clinic.do(
        VENDOR, report.REGISTER, patient_id=clinic.patient_id, measurements=batch
    )
    slip = next(v for v in (await read(clinic, sent.subject_id)).measurements if v.value == 31)
    written = await _correct(clinic, sent.subject_id, measurement_id=slip.id)
    (value,) = (await read(clinic, written.subject_id)).measurements
    assert (value.source, value.author) == (EntrySource.SELF, "Kari Fjell")


async def test_a_vendors_machine_changes_its_own_and_knows_of_no_others(
    clinic: Clinic, red: str
) -> None:
    await share(clinic, (await read(clinic, red)).part_id or "")
    assert await _withdraw(clinic, red, VENDOR) == NothingFound()
    sent = await clinic.do(
        VENDOR,
        report.REGISTER,
        patient_id=clinic.patient_id,
        measurements=(peak_flow(220, MONDAY),),
    )
    written = await _correct(clinic, sent.subject_id, VENDOR)
    (value,) = (await read(clinic, written.subject_id)).measurements
    assert value.source is EntrySource.DEVICE


async def test_every_value_of_a_whole_batch_is_withdrawn_with_it(clinic: Clinic) -> None:
    clinic.now = MONDAY
    batch = tuple(peak_flow(300, MONDAY, MONDAY - MONDAY.replace(minute=0)) for _ in range(500))
    sent = await clinic.do(
        clinic.kari, report.REGISTER, patient_id=clinic.patient_id, measurements=batch
    )
    await _withdraw(clinic, sent.subject_id)
    changes = [row.change for row in await clinic.rows(MeasurementRow)]
    assert {change and change["status"] for change in changes} == {"WITHDRAWN"}
