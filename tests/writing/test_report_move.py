from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from domain.content.observable import Observable
from domain.following.entry import AlreadyChanged, EntryStatus, NotYourEntry
from domain.following.report import Done
from domain.refusal import Refusal
from domain.writing.rejection import NoChange, NotAllowed, NothingFound
from domain.written import ReportMoved
from resolvers import written as lookups
from resolvers.writing import report, report_move
from store.session import Sessions
from store.tables import (
    AuditEntryRow,
    EventRow,
    MeasurementRow,
    ReceiptRow,
    ReportRow,
    WorklistEntryRow,
)
from tests.domain.nora import GREEN, NORAS, RED, YELLOW, a_zone, of_best
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, Clinic
from tests.writing.reporting import MONDAY, VENDOR, in_use, peak_flow, read, send, share


@pytest.fixture
async def emil(clinic: Clinic, db: Sessions) -> Clinic:
    """Give Nora's brother, for whom 220 is as it should be."""
    assert clinic.kari.identity_number is not None
    brother = await Clinic.open(db, born_years=4, parent=clinic.kari.identity_number.value)
    green, yellow, _ = NORAS.zones
    small = (
        replace(green, thresholds=(of_best(80, None, 240),)),
        replace(yellow, thresholds=(of_best(50, 80, 240),)),
        a_zone(RED, of_best(None, 50, 240)),
    )
    await in_use(brother, replace(NORAS, zones=small))
    await in_use(clinic)
    clinic.now = brother.now = MONDAY
    return brother


async def _move(clinic: Clinic, report_id: str, to: str, viewer: Any = None, **more: Any) -> Any:
    fields = {"report_id": report_id, "to_patient_id": to} | more
    return await clinic.ask(viewer or clinic.kari, report_move.MOVE, **fields)


async def _copy(clinic: Clinic, moved: Any) -> Any:
    return await lookups.moved_report(clinic.context(clinic.kari), moved)


async def test_a_report_on_the_wrong_child_is_kept_and_marked_on_both(
    clinic: Clinic, emil: Clinic
) -> None:
    sent = await send(clinic, 220, note="Før frokost", action_id="a1", done=Done.DONE)
    moved = await _move(clinic, sent.subject_id, emil.patient_id, reason="Det var Emil")
    assert isinstance(moved, ReportMoved)
    original, copy = await read(clinic, sent.subject_id), await _copy(clinic, moved)
    assert original.change is not None
    assert (original.status, original.change.reason, original.change.replaced_by) == (
        EntryStatus.MOVED,
        "Det var Emil",
        copy.id,
    )
    assert original.measurements[0].status is EntryStatus.MOVED
    assert (copy.patient_id, copy.on_behalf_of) == (emil.patient_id, "Nora Fjell")
    assert copy.replaces is not None
    assert (copy.replaces.id, copy.replaces.status) == (original.id, EntryStatus.MOVED)
    assert (copy.note, copy.action_id) == ("Før frokost", None)


async def test_it_is_evaluated_anew_by_the_right_childs_plan(clinic: Clinic, emil: Clinic) -> None:
    sent = await send(clinic, 220)
    assert (await read(clinic, sent.subject_id)).level is YELLOW
    moved = await _move(clinic, sent.subject_id, emil.patient_id)
    answer = await lookups.answer_to_moved(clinic.context(clinic.kari), moved)
    assert answer.level is GREEN
    assert (await read(clinic, sent.subject_id)).waits_as is None
    (value,) = await emil.rows(MeasurementRow)
    assert (value.value, value.observable) == (220, Observable.PEAK_FLOW.name)


async def test_both_have_their_event_and_audit_entry_and_the_sender_one_receipt(
    clinic: Clinic, emil: Clinic
) -> None:
    sent = await send(clinic, 220)
    receipts = len(await clinic.rows(ReceiptRow))
    moved = await _move(clinic, sent.subject_id, emil.patient_id)
    copy = await _copy(clinic, moved)
    for where, kind, subject in (
        (clinic, "REPORT_MOVED", sent.subject_id),
        (emil, "REPORT_SENT", copy.id),
    ):
        events = sorted(await where.rows(EventRow), key=lambda event: event.number)
        assert (events[-1].kind, events[-1].subject_id) == (kind, subject)
        assert [event.number for event in events] == list(range(1, len(events) + 1))
        entries = {e.operation: e.subject_id for e in await where.rows(AuditEntryRow)}
        assert entries["MOVE_REPORT"] == subject
    assert len(await clinic.rows(ReceiptRow)) == receipts + 1


