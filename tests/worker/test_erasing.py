from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, update

from domain.access.reservation import UNDO_TIME
from domain.content.line import ContentSection
from domain.cooperation.suggestion import SuggestionKind
from domain.cooperation.worklist import WorklistFilter
from domain.errors import NotPermitted
from domain.keeping.consent import ConsentKind
from domain.keeping.correction import CorrectionKind
from domain.keeping.erasure import Erasure
from domain.plan.approval import AgreementState
from domain.plan.part import PlanKind
from gateway.health import NotReady
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers import reservation as reservations
from resolvers.writing import (
    agreement,
    consent,
    correction,
    log_question,
    reservation,
    suggestion,
)
from store.erasure import KEPT, erased_tables
from store.erasure_log import ErasureLog
from store.listing import ERASURES
from store.tables import (
    AuditEntryRow,
    CareTeamMemberRow,
    DeliveryRow,
    ErasureRow,
    EventRow,
    PatientRow,
    PlanPartRow,
    ReservationRow,
    Row,
)
from tests.builders import HOSPITAL, NOW
from tests.store import rows
from tests.store.rows import add
from tests.worker.backroom import Backroom
from tests.writing.clinic import INGRID, SAID, Clinic
from tests.writing.in_use import commented, drafted, in_use, shared

MARKER = "Hemmelighet-Q7"
# What holds a text of a plan and so of a patient; each must be seen before it can be seen to go.
MARKED = {
    "plan_version",
    "draft_version",
    "comment",
    "agreement",
    "consent",
    "correction_request",
    "care_team_member",
    "handover",
    "log_question",
    "review",
    "share",
    "suggestion",
}


async def _fill(clinic: Clinic) -> str:
    """Leave the marker in every kind of text that there is."""
    content = replace(SAID, what_matters_to_me=MARKER)
    part_id = await in_use(clinic, content=content)
    await shared(clinic, part_id)
    await commented(clinic, part_id, f"{MARKER}?")
    word = {"part_id": part_id, "content_version": 1, "comment": MARKER}
    await clinic.do(clinic.kari, agreement.GIVE, state=AgreementState.AGREES, **word)
    await drafted(clinic, kind=PlanKind.KRISEPLAN, content=replace(content, title=MARKER))
    await clinic.do(
        clinic.kari,
        correction.ASK,
        patient_id=clinic.patient_id,
        kind=CorrectionKind.DELETE,
        entry_id=part_id,
        text=MARKER,
    )
    member = rows.a_member(clinic.key, "999000150", reachable=MARKER)
    handover = rows.a_handover(clinic.key, "2", reason=MARKER)
    part = PlanPartRow(patient_id=clinic.key, id=UUID(part_id.removeprefix("prt_")))
    review = rows.a_review(part, note=MARKER)
    share = rows.a_share(part, recipient=MARKER)
    await clinic.do(
        clinic.kari,
        suggestion.SUGGEST,
        part_id=part_id,
        kind=SuggestionKind.ADD,
        section=ContentSection.GOALS,
        text=MARKER,
        why=MARKER,
    )
    await clinic.do(
        clinic.kari,
        log_question.ASK,
        patient_id=clinic.patient_id,
        entry_id=f"log_{(await clinic.rows(AuditEntryRow))[0].id}",
        text=MARKER,
    )
    given = {"at": NOW, "by": "Kari", "giver": "PARENT", "how": MARKER}
    earlier = rows.a_consent(clinic.key, given=given, withdrawn=given, withdrawn_at=NOW)
    await add(clinic.db, member, handover, review, share, earlier)
    return part_id


async def _reserved_and_due(backroom: Backroom) -> str:
    reservation_id = await backroom.reserve()
    backroom.later(days=30)
    return reservation_id


async def _reservation(backroom: Backroom) -> ReservationRow:
    (row,) = await backroom.clinic.rows(ReservationRow)
    return row


async def test_nothing_of_what_was_written_is_left_anywhere(backroom: Backroom) -> None:
    await _fill(backroom.clinic)
    assert await backroom.holding(MARKER) == MARKED
    await backroom.delivering.turn()
    await _reserved_and_due(backroom)
    await backroom.erasing.turn()
    assert await backroom.holding(MARKER) == set()
    assert MARKER not in backroom.log.read_text()
    left = {
        table.name
        for table in Row.metadata.sorted_tables
        if "patient_id" in table.columns and await _count(backroom, table.name)
    }
    assert left == {"identity_number", "representation", "audit_entry", "reservation"} | {
        "erasure",
        "event",
    }


async def _count(backroom: Backroom, table: str) -> int:
    mapped = next(m.class_ for m in Row.registry.mappers if m.class_.__tablename__ == table)
    return len(await backroom.clinic.rows(mapped))


