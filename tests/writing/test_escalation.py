from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from resolvers.writing import entry, receiving
from resolvers.writing.escalation import BY, escalate_due
from store.session import Sessions
from store.tables import AuditEntryRow, EventRow, ReportRow, WorklistEntryRow
from tests.writing.clinic import INGRID, Clinic
from tests.writing.reporting import EVENING, MONDAY, in_use, in_words, read, send

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
DUE = MONDAY + HOUR


@pytest.fixture
async def yellow(clinic: Clinic) -> str:
    await in_use(clinic)
    clinic.now = MONDAY
    return (await send(clinic, 220)).subject_id


async def _events(clinic: Clinic) -> list[str]:
    return [row.kind for row in await clinic.rows(EventRow)]


async def test_it_is_passed_on_when_the_plans_minutes_are_over_and_not_before(
    clinic: Clinic, yellow: str
) -> None:
    await escalate_due(clinic.store, DUE - SECOND)
    assert "REPORT_ESCALATED" not in await _events(clinic)
    assert await escalate_due(clinic.store, DUE) == 1
    found = await read(clinic, yellow)
    assert found.receiving is not None
    assert (found.receiving.escalated_to, found.receiving.escalated_at) == (
        "Vakthavende lege",
        DUE,
    )


async def test_it_leaves_an_event_and_an_audit_entry_of_the_system(
    clinic: Clinic, yellow: str
) -> None:
    await escalate_due(clinic.store, DUE)
    event = next(e for e in await clinic.rows(EventRow) if e.kind == "REPORT_ESCALATED")
    assert event.subject_id == yellow
    entries = {e.operation: e for e in await clinic.rows(AuditEntryRow)}
    logged: Any = entries["ESCALATE"]
    assert (logged.by["name"], logged.role, logged.basis) == (BY.name, None, None)


async def test_called_from_many_places_at_once_it_is_passed_on_once(
    clinic: Clinic, yellow: str
) -> None:
    counts = await asyncio.gather(*(escalate_due(clinic.store, DUE) for _ in range(8)))
    assert sum(counts) == 1
    assert await escalate_due(clinic.store, DUE + HOUR) == 0
    assert (await _events(clinic)).count("REPORT_ESCALATED") == 1


async def test_the_reporter_is_told_and_it_still_waits(clinic: Clinic, yellow: str) -> None:
    await escalate_due(clinic.store, DUE)
    clinic.now = DUE
    written = await send(clinic, note="Hva nå?")
    assert written.subject_id != yellow
    seen = await clinic.do(INGRID, receiving.SEE, report_id=yellow)
    words = await in_words(clinic, seen)
    assert "Vakthavende lege fikk beskjed mandag 23. november kl. 11:00." in words


async def test_an_escalated_report_is_still_unseen_on_the_worklist(
    clinic: Clinic, yellow: str
) -> None:
    await escalate_due(clinic.store, DUE)
    assert {row.unseen_yellows for row in await clinic.rows(WorklistEntryRow)} == {1}
    (row,) = await clinic.rows(ReportRow)
    assert (row.waits_as, row.escalates_at) == ("YELLOW", None)


async def test_what_is_seen_or_withdrawn_in_time_is_not_passed_on(
    clinic: Clinic, yellow: str
) -> None:
    other = (await send(clinic, 100)).subject_id
    await clinic.do(INGRID, receiving.SEE, report_id=yellow)
    await clinic.do(clinic.kari, entry.WITHDRAW, report_id=other)
    assert await escalate_due(clinic.store, DUE + HOUR) == 0


async def test_a_red_report_at_night_is_passed_on_at_once(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = EVENING
    red = await send(clinic, 100)
    assert "Vakthavende lege får beskjed med en gang." in await in_words(clinic, red)
    assert await escalate_due(clinic.store, EVENING) == 1


async def test_a_patient_whom_somebody_writes_about_is_left_for_the_next_time(
    clinic: Clinic, yellow: str
) -> None:
    async with clinic.store.unit.begin(clinic.patient_id):
        assert await escalate_due(clinic.store, DUE) == 0
    assert await escalate_due(clinic.store, DUE) == 1


async def test_of_a_sighting_and_an_escalation_at_once_each_sees_the_other(
    clinic: Clinic, yellow: str
) -> None:
    await asyncio.gather(
        clinic.do(INGRID, receiving.SEE, report_id=yellow), escalate_due(clinic.store, DUE)
    )
    found = await read(clinic, yellow)
    assert found.receiving is not None
    assert found.receiving.seen_by == "Ingrid Haugen"
    was_passed_on = found.receiving.escalated_at is not None
    assert ("REPORT_ESCALATED" in await _events(clinic)) is was_passed_on


async def test_one_that_can_not_be_passed_on_does_not_hold_back_the_others(
    clinic: Clinic, yellow: str, db: Sessions
) -> None:
    broken = await Clinic.open(db)
    broken.now = MONDAY - HOUR
    await send(broken, note="Hei")
    async with db.begin() as session:
        of_broken = update(ReportRow).where(ReportRow.patient_id == broken.key)
        waiting = {"chosen": "RED", "escalates_at": MONDAY, "waits_as": "RED"}
        unit = {"unit": "A", "organisationNumber": "1", "escalatesAt": MONDAY.isoformat()}
        await session.execute(of_broken.values(**waiting, receiving=unit))
    with pytest.raises(ExceptionGroup):
        await escalate_due(clinic.store, DUE)
    assert "REPORT_ESCALATED" in await _events(clinic)
    async with db.begin() as session:
        await session.execute(of_broken.values(escalates_at=None))
