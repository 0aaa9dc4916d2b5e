from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from domain.errors import BadInput, NotFound
from domain.operation import Operation
from domain.plan.approval import AgreementState, ApprovalState, Decision
from domain.plan.draft import DraftState
from domain.plan.part import Lifecycle, PlanKind
from domain.refusal import Refusal
from domain.writing.lifecycle import TRANSITIONS
from domain.writing.rejection import (
    DraftClosed,
    InvalidInput,
    KeyReused,
    NoChange,
    NotAllowed,
    NothingFound,
    VersionConflict,
    WrongApproval,
    WrongState,
)
from domain.written import Written
from resolvers import difference as differences
from resolvers import draft as drafts
from resolvers import plan as plans
from resolvers.writing import activation, agreement, approval, draft, part
from store.session import Sessions
from store.tables import AuditEntryRow, EventRow, PlanVersionRow, ReceiptRow
from tests.writing.clinic import INGRID, OMAR, REVIEW, SAID, STRANGER, Clinic

MOVES = {
    Operation.HOLD: part.HOLD,
    Operation.RESUME: part.RESUME,
    Operation.COMPLETE: part.COMPLETE,
    Operation.REVOKE: part.REVOKE,
    Operation.ENTER_IN_ERROR: part.ENTER_IN_ERROR,
}


async def _start(clinic: Clinic, **fields: Any) -> str:
    known = {
        "patient_id": clinic.patient_id,
        "kind": PlanKind.EGENBEHANDLINGSPLAN,
        "change_comment": "Første utkast",
        "content": SAID,
        "review_due": REVIEW,
    }
    return (await clinic.do(INGRID, draft.START, **known | fields)).subject_id


async def _activate(clinic: Clinic, draft_id: str, version: int = 1) -> str:
    done = await clinic.do(
        INGRID,
        activation.ACTIVATE,
        draft_id=draft_id,
        expected_version=version,
        change_comment="Tas i bruk",
    )
    return done.subject_id


async def _active(clinic: Clinic, **fields: Any) -> str:
    return await _activate(clinic, await _start(clinic, **fields))


async def test_a_draft_becomes_what_the_part_says(clinic: Clinic) -> None:
    part_id = await _active(clinic)
    shown = await clinic.part(clinic.kari, part_id)
    assert (shown.lifecycle, shown.content_version, shown.content) == (Lifecycle.ACTIVE, 1, SAID)
    assert shown.responsible.name == "Ingrid Haugen"
    assert shown.responsible.organisation == "Barneavdelingen"
    assert shown.change_comment == "Tas i bruk"


async def test_a_part_that_is_only_being_drafted_is_not_there_for_citizens(clinic: Clinic) -> None:
    started = await drafts.by_id(clinic.context(INGRID), await _start(clinic))
    with pytest.raises(NotFound):
        await clinic.part(clinic.kari, started.part_id)
    with pytest.raises(NotFound):
        await drafts.by_id(clinic.context(clinic.kari), started.id)


async def test_a_revision_leaves_the_active_version_readable_until_it_is_activated(
    clinic: Clinic,
) -> None:
    part_id = await _active(clinic)
    newer = replace(SAID, title="Egenbehandling, ny")
    draft_id = await _start(clinic, content=newer)
    assert (await clinic.part(clinic.kari, part_id)).content == SAID
    assert await _activate(clinic, draft_id) == part_id
    shown = await clinic.part(clinic.kari, part_id)
    assert (shown.content_version, shown.content) == (2, newer)


async def test_a_draft_without_content_begins_with_what_the_part_says(clinic: Clinic) -> None:
    await _active(clinic)
    begun = await drafts.by_id(clinic.context(INGRID), await _start(clinic, content=None))
    assert (begun.content, begun.based_on) == (SAID, 1)


async def test_two_drafts_do_not_block_each_other_and_the_later_one_is_told(clinic: Clinic) -> None:
    await _active(clinic)
    one = await _start(clinic, content=replace(SAID, title="En"))
    two = await _start(clinic, content=replace(SAID, title="To"))
    await _activate(clinic, one)
    late = await clinic.ask(
        OMAR, activation.ACTIVATE, draft_id=two, expected_version=1, change_comment="Min"
    )
    assert isinstance(late, VersionConflict)
    assert [clash.line for clash in late.clashes] == ["title"]


