from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from domain.cooperation.task import ShiftTask
from domain.plan.part import PlanKind
from domain.refusal import Refusal
from domain.writing.rejection import NoChange, NotAllowed, NothingFound, TaskTaken, VersionConflict
from domain.written import Written
from resolvers import shift, written
from resolvers import task as tasks
from resolvers.writing import approval, handover, review, task
from store.session import Sessions
from store.tables import PlanPartRow, PlanVersionRow, TaskClaimRow
from tests.builders import a_clinician
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, Clinic
from tests.writing.ward import Ward


@pytest.fixture
def ward(db: Sessions) -> Ward:
    return Ward(db)


async def _overdue(ward: Ward) -> tuple[Clinic, ShiftTask]:
    """Return a patient with a part whose review is due, and that task."""
    clinic = await ward.patient()
    await clinic.active(by=ward.ingrid, review_due=clinic.now.date())
    (waiting,) = await ward.report(clinic, shift.reviews)
    return clinic, waiting


async def _take(clinic: Clinic, by: Any, waiting: ShiftTask) -> Any:
    return await clinic.ask(by, task.TAKE, task_id=waiting.id)


async def test_colleagues_see_who_has_taken_what_and_when(ward: Ward) -> None:
    clinic, waiting = await _overdue(ward)
    assert waiting.taken is None
    done = await _take(clinic, ward.ingrid, waiting)
    (seen,) = await ward.report(clinic, shift.reviews, ward.berit)
    assert seen.taken is not None
    assert (seen.taken.by.name, seen.taken.at, seen.taken.version) == (
        "Ingrid Haugen",
        clinic.now,
        1,
    )
    assert await written.claimed(clinic.context(ward.ingrid), done) == seen


async def test_what_a_colleague_has_taken_is_refused_with_who_and_when(ward: Ward) -> None:
    clinic, waiting = await _overdue(ward)
    await _take(clinic, ward.ingrid, waiting)
    taken_at = clinic.now
    clinic.now += timedelta(minutes=5)
    refused = await _take(clinic, ward.berit, waiting)
    assert isinstance(refused, TaskTaken)
    assert (refused.by.name, refused.at) == ("Ingrid Haugen", taken_at)
    assert await _take(clinic, ward.ingrid, waiting) == NoChange()


async def test_of_many_who_take_it_at_once_one_has_it(ward: Ward) -> None:
    clinic, waiting = await _overdue(ward)
    nurses = [ward.nurse(f"Sykepleier {n}", f"90000{n:02}") for n in range(10)]
    answers = await asyncio.gather(*(_take(clinic, nurse, waiting) for nurse in nurses))
    assert sum(isinstance(answer, Written) for answer in answers) == 1
    assert sum(isinstance(answer, TaskTaken) for answer in answers) == 9


async def test_a_task_let_go_is_free_for_the_next(ward: Ward) -> None:
    clinic, waiting = await _overdue(ward)
    await _take(clinic, ward.ingrid, waiting)
    await clinic.do(ward.berit, task.RELEASE, task_id=waiting.id, expected_version=1)
    (free,) = await ward.report(clinic, shift.reviews)
    assert free.taken is None
    done = await _take(clinic, ward.berit, waiting)
    assert done.receipt.version == 3
    assert len(await clinic.rows(TaskClaimRow)) == 1


async def test_nobody_lets_go_what_they_have_not_seen_taken(ward: Ward) -> None:
    clinic, waiting = await _overdue(ward)
    release = {"task_id": waiting.id, "expected_version": 0}
    assert await clinic.ask(ward.berit, task.RELEASE, **release) == NoChange()
    await _take(clinic, ward.ingrid, waiting)
    answer = await clinic.ask(ward.berit, task.RELEASE, **release)
    assert answer == VersionConflict(current_version=1)


