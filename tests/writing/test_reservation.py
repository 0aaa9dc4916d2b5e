from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.access.reservation import UNDO_TIME, Reservation
from domain.access.right import OF_KJERNEJOURNAL, RIGHT_OF_SECTION
from domain.access.viewer import Viewer
from domain.cooperation.worklist import WorklistFilter
from domain.errors import NotPermitted
from domain.given_word import SpokenWord, WordGiver
from domain.plan.approval import AgreementState
from domain.refusal import Refusal
from domain.source.section import SectionState, SourceName
from domain.writing.rejection import NoChange, NotAllowed, TooLateToUndo, VersionConflict
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers import reservation as reservations
from resolvers import section as sections
from resolvers import source
from resolvers.writing import agreement, consent, reservation
from store.session import Sessions
from store.tables import AuditEntryRow, ConsentRow, EventRow
from tests.builders import HOSPITAL, NOW
from tests.writing.clinic import INGRID, SAID, STRANGER, Clinic
from tests.writing.in_use import SCHOOL, SPOKEN_BY_KARI, in_use, shared


async def _reserve(clinic: Clinic, viewer: Viewer | None = None, **fields: Any) -> str:
    written = await clinic.do(
        viewer or clinic.kari, reservation.RESERVE, patient_id=clinic.patient_id, **fields
    )
    return written.subject_id


async def _undo(clinic: Clinic, viewer: Viewer, reservation_id: str, **fields: Any) -> Any:
    known = {"reservation_id": reservation_id, "expected_version": 1}
    return await clinic.ask(viewer, reservation.UNDO, **known | fields)


async def _standing(clinic: Clinic) -> Reservation | None:
    ctx = clinic.context(clinic.kari)
    return await reservations.standing(ctx, await patients.by_id(ctx, clinic.patient_id))


async def _refusal(clinic: Clinic, viewer: Viewer, part_id: str) -> str | None:
    with pytest.raises(NotPermitted) as refused:
        await clinic.part(viewer, part_id)
    return refused.value.reason


async def _on_worklist(clinic: Clinic) -> bool:
    page = await clinic.store.worklist.page(HOSPITAL, WorklistFilter(), None, 100, clinic.now)
    return clinic.patient_id in [entry.patient_id for entry in page]