async def test_what_others_activated_meanwhile_is_merged_where_nothing_clashes(
    clinic: Clinic,
) -> None:
    part_id = await _active(clinic)
    one = await _start(clinic, content=replace(SAID, title="Ny tittel"))
    two = await _start(clinic, content=replace(SAID, description="Ny beskrivelse"))
    await _activate(clinic, one)
    asked = await clinic.ask(
        OMAR,
        activation.ACTIVATE,
        draft_id=two,
        expected_version=1,
        change_comment="Min",
        merge=False,
    )
    assert isinstance(asked, VersionConflict)
    both = replace(SAID, title="Ny tittel", description="Ny beskrivelse")
    assert (asked.merged, asked.clashes) == (both, ())
    await _activate(clinic, two)
    assert (await clinic.part(clinic.kari, part_id)).content == both


async def test_a_stale_save_is_offered_a_merge(clinic: Clinic) -> None:
    draft_id = await _start(clinic)
    save = {"draft_id": draft_id, "expected_version": 1, "review_due": REVIEW}
    ours = replace(SAID, description="Vår beskrivelse")
    await clinic.do(
        INGRID, draft.SAVE, content=replace(SAID, title="Deres"), change_comment="A", **save
    )
    answer = await clinic.ask(OMAR, draft.SAVE, content=ours, change_comment="B", **save)
    assert isinstance(answer, VersionConflict)
    assert answer.merged == replace(ours, title="Deres")


async def test_the_difference_between_two_versions_is_told_in_words(clinic: Clinic) -> None:
    part_id = await _active(clinic)
    await _activate(clinic, await _start(clinic, content=replace(SAID, title="Ny tittel")))
    ctx = clinic.context(clinic.kari)
    shown = await clinic.part(clinic.kari, part_id)
    await plans.part_by_id(ctx, part_id)
    (difference,) = await differences.of_part(ctx, shown)
    assert differences.sentence(ctx, difference) == (
        "Tittelen er endret: fra «Egenbehandling» til «Ny tittel»."
    )
    with pytest.raises(BadInput):
        await differences.of_part(ctx, shown, since=7)


async def test_a_writer_who_has_not_seen_the_newest_version_is_told(clinic: Clinic) -> None:
    draft_id = await _start(clinic)
    save = {"draft_id": draft_id, "change_comment": "Endret"}
    first = await clinic.do(
        INGRID, draft.SAVE, expected_version=1, content=replace(SAID, title="En"), **save
    )
    assert first.receipt.version == 2
    second = await clinic.ask(
        OMAR, draft.SAVE, expected_version=1, content=replace(SAID, title="To"), **save
    )
    assert isinstance(second, VersionConflict)
    assert (second.current_version, second.merged) == (2, None)
    assert [clash.line for clash in second.clashes] == ["title"]
    assert [each.label.nb for each in second.differences] == ["Tittelen"]
    saved = await drafts.by_id(clinic.context(INGRID), draft_id)
    assert saved.content.title == "En"


async def test_saving_what_it_already_says_is_refused(clinic: Clinic) -> None:
    draft_id = await _start(clinic)
    answer = await clinic.ask(
        INGRID,
        draft.SAVE,
        draft_id=draft_id,
        expected_version=1,
        content=SAID,
        change_comment="Ingenting",
        review_due=REVIEW,
    )
    assert answer == NoChange()


async def test_a_closed_draft_can_t_be_changed(clinic: Clinic) -> None:
    draft_id = await _start(clinic)
    await _activate(clinic, draft_id)
    answer = await clinic.ask(INGRID, draft.DISCARD, draft_id=draft_id, expected_version=2)
    assert answer == DraftClosed(draft_state=DraftState.ACTIVATED)


async def test_a_discarded_draft_can_still_be_read_with_all_it_said(clinic: Clinic) -> None:
    draft_id = await _start(clinic)
    await clinic.do(INGRID, draft.DISCARD, draft_id=draft_id, expected_version=1)
    ctx = clinic.context(OMAR)
    found = await drafts.by_id(ctx, draft_id)
    assert found.state is DraftState.DISCARDED
    assert [version.content for version in await drafts.versions(ctx, found)] == [SAID]