async def test_the_log_of_use_stays_and_the_proof_says_how_much_there_was(
    backroom: Backroom,
) -> None:
    clinic = backroom.clinic
    await _fill(clinic)
    await backroom.delivering.turn()
    before = len(await clinic.rows(AuditEntryRow))
    await _reserved_and_due(backroom)
    await backroom.erasing.turn()
    assert len(await clinic.rows(AuditEntryRow)) == before + 1  # the reservation itself
    ctx = clinic.context(clinic.kari)
    (told,) = await reservations.erasures(ctx, await patients.by_id(ctx, clinic.patient_id))
    ((proof,),) = await clinic.store.listing.by_patients(ERASURES, [clinic.patient_id])
    assert told == replace(proof, tables=(), deliveries=())
    counted = {each.table: each.rows for each in proof.tables}
    assert (counted["plan_version"], counted["comment"], counted["consent"]) == (1, 1, 2)
    (kept,) = backroom.record.kept.values()
    assert [each.receipt for each in proof.deliveries] == [kept.receipt]
    assert ErasureLog(backroom.log).read() == [proof]
    assert [event.kind for event in await clinic.rows(EventRow)] == ["ERASED"]


async def test_a_patient_without_a_plan_is_erased_as_well(backroom: Backroom) -> None:
    await _reserved_and_due(backroom)
    await backroom.erasing.turn()
    assert (await _reservation(backroom)).erased_at == backroom.now()


async def test_the_other_patients_keep_all_they_have(backroom: Backroom) -> None:
    other = await Clinic.open(backroom.clinic.db)
    part_id = await in_use(other)
    await in_use(backroom.clinic)
    await backroom.delivering.turn()
    await _reserved_and_due(backroom)
    await backroom.erasing.turn()
    assert (await other.part(other.kari, part_id)).content == SAID
    assert len(await other.rows(CareTeamMemberRow)) == 2


async def test_what_was_written_under_an_earlier_id_goes_too(backroom: Backroom) -> None:
    clinic, earlier = backroom.clinic, uuid4()
    plan = rows.a_plan(earlier)
    part = rows.a_part(plan)
    said = rows.a_version(part, content={"title": MARKER})
    await add(clinic.db, rows.a_patient(earlier, merged_into=clinic.key), plan, part, said)
    await _reserved_and_due(backroom)
    await backroom.erasing.turn()
    assert await backroom.holding(MARKER) == {"plan_version"}  # no record has it yet
    await add(clinic.db, _delivered(part))
    await backroom.erasing.turn()
    assert await backroom.holding(MARKER) == set()
    (proof,) = backroom.erasures.log.read()
    assert [each.receipt for each in proof.deliveries] == ["J-1"]


def _delivered(part: PlanPartRow) -> DeliveryRow:
    return DeliveryRow(
        patient_id=part.patient_id,
        id=uuid4(),
        part_id=part.id,
        content_version=1,
        occasion="ACTIVATED",
        occurred_at=NOW,
        by=rows.AUTHOR,
        organisation_number=HOSPITAL,
        state="DELIVERED",
        attempts=1,
        next_try_at=NOW,
        receipt="J-1",
        delivered_at=NOW,
    )


async def test_nothing_is_erased_before_the_thirty_days_are_over(backroom: Backroom) -> None:
    await in_use(backroom.clinic)
    await backroom.delivering.turn()
    await backroom.reserve()
    backroom.clinic.now = NOW + UNDO_TIME - timedelta(seconds=1)
    await backroom.erasing.turn()
    assert await backroom.clinic.rows(PlanPartRow)
    assert not backroom.log.exists()


async def test_what_was_undone_is_never_erased(backroom: Backroom) -> None:
    clinic = backroom.clinic
    part_id = await in_use(clinic)
    await backroom.delivering.turn()
    reservation_id = await backroom.reserve()
    await clinic.do(
        clinic.kari, reservation.UNDO, reservation_id=reservation_id, expected_version=1
    )
    backroom.later(days=99)
    await backroom.erasing.turn()
    assert (await clinic.part(INGRID, part_id)).content == SAID


async def test_an_undelivered_version_blocks_with_one_alarm_until_it_has_arrived(
    backroom: Backroom, caplog: pytest.LogCaptureFixture
) -> None:
    clinic = backroom.clinic
    await in_use(clinic)
    await _reserved_and_due(backroom)
    for _ in range(3):
        await backroom.erasing.turn()
        backroom.later(hours=1)
    assert await clinic.rows(PlanPartRow)
    assert [event.kind for event in await clinic.rows(EventRow)].count("ERASURE_BLOCKED") == 1
    assert caplog.text.count("an erasure waits for deliveries") == 1
    assert not any(each in caplog.text for each in ("Nora", "02834530190", SAID.title))
    with pytest.raises(NotReady, match="1 erasures"):
        await backroom.erasing.none_is_blocked()
    await backroom.delivering.turn()
    await backroom.erasing.turn()
    assert await clinic.rows(PlanPartRow) == []
    await backroom.erasing.none_is_blocked()


