from __future__ import annotations

import asyncio
from typing import Any

import pytest

from domain.content.zone import ZoneLevel
from domain.following.receiving import AlreadyTaken, ReceivingState
from domain.refusal import Refusal
from domain.writing.rejection import NotAllowed
from domain.written import ReportWritten
from resolvers import worklist
from resolvers.writing import receiving
from store.tables import EventRow, ReportRow
from tests.builders import HOSPITAL
from tests.domain.nora import RED
from tests.writing.clinic import INGRID, OMAR, SIRI, STRANGER, Clinic
from tests.writing.reporting import MONDAY, in_use, in_words, read, send


async def _see(clinic: Clinic, report_id: str, viewer: Any = INGRID) -> Any:
    return await clinic.ask(viewer, receiving.SEE, report_id=report_id)


async def _act(clinic: Clinic, report_id: str, viewer: Any = INGRID, **fields: Any) -> Any:
    return await clinic.ask(viewer, receiving.ACT, report_id=report_id, **fields)


@pytest.fixture
async def yellow(clinic: Clinic) -> str:
    await in_use(clinic)
    clinic.now = MONDAY
    return (await send(clinic, 220)).subject_id


async def test_the_reporter_is_told_who_has_seen_it_and_when(clinic: Clinic, yellow: str) -> None:
    clinic.now = MONDAY.replace(hour=14, minute=2)
    written = await _see(clinic, yellow)
    found = await read(clinic, yellow)
    assert found.receiving is not None
    assert (found.receiving.state, found.waits_as) == (ReceivingState.SEEN, None)
    words = await in_words(clinic, written)
    assert "Sett av Ingrid Haugen mandag 23. november kl. 14:02." in words
    assert not [each for each in words if "får Vakthavende lege beskjed" in each]


async def test_what_was_done_is_told(clinic: Clinic, yellow: str) -> None:
    await _act(clinic, yellow, action="Ringte Kari")
    found = await read(clinic, yellow)
    assert found.receiving is not None
    assert (found.receiving.seen_by, found.receiving.acted_by, found.receiving.action) == (
        "Ingrid Haugen",
        "Ingrid Haugen",
        "Ringte Kari",
    )


async def test_one_sees_it_and_another_acts(clinic: Clinic, yellow: str) -> None:
    await _see(clinic, yellow)
    assert isinstance(await _act(clinic, yellow, OMAR), ReportWritten)
    assert {row.kind for row in await clinic.rows(EventRow)} >= {"REPORT_SEEN", "REPORT_ACTED_ON"}


async def test_who_comes_second_is_told_who_was_first(clinic: Clinic, yellow: str) -> None:
    await _see(clinic, yellow)
    first = AlreadyTaken(receiving_state=ReceivingState.SEEN, taken_by="Ingrid Haugen", at=MONDAY)
    assert await _see(clinic, yellow, OMAR) == first
    await _act(clinic, yellow, OMAR)
    done = AlreadyTaken(receiving_state=ReceivingState.ACTED_ON, taken_by="Omar Rashid", at=MONDAY)
    assert await _act(clinic, yellow) == await _see(clinic, yellow) == done


async def test_of_many_who_see_it_at_once_one_is_first(clinic: Clinic, yellow: str) -> None:
    answers = await asyncio.gather(*(_see(clinic, yellow) for _ in range(10)))
    assert [type(answer) for answer in answers].count(ReportWritten) == 1


async def test_others_with_a_care_relation_may_take_it_and_strangers_may_not(
    clinic: Clinic, yellow: str
) -> None:
    refused = NotAllowed(reason=Refusal.NO_CARE_RELATION)
    assert await _see(clinic, yellow, STRANGER) == refused
    assert isinstance(await _see(clinic, yellow, SIRI), ReportWritten)


async def test_the_patients_side_does_not_take_its_own_reports(clinic: Clinic, yellow: str) -> None:
    assert await _see(clinic, yellow, clinic.kari) == NotAllowed(reason=Refusal.ROLE)


async def test_a_report_that_went_to_nobody_is_taken_by_who_reads_it(clinic: Clinic) -> None:
    clinic.now = MONDAY
    sent = await send(clinic, 220, chosen=RED)
    assert (await read(clinic, sent.subject_id)).waits_as is RED
    await _see(clinic, sent.subject_id)
    found = await read(clinic, sent.subject_id)
    assert found.receiving is not None
    assert (found.receiving.unit, found.receiving.organisation_number) == (
        "Barneavdelingen",
        HOSPITAL,
    )
    assert found.waits_as is None


async def _listed(clinic: Clinic, **keep: Any) -> Any:
    after, mine = None, None
    while mine is None:
        page = await worklist.page(clinic.context(INGRID), first=100, after=after, **keep)
        mine = next((e for e in page.edges if e.patient_id == clinic.patient_id), None)
        if not page.has_next_page:
            return mine
        after = worklist.cursor_of(clinic.context(INGRID), page.edges[-1])
    return mine


async def test_the_worklist_turns_yellow_and_red_and_back(clinic: Clinic, yellow: str) -> None:
    entry = await _listed(clinic)
    assert (entry.unseen_reds, entry.unseen_yellows) == (0, 1)
    assert entry.worst_unseen is ZoneLevel.YELLOW
    red = (await send(clinic, 100)).subject_id
    assert (await _listed(clinic)).worst_unseen is ZoneLevel.RED
    assert await _listed(clinic, has_unseen_reports=True) is not None
    assert await _listed(clinic, has_unseen_reports=False) is None
    for each in (yellow, red):
        await _see(clinic, each)
    assert (await _listed(clinic)).worst_unseen is None
    assert await _listed(clinic, has_unseen_reports=True) is None
    assert await _listed(clinic, has_unseen_reports=False) is not None


async def test_what_is_seen_is_no_longer_kept_as_waiting(clinic: Clinic, yellow: str) -> None:
    await _see(clinic, yellow)
    (row,) = await clinic.rows(ReportRow)
    assert (row.waits_as, row.escalates_at) == (None, None)