async def test_the_worklists_of_both_are_renewed(clinic: Clinic, emil: Clinic) -> None:
    sent = await send(clinic, 110)
    moved = await _move(clinic, sent.subject_id, emil.patient_id)
    assert (await _copy(clinic, moved)).level is RED
    assert {row.unseen_reds for row in await clinic.rows(WorklistEntryRow)} == {0}
    assert {row.unseen_reds for row in await emil.rows(WorklistEntryRow)} == {1}


async def test_a_move_sent_again_is_done_once(clinic: Clinic, emil: Clinic) -> None:
    sent, key = await send(clinic, 220), str(uuid4())
    moves = [_move(clinic, sent.subject_id, emil.patient_id, idempotency_key=key) for _ in range(4)]
    answers = await asyncio.gather(*moves)
    assert sorted(answer.receipt.is_replay for answer in answers) == [False, True, True, True]
    assert len(await emil.rows(ReportRow)) == 1


async def test_what_was_moved_is_not_moved_again(clinic: Clinic, emil: Clinic) -> None:
    sent = await send(clinic, 220)
    await _move(clinic, sent.subject_id, emil.patient_id)
    gone = AlreadyChanged(entry_status=EntryStatus.MOVED)
    assert await _move(clinic, sent.subject_id, emil.patient_id) == gone


async def test_moves_both_ways_at_once_wait_for_no_deadlock(clinic: Clinic, emil: Clinic) -> None:
    there = [await send(clinic, 220) for _ in range(8)]
    back = [await send(emil, 220, viewer=clinic.kari) for _ in range(8)]
    answers = await asyncio.gather(
        *(_move(clinic, each.subject_id, emil.patient_id) for each in there),
        *(_move(emil, each.subject_id, clinic.patient_id, clinic.kari) for each in back),
    )
    assert all(isinstance(answer, ReportMoved) for answer in answers)
    assert len(await clinic.rows(ReportRow)) == len(await emil.rows(ReportRow)) == 16


async def test_to_the_same_child_is_no_move(clinic: Clinic, emil: Clinic) -> None:
    sent = await send(clinic, 220)
    assert await _move(clinic, sent.subject_id, clinic.patient_id) == NoChange()


async def test_nobody_moves_to_a_patient_whom_they_do_not_act_for(
    clinic: Clinic, emil: Clinic, db: Sessions
) -> None:
    sent, stranger = await send(clinic, 220), await Clinic.open(db)
    for unknown in (stranger.patient_id, f"pat_{uuid4()}", "pat_x"):
        assert await _move(clinic, sent.subject_id, unknown) == NothingFound()
    assert (await read(clinic, sent.subject_id)).status is EntryStatus.CURRENT
    assert await stranger.rows(ReportRow) == []


async def test_personnel_who_see_both_move_nothing(clinic: Clinic, emil: Clinic) -> None:
    sent = await send(clinic, 220)
    refused = NotAllowed(reason=Refusal.PATIENT_ONLY)
    assert await _move(clinic, sent.subject_id, emil.patient_id, INGRID) == refused


async def test_who_sees_a_report_but_did_not_make_it_does_not_move_it(
    clinic: Clinic, emil: Clinic
) -> None:
    sent = await send(clinic, 220, viewer=clinic.nora)
    assert await _move(clinic, sent.subject_id, emil.patient_id) == NotYourEntry()


async def test_the_patients_side_moves_what_a_shared_device_sent(
    clinic: Clinic, emil: Clinic
) -> None:
    part = (await read(clinic, (await send(clinic, note="Hei")).subject_id)).part_id
    await share(clinic, part or "")
    batch = (peak_flow(220, MONDAY), peak_flow(222, MONDAY))
    sent = await clinic.do(
        VENDOR, report.REGISTER, patient_id=clinic.patient_id, measurements=batch
    )
    moved = await _move(clinic, sent.subject_id, emil.patient_id)
    copy = await _copy(clinic, moved)
    assert len(copy.measurements) == 2
    assert copy.author == "Nordlys Hjemmemåling AS"


async def test_an_old_id_of_a_merged_patient_leads_to_where_they_live_on(
    clinic: Clinic, emil: Clinic
) -> None:
    old = uuid4()
    await add(clinic.db, rows.a_patient(old, merged_into=emil.key))
    sent = await send(clinic, 220)
    moved = await _move(clinic, sent.subject_id, f"pat_{old}")
    assert (await _copy(clinic, moved)).patient_id == emil.patient_id