async def test_a_version_that_nobody_noted_for_delivery_blocks_too(backroom: Backroom) -> None:
    await in_use(backroom.clinic)
    async with backroom.clinic.db.begin() as session:
        await session.execute(delete(DeliveryRow))
    await _reserved_and_due(backroom)
    await backroom.erasing.turn()
    assert await backroom.clinic.rows(PlanPartRow)
    assert (await _reservation(backroom)).blocked_at is not None


async def test_a_blocked_erasure_does_not_hold_up_the_others(backroom: Backroom) -> None:
    await in_use(backroom.clinic)
    await _reserved_and_due(backroom)
    other = await Clinic.open(backroom.clinic.db)
    other.now = NOW
    await other.do(other.kari, reservation.RESERVE, patient_id=other.patient_id)
    backroom.later(days=1)
    await backroom.erasing.turn()
    assert [row.erased_at for row in await other.rows(ReservationRow)] == [backroom.now()]


async def test_a_process_killed_between_log_and_commit_leaves_it_due(backroom: Backroom) -> None:
    class Killed(ErasureLog):
        def append(self, erasure: Erasure) -> Erasure:
            super().append(erasure)
            raise KeyboardInterrupt

    await in_use(backroom.clinic)
    await backroom.delivering.turn()
    await _reserved_and_due(backroom)
    whole = backroom.erasures.log
    backroom.erasures.log = Killed(backroom.log)
    with pytest.raises(KeyboardInterrupt):
        await backroom.again.run(backroom.clinic.patient_id, backroom.now())
    assert await backroom.clinic.rows(PlanPartRow)
    assert await backroom.erasures.not_run(backroom.now()) == []  # it may be under way
    backroom.erasures.log = whole
    await backroom.erasing.turn()
    assert await backroom.clinic.rows(PlanPartRow) == []
    assert len(whole.read()) == 2
    assert await backroom.erasures.not_run() == []
    assert await backroom.erasures.not_logged() == 0


async def test_on_a_decision_it_need_not_wait_but_the_record_must_still_have_it_all(
    backroom: Backroom,
) -> None:
    await in_use(backroom.clinic)
    assert not await backroom.again.hasten(backroom.clinic.patient_id, backroom.now())
    await backroom.reserve()
    assert await backroom.again.hasten(backroom.clinic.patient_id, backroom.now())
    await backroom.erasing.turn()
    assert await backroom.clinic.rows(PlanPartRow)
    await backroom.delivering.turn()
    await backroom.erasing.turn()
    assert await backroom.clinic.rows(PlanPartRow) == []
    assert not await backroom.again.hasten(backroom.clinic.patient_id, backroom.now())


async def test_two_workers_erase_once(backroom: Backroom) -> None:
    await _reserved_and_due(backroom)
    outcomes = [
        (await backroom.again.run(backroom.clinic.patient_id, backroom.now())).name
        for _ in range(2)
    ]
    assert outcomes == ["ERASED", "NOT_DUE"]
    assert len(await backroom.clinic.rows(ErasureRow)) == 1


async def test_once_the_reservation_is_ended_a_plan_can_begin_anew(
    backroom: Backroom,
) -> None:
    clinic = backroom.clinic
    await in_use(clinic)
    await backroom.delivering.turn()
    reservation_id = await _reserved_and_due(backroom)
    await backroom.erasing.turn()
    with pytest.raises(NotPermitted) as refused:
        await patients.by_id(clinic.context(INGRID), clinic.patient_id)
    assert refused.value.reason == "NO_CARE_RELATION"  # the care team is gone as well
    await clinic.do(
        clinic.kari, reservation.UNDO, reservation_id=reservation_id, expected_version=1
    )
    ctx = clinic.context(clinic.kari)
    assert await plans.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id)) is None
    await clinic.do(
        clinic.kari, consent.GIVE, patient_id=clinic.patient_id, kind=ConsentKind.HAVE_PLAN
    )
    member = rows.a_member(clinic.key, HOSPITAL)
    await add(clinic.db, member)
    part_id = await in_use(clinic)
    await backroom.again.run_again()
    assert (await clinic.part(clinic.kari, part_id)).content == SAID


async def test_the_patient_leaves_every_worklist(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await in_use(clinic)
    await backroom.delivering.turn()
    await _reserved_and_due(backroom)
    await backroom.erasing.turn()
    page = await clinic.store.worklist.page(HOSPITAL, WorklistFilter(), None, 100, clinic.now)
    assert page == []


async def test_what_is_erased_is_all_but_what_is_named_to_stay() -> None:
    owned = {t.name for t in Row.metadata.sorted_tables if "patient_id" in t.columns}
    assert owned == {table.name for table in erased_tables()} | set(KEPT)
    assert not {table.name for table in erased_tables()} & set(KEPT)
    assert all(KEPT.values())


async def test_who_the_patient_is_stays_for_the_log(backroom: Backroom) -> None:
    async with backroom.clinic.db.begin() as session:
        await session.execute(update(PatientRow).values(given_name=MARKER))
    await _reserved_and_due(backroom)
    await backroom.erasing.turn()
    assert await backroom.holding(MARKER) == {"patient"}  # whom the log is about