async def test_another_organisation_s_claims_are_its_own(ward: Ward) -> None:
    clinic, waiting = await _overdue(ward)
    other = Ward(clinic.db)
    await add(clinic.db, rows.a_member(clinic.key, other.organisation))
    await clinic.active(by=ward.ingrid, kind=PlanKind.KRISEPLAN)
    await _take(clinic, ward.ingrid, waiting)
    (seen,) = await other.report(clinic, shift.reviews)
    assert seen.taken is None
    assert isinstance(await _take(clinic, other.berit, waiting), Written)


async def test_what_waits_anew_is_free_again(ward: Ward) -> None:
    clinic = await ward.patient()
    part_id = await clinic.active(by=ward.ingrid)
    await clinic.do(ward.ingrid, approval.REQUEST, document_id=part_id, expected_version=2)
    (waiting,) = await ward.report(clinic, shift.approvals)
    await _take(clinic, ward.ingrid, waiting)
    clinic.now += timedelta(days=1)
    anew = {"state": "REQUESTED", "by": "Omar", "at": clinic.now.isoformat()}
    async with clinic.db.begin() as session:
        own = PlanVersionRow.patient_id == clinic.key
        await session.execute(update(PlanVersionRow).where(own).values(approval=anew))
    (again,) = await ward.report(clinic, shift.approvals)
    assert (again.id, again.taken) == (waiting.id, None)
    assert (await _take(clinic, ward.berit, again)).receipt.version == 2


async def test_what_no_longer_waits_can_t_be_taken(ward: Ward) -> None:
    clinic, waiting = await _overdue(ward)
    part_id = waiting.subject_id
    done = await _take(clinic, ward.ingrid, waiting)
    await clinic.do(
        ward.ingrid,
        review.SET_DUE,
        part_id=part_id,
        expected_version=2,
        review_due=clinic.now.date() + timedelta(days=90),
    )
    assert await _take(clinic, ward.berit, waiting) == NothingFound()
    assert await written.claimed(clinic.context(ward.ingrid), done) is None


@pytest.mark.parametrize(
    "id", ["tsk_", "tsk_REVIEW_", "tsk_REVIEW_prt_x", "tsk_NONE_prt_1", "tsk_REVIEW_tsk_REVIEW_x"]
)
async def test_an_id_of_no_task_is_answered_so(ward: Ward, id: str) -> None:
    clinic = await ward.patient()
    assert await clinic.ask(ward.ingrid, task.TAKE, task_id=id) == NothingFound()


async def test_tasks_are_for_personnel_with_a_care_relation(ward: Ward) -> None:
    clinic, waiting = await _overdue(ward)
    stranger = a_clinician(organisation="999000150")
    answer = await _take(clinic, stranger, waiting)
    assert answer == NotAllowed(reason=Refusal.NO_CARE_RELATION)
    assert await _take(clinic, clinic.kari, waiting) == NotAllowed(reason=Refusal.ROLE)


async def test_a_handover_and_a_comment_are_tasks_with_what_they_are_about(ward: Ward) -> None:
    clinic = await ward.patient()
    await clinic.active()
    await clinic.do(
        INGRID,
        handover.OPEN,
        patient_id=clinic.patient_id,
        to_organisation=ward.organisation,
        to_organisation_name="Posten",
        reason="Utskrevet",
    )
    (row,) = await clinic.rows(PlanPartRow)
    await add(clinic.db, rows.a_comment(row, text="Hvem ringer vi?"))
    await clinic.active(kind=PlanKind.KRISEPLAN)
    ctx = clinic.context(ward.ingrid)
    (offered,) = await ward.report(clinic, shift.handovers)
    (asked,) = await ward.report(clinic, shift.comments)
    about = await tasks.handover(ctx, offered)
    said = await tasks.comment(ctx, asked)
    assert about is not None
    assert said is not None
    assert (about.reason, said.text) == ("Utskrevet", "Hvem ringer vi?")
    assert (await tasks.handover(ctx, asked), await tasks.comment(ctx, offered)) == (None, None)
    for waiting in (offered, asked):
        assert isinstance(await _take(clinic, ward.ingrid, waiting), Written)
        assert tasks.sentence(ctx, waiting)