async def test_everything_is_hidden_from_everyone_at_once(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await shared(clinic, part_id)
    assert await _on_worklist(clinic)
    await _reserve(clinic)
    assert await _refusal(clinic, INGRID, part_id) == "RESERVED"
    assert await _refusal(clinic, clinic.kari, part_id) == "RESERVED"
    assert not await _on_worklist(clinic)
    with pytest.raises(NotPermitted) as refused:
        await patients.by_id(clinic.context(INGRID), clinic.patient_id)
    assert refused.value.reason == "RESERVED"


async def test_others_learn_no_more_of_it_than_before(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await shared(clinic, part_id)
    await _reserve(clinic)
    assert await _refusal(clinic, STRANGER, part_id) == "NO_CARE_RELATION"
    assert await _refusal(clinic, SCHOOL, part_id) == "NO_CARE_RELATION"


async def test_the_citizen_sees_that_they_have_reserved_and_until_when(clinic: Clinic) -> None:
    await in_use(clinic)
    await _reserve(clinic)
    standing = await _standing(clinic)
    assert standing is not None
    assert standing.erase_after == NOW + timedelta(days=30)
    ctx = clinic.context(clinic.kari)
    assert reservations.can_be_undone(ctx, standing)
    assert "22.12.2026" in reservations.explanation(ctx, standing)


async def test_what_kjernejournal_feeds_is_hidden_too(clinic: Clinic) -> None:
    await _reserve(clinic)
    ctx = clinic.context(clinic.kari)
    patient = await patients.by_id(ctx, clinic.patient_id)
    hidden = await sections.for_patient(ctx, patient, source.CRITICAL_INFO)
    assert hidden.state is SectionState.WITHHELD
    assert [reason.refusal for reason in hidden.reasons] == [Refusal.RESERVED]


def test_the_hidden_sections_are_those_that_kjernejournal_feeds() -> None:
    fetched = [each for each in vars(source).values() if isinstance(each, source.Fetch)]
    fed = {each.section for each in fetched if each.source is SourceName.KJERNEJOURNAL}
    assert {RIGHT_OF_SECTION[each] for each in fed} == OF_KJERNEJOURNAL


async def test_undone_in_time_all_is_as_it_was(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await shared(clinic, part_id)
    reservation_id = await _reserve(clinic)
    clinic.now = NOW + UNDO_TIME - timedelta(seconds=1)
    await _undo(clinic, clinic.kari, reservation_id)
    assert await _standing(clinic) is None
    for viewer in (INGRID, clinic.kari, SCHOOL):
        assert (await clinic.part(viewer, part_id)).content == SAID
    assert await _on_worklist(clinic)


async def test_after_thirty_days_it_is_too_late_until_all_is_erased(clinic: Clinic) -> None:
    reservation_id = await _reserve(clinic)
    clinic.now = NOW + UNDO_TIME
    answer = await _undo(clinic, clinic.kari, reservation_id)
    assert answer == TooLateToUndo(until=NOW + UNDO_TIME)
    standing = await _standing(clinic)
    assert standing is not None
    told = reservations.explanation(clinic.context(clinic.kari), standing)
    assert "så snart journalen" in told


async def test_while_reserved_nothing_else_is_written(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await _reserve(clinic)
    word = {"part_id": part_id, "content_version": 1, "state": AgreementState.AGREES}
    refused = NotAllowed(reason=Refusal.RESERVED)
    assert await clinic.ask(clinic.kari, agreement.GIVE, **word) == refused
    (given,) = await clinic.rows(ConsentRow)
    for viewer in (INGRID, clinic.kari):
        withdrawal = {"consent_id": f"con_{given.id}", "expected_version": 1}
        assert await clinic.ask(viewer, consent.WITHDRAW, **withdrawal) == refused


async def test_personnel_write_down_both_and_are_shown_what_they_wrote(clinic: Clinic) -> None:
    spoken = SpokenWord(giver=WordGiver.PARENT, **SPOKEN_BY_KARI)
    key = str(uuid4())
    asked = {"patient_id": clinic.patient_id, "spoken": spoken, "idempotency_key": key}
    written = await clinic.do(INGRID, reservation.RESERVE, **asked)
    ctx = clinic.context(INGRID)
    shown = await reservations.of_written(ctx, written)
    assert (shown.made.by, shown.made.how) == ("Kari Fjell", "På telefon til avdelingen")
    again = await clinic.do(INGRID, reservation.RESERVE, **asked)
    assert (again.subject_id, again.receipt.is_replay) == (written.subject_id, True)
    await _undo(clinic, INGRID, written.subject_id, spoken=spoken)
    assert await _standing(clinic) is None


async def test_a_stranger_is_not_shown_a_reservation(clinic: Clinic) -> None:
    written = await clinic.do(clinic.kari, reservation.RESERVE, patient_id=clinic.patient_id)
    with pytest.raises(NotPermitted) as refused:
        await reservations.of_written(clinic.context(STRANGER), written)
    assert refused.value.reason == "NO_CARE_RELATION"


async def test_reserving_twice_and_undoing_twice_change_nothing(clinic: Clinic) -> None:
    reservation_id = await _reserve(clinic)
    again = await clinic.ask(clinic.kari, reservation.RESERVE, patient_id=clinic.patient_id)
    assert again == NoChange()
    await _undo(clinic, clinic.kari, reservation_id)
    undone = await _undo(clinic, clinic.kari, reservation_id, expected_version=2)
    assert undone == NoChange()


async def test_whoever_has_not_seen_the_newest_is_told(clinic: Clinic) -> None:
    answer = await _undo(clinic, clinic.kari, await _reserve(clinic), expected_version=3)
    assert answer == VersionConflict(current_version=1)


async def test_a_child_does_not_reserve_alone(db: Sessions) -> None:
    clinic = await Clinic.open(db, born_years=14)
    answer = await clinic.ask(clinic.nora, reservation.RESERVE, patient_id=clinic.patient_id)
    assert answer == NotAllowed(reason=Refusal.UNDER_16)


async def test_both_are_events_and_stand_in_the_log(clinic: Clinic) -> None:
    await _undo(clinic, clinic.kari, await _reserve(clinic))
    events = sorted(await clinic.rows(EventRow), key=lambda event: event.number)
    assert [event.kind for event in events] == ["RESERVED", "RESERVATION_UNDONE"]
    audited = {entry.operation for entry in await clinic.rows(AuditEntryRow)}
    assert audited == {"RESERVE", "UNDO_RESERVATION"}


async def test_a_plan_found_by_its_id_is_hidden_as_well(clinic: Clinic) -> None:
    await in_use(clinic)
    ctx = clinic.context(INGRID)
    plan = await plans.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    assert plan is not None
    await _reserve(clinic)
    for viewer in (INGRID, clinic.kari):
        with pytest.raises(NotPermitted) as refused:
            await plans.by_id(clinic.context(viewer), plan.id)
        assert refused.value.reason == "RESERVED"