@pytest.mark.parametrize("lifecycle", list(Lifecycle))
@pytest.mark.parametrize("operation", list(MOVES))
async def test_every_transition_of_the_table_and_no_other(
    clinic: Clinic, operation: Operation, lifecycle: Lifecycle
) -> None:
    part_id, version = await _led_to(clinic, lifecycle)
    answer = await clinic.ask(
        INGRID, MOVES[operation], part_id=part_id, expected_version=version, reason="Derfor"
    )
    ways = TRANSITIONS[operation]
    if lifecycle in ways:
        assert isinstance(answer, Written)
        assert (await clinic.part(INGRID, part_id)).lifecycle is ways[lifecycle]
    else:
        assert answer == WrongState(lifecycle=lifecycle, allowed=tuple(ways))


async def _led_to(clinic: Clinic, lifecycle: Lifecycle) -> tuple[str, int]:
    draft_id = await _start(clinic)
    if lifecycle is Lifecycle.DRAFT:
        return (await drafts.by_id(clinic.context(INGRID), draft_id)).part_id, 1
    part_id = await _activate(clinic, draft_id)
    way = {
        Lifecycle.ON_HOLD: part.HOLD,
        Lifecycle.COMPLETED: part.COMPLETE,
        Lifecycle.REVOKED: part.REVOKE,
        Lifecycle.ENTERED_IN_ERROR: part.ENTER_IN_ERROR,
    }
    if lifecycle is Lifecycle.ACTIVE:
        return part_id, 2
    done = await clinic.do(
        INGRID, way[lifecycle], part_id=part_id, expected_version=2, reason="Derfor"
    )
    assert done.receipt.version == 3
    return part_id, 3


async def test_what_was_entered_in_error_leaves_a_tombstone(clinic: Clinic) -> None:
    part_id, _ = await _led_to(clinic, Lifecycle.ENTERED_IN_ERROR)
    shown = await clinic.part(clinic.kari, part_id)
    assert (shown.lifecycle, shown.content, shown.reason) == (
        Lifecycle.ENTERED_IN_ERROR,
        None,
        "Derfor",
    )


async def test_approval_belongs_to_the_version_and_follows_it_into_use(clinic: Clinic) -> None:
    draft_id = await _start(clinic)
    await clinic.do(INGRID, approval.REQUEST, document_id=draft_id, expected_version=1)
    await clinic.do(
        OMAR,
        approval.DECIDE,
        document_id=draft_id,
        expected_version=2,
        decision=Decision.APPROVED,
    )
    part_id = await _activate(clinic, draft_id, 3)
    shown = await clinic.part(INGRID, part_id)
    assert (shown.approval.state, shown.approval.by) == (ApprovalState.APPROVED, "Omar Rashid")
    draft_id = await _start(clinic, content=replace(SAID, title="Ny"))
    await _activate(clinic, draft_id)
    assert (await clinic.part(INGRID, part_id)).approval.state is ApprovalState.NONE


async def test_a_version_keeps_who_wrote_it_whoever_approved_or_activated_it(
    clinic: Clinic,
) -> None:
    draft_id = await _start(clinic)
    await clinic.do(INGRID, approval.REQUEST, document_id=draft_id, expected_version=1)
    await clinic.do(
        OMAR,
        approval.DECIDE,
        document_id=draft_id,
        expected_version=2,
        decision=Decision.APPROVED,
    )
    await _activate(clinic, draft_id, 3)
    [version] = await clinic.rows(PlanVersionRow)
    assert version.author["name"] == "Ingrid Haugen"


async def test_nothing_is_saved_or_approved_on_top_of_what_has_ended(clinic: Clinic) -> None:
    part_id = await _active(clinic)
    draft_id = await _start(clinic)
    await clinic.do(INGRID, part.COMPLETE, part_id=part_id, expected_version=2, reason="Ferdig")
    content = replace(SAID, title="For sent")
    late = {"draft_id": draft_id, "content": content, "change_comment": "For sent"}
    saved = await clinic.ask(INGRID, draft.SAVE, expected_version=1, **late)
    asked = [
        await clinic.ask(INGRID, approval.REQUEST, document_id=id, expected_version=version)
        for id, version in ((draft_id, 1), (part_id, 3))
    ]
    living = (Lifecycle.DRAFT, Lifecycle.ACTIVE, Lifecycle.ON_HOLD)
    assert saved == WrongState(lifecycle=Lifecycle.COMPLETED, allowed=living)
    assert asked == [saved, WrongState(lifecycle=Lifecycle.COMPLETED, allowed=living[1:])]
    await clinic.do(INGRID, draft.DISCARD, draft_id=draft_id, expected_version=1)


