"""What moves a patient up the worklists that they stand on, and what doesn't."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from domain.cooperation.task import TaskKind
from domain.cooperation.worklist import WorklistFilter
from resolvers import log, shift
from resolvers import patient as patients
from resolvers.opening import Openings
from resolvers.writing import comment, log_question, sharing, task
from store.session import Sessions
from tests.writing.clinic import Clinic
from tests.writing.shares import shared
from tests.writing.test_log_question import MARIT
from tests.writing.ward import Ward

Act = Callable[[Ward, Clinic, str], Awaitable[None]]


async def _asks_about_the_log(ward: Ward, clinic: Clinic, part_id: str) -> None:
    ctx = clinic.context(clinic.kari)
    page = await log.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    about = {"patient_id": clinic.patient_id, "entry_id": page.edges[0].id}
    asked = await clinic.do(clinic.kari, log_question.ASK, text="Hvorfor?", **about)
    answer = {"question_id": asked.subject_id, "expected_version": 1, "answer": "Vi så på planen."}
    await clinic.ask(MARIT, log_question.ANSWER, **answer)


async def _takes_a_task(ward: Ward, clinic: Clinic, part_id: str) -> None:
    (waiting,) = await ward.report(clinic, shift.reviews)
    assert waiting.kind is TaskKind.REVIEW
    await clinic.do(ward.ingrid, task.TAKE, task_id=waiting.id)
    await clinic.do(ward.ingrid, task.RELEASE, task_id=waiting.id, expected_version=1)


async def _comments(ward: Ward, clinic: Clinic, part_id: str) -> None:
    await clinic.do(clinic.kari, comment.COMMENT, part_id=part_id, text="Hva nå?")


async def _changed_at(ward: Ward, clinic: Clinic) -> datetime:
    found = await clinic.store.worklist.page(
        ward.organisation, WorklistFilter(), None, 9, clinic.now
    )
    return next(each.changed_at for each in found if each.patient_id == clinic.patient_id)


async def _moves(db: Sessions, act: Act) -> bool:
    ward = Ward(db)
    clinic = await ward.patient()
    part_id = await clinic.active(by=ward.ingrid, review_due=clinic.now.date())
    before = await _changed_at(ward, clinic)
    clinic.now += timedelta(hours=1)
    await act(ward, clinic, part_id)
    return await _changed_at(ward, clinic) > before


@pytest.mark.parametrize("act", [_asks_about_the_log, _takes_a_task])
async def test_what_changes_nothing_moves_nobody_up(db: Sessions, act: Act) -> None:
    assert not await _moves(db, act)


async def test_what_is_said_moves_the_patient_up(db: Sessions) -> None:
    assert await _moves(db, _comments)


async def test_a_share_moves_the_patient_up_and_opening_it_does_not(db: Sessions) -> None:
    ward = Ward(db)
    clinic = await ward.patient()
    part_id = await clinic.active(by=ward.ingrid)
    clinic.now += timedelta(hours=1)
    share = await shared(clinic, part_id)
    at = await _changed_at(ward, clinic)
    assert at == clinic.now
    clinic.now += timedelta(hours=1)
    made = await clinic.do(clinic.kari, sharing.MAKE_CODE, share_id=share.id)
    openings = Openings(clinic.store, lambda: clinic.now)
    await openings.exchange(str(made.shown_once), uuid4().hex, "e-1")
    async with clinic.store.unit.begin(clinic.patient_id) as unit:
        await unit.renew_worklist()
    assert await _changed_at(ward, clinic) == at