async def test_nobody_approves_what_nobody_asked_about(clinic: Clinic) -> None:
    answer = await clinic.ask(
        OMAR,
        approval.DECIDE,
        document_id=await _start(clinic),
        expected_version=1,
        decision=Decision.APPROVED,
    )
    assert answer == WrongApproval(approval_state=ApprovalState.NONE)


async def test_two_people_may_differ_and_both_stand(clinic: Clinic) -> None:
    part_id = await _active(clinic)
    word = {"part_id": part_id, "content_version": 1}
    await clinic.do(clinic.kari, agreement.GIVE, state=AgreementState.AGREES, **word)
    await clinic.do(
        clinic.nora, agreement.GIVE, state=AgreementState.DISAGREES, comment="Nei!", **word
    )
    said = {a.person: a.state for a in (await clinic.part(INGRID, part_id)).agreements}
    assert said == {
        "Kari Fjell": AgreementState.AGREES,
        "Nora Fjell": AgreementState.DISAGREES,
    }


async def test_personnel_do_not_agree_for_the_patient(clinic: Clinic) -> None:
    part_id = await _active(clinic)
    answer = await clinic.ask(
        INGRID, agreement.GIVE, part_id=part_id, content_version=1, state=AgreementState.AGREES
    )
    assert answer == NotAllowed(reason=Refusal.PATIENT_ONLY)


async def test_a_citizen_can_t_write_drafts(clinic: Clinic) -> None:
    answer = await clinic.ask(
        clinic.kari,
        draft.START,
        patient_id=clinic.patient_id,
        kind=PlanKind.KRISEPLAN,
        change_comment="Jeg vil",
    )
    assert answer == NotAllowed(reason=Refusal.ROLE)


async def test_without_a_care_relation_nothing_can_be_done(clinic: Clinic) -> None:
    answer = await clinic.ask(
        STRANGER,
        draft.START,
        patient_id=clinic.patient_id,
        kind=PlanKind.KRISEPLAN,
        change_comment="Jeg vil",
    )
    assert answer == NotAllowed(reason=Refusal.NO_CARE_RELATION)


@pytest.mark.parametrize("unknown", ["pat_x", "x", "", f"pat_{uuid4()}", f"drf_{uuid4()}"])
async def test_an_id_of_nothing_is_answered_so(clinic: Clinic, unknown: str) -> None:
    answer = await clinic.ask(INGRID, draft.DISCARD, draft_id=unknown, expected_version=1)
    assert answer == NothingFound()


async def test_a_write_sent_again_is_done_once(clinic: Clinic) -> None:
    key = str(uuid4())
    one = await _start_with(clinic, key)
    two = await _start_with(clinic, key)
    assert (one.subject_id, one.receipt.is_replay) == (two.subject_id, False)
    assert two.receipt.is_replay
    assert len(await clinic.rows(EventRow)) == 1


async def test_sent_at_once_from_many_places_it_is_done_once(clinic: Clinic) -> None:
    key = str(uuid4())
    answers = await asyncio.gather(*(_start_with(clinic, key) for _ in range(8)))
    assert len({answer.subject_id for answer in answers}) == 1
    assert sorted(answer.receipt.is_replay for answer in answers) == [False] + [True] * 7


async def _start_with(clinic: Clinic, key: str, **fields: Any) -> Written:
    known = {"kind": PlanKind.KRISEPLAN, "change_comment": "Nytt", "idempotency_key": key}
    return await clinic.do(INGRID, draft.START, patient_id=clinic.patient_id, **known | fields)


async def test_a_key_used_for_something_else_is_refused(clinic: Clinic) -> None:
    key = str(uuid4())
    await _start_with(clinic, key)
    other = await clinic.ask(
        INGRID,
        draft.START,
        patient_id=clinic.patient_id,
        kind=PlanKind.PALLIATIV_PLAN,
        change_comment="Nytt",
        idempotency_key=key,
    )
    assert other == KeyReused()


async def test_a_key_used_about_another_patient_at_the_same_time_is_refused(
    clinic: Clinic, db: Sessions
) -> None:
    other, key = await Clinic.open(db), str(uuid4())
    fields = {"kind": PlanKind.KRISEPLAN, "change_comment": "Nytt", "idempotency_key": key}
    answers = await asyncio.gather(
        clinic.ask(INGRID, draft.START, patient_id=clinic.patient_id, **fields),
        clinic.ask(INGRID, draft.START, patient_id=other.patient_id, **fields),
    )
    assert [type(answer) for answer in answers].count(KeyReused) == 1
    kept = [*await clinic.rows(EventRow), *await other.rows(EventRow)]
    assert len(kept) == 1


async def test_a_bad_key_is_a_fault_of_the_input(clinic: Clinic) -> None:
    answer = await clinic.ask(
        INGRID, draft.DISCARD, draft_id="drf_1", expected_version=1, idempotency_key="kort"
    )
    assert isinstance(answer, InvalidInput)
    assert [fault.path for fault in answer.faults] == ["idempotencyKey"]


async def test_each_write_leaves_one_event_one_audit_entry_and_one_receipt(clinic: Clinic) -> None:
    await _active(clinic)
    events = sorted(await clinic.rows(EventRow), key=lambda event: event.number)
    assert [(event.number, event.kind) for event in events] == [
        (1, "DRAFT_STARTED"),
        (2, "PART_ACTIVATED"),
    ]
    audited = {entry.operation: entry for entry in await clinic.rows(AuditEntryRow)}
    assert set(audited) == {"START_DRAFT", "ACTIVATE"}
    assert audited["ACTIVATE"].basis == "CARE_TEAM"
    assert len(await clinic.rows(ReceiptRow)) == 2


async def test_a_rejected_write_leaves_nothing(clinic: Clinic) -> None:
    await clinic.ask(
        clinic.kari,
        draft.START,
        patient_id=clinic.patient_id,
        kind=PlanKind.KRISEPLAN,
        change_comment="Jeg vil",
    )
    assert await clinic.rows(EventRow) == []
    assert await clinic.rows(ReceiptRow) == []


async def _race(clinic: Clinic, draft_id: str, writer: int, version: int) -> Any:
    return await clinic.ask(
        INGRID,
        draft.SAVE,
        draft_id=draft_id,
        expected_version=version,
        content=replace(SAID, title=f"Skriver {writer}"),
        change_comment=f"Skriver {writer}",
    )


async def test_of_a_hundred_writers_at_once_one_wins_the_version(clinic: Clinic) -> None:
    draft_id = await _start(clinic)
    answers = await asyncio.gather(*(_race(clinic, draft_id, n, 1) for n in range(100)))
    won = [answer for answer in answers if isinstance(answer, Written)]
    assert [answer.receipt.version for answer in won] == [2]
    lost = [answer for answer in answers if isinstance(answer, VersionConflict)]
    assert [answer.current_version for answer in lost] == [2] * 99


async def test_writers_who_try_again_all_get_their_version(clinic: Clinic) -> None:
    draft_id = await _start(clinic)

    async def save(writer: int) -> int:
        answer = await _race(clinic, draft_id, writer, 1)
        while isinstance(answer, VersionConflict):
            answer = await _race(clinic, draft_id, writer, answer.current_version)
        return int(answer.receipt.version)

    won = await asyncio.gather(*(save(writer) for writer in range(12)))
    assert sorted(won) == list(range(2, 14))
    ctx = clinic.context(INGRID)
    kept = await drafts.versions(ctx, await drafts.by_id(ctx, draft_id))
    assert {v.content.title for v in kept} >= {f"Skriver {n}" for n in range(12)}


async def test_a_hundred_drafts_are_begun_at_once(clinic: Clinic) -> None:
    begun = await asyncio.gather(*(_start(clinic) for _ in range(100)))
    assert len(set(begun)) == 100
    numbers = [event.number for event in await clinic.rows(EventRow)]
    assert sorted(numbers) == list(range(1, 101))
