from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.access.log_line import LogQuestion
from domain.access.relation import Basis
from domain.access.viewer import Viewer, ViewerRole
from domain.errors import NotPermitted
from domain.event import CHANGES_NOTHING, EventKind
from domain.refusal import Refusal
from domain.writing.rejection import NoChange, NotAllowed, NothingFound, VersionConflict
from resolvers import log, log_question
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.writing import reservation
from resolvers.writing.log_question import ANSWER, ASK
from tests.builders import NOW
from tests.resolvers.memory import MemoryLog
from tests.writing.clinic import INGRID, Clinic
from tests.writing.in_use import in_use

MARIT = Viewer(
    subject="officer-marit",
    role=ViewerRole.PRIVACY_OFFICER,
    expires_at=NOW + timedelta(days=1),
    name="Marit Solbakken",
    organisation="983974899",
    legal_entity="983974899",
)
OTHER_OFFICER = Viewer(
    subject="officer-other",
    role=ViewerRole.PRIVACY_OFFICER,
    expires_at=NOW + timedelta(days=1),
    organisation="999000101",
    legal_entity="999000101",
)
WHY = "Hvorfor så dere planen til Nora da?"


async def _entry_by(clinic: Clinic, name: str, reader: Viewer) -> str:
    ctx = clinic.context(reader)
    page = await log.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    return next(line.id for line in page.edges if line.by.name == name)


async def _ask(clinic: Clinic, viewer: Viewer | None = None, **changes: Any) -> Any:
    viewer = viewer or clinic.kari
    entry_id = changes.pop("entry_id", None) or await _entry_by(clinic, "Ingrid Haugen", viewer)
    return await clinic.ask(
        viewer, ASK, patient_id=clinic.patient_id, entry_id=entry_id, text=WHY, **changes
    )


async def _waiting(clinic: Clinic, officer: Viewer, **asked: Any) -> list[LogQuestion]:
    page = await log_question.waiting(clinic.context(officer), **asked)
    return [each for each in page.edges if each.patient_id == clinic.patient_id]


async def _own(clinic: Clinic, viewer: Viewer) -> list[LogQuestion]:
    ctx = clinic.context(viewer)
    return await log_question.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))


@pytest.fixture
async def asked(clinic: Clinic) -> Clinic:
    """A clinic where the mother has asked about what a nurse did."""
    await in_use(clinic)
    await _ask(clinic)
    return clinic


async def test_a_question_waits_with_the_officer_of_whoever_it_is_about(asked: Clinic) -> None:
    (question,) = await _waiting(asked, MARIT)
    assert (question.text, question.asked_by.name) == (WHY, "Kari Fjell")
    assert question.answer is None
    line = await log_question.line(asked.context(MARIT), question)
    assert line is not None
    assert line.by.name == "Ingrid Haugen"
    assert await _waiting(asked, OTHER_OFFICER) == []


async def test_the_answer_is_read_by_whoever_asked(asked: Clinic) -> None:
    (question,) = await _waiting(asked, MARIT)
    said = "Ingrid var på vakt og fulgte opp en melding fra dere."
    await asked.do(MARIT, ANSWER, question_id=question.id, expected_version=1, answer=said)
    (answered,) = await _own(asked, asked.kari)
    assert answered.answer == said
    assert answered.answered_by is not None
    assert (answered.answered_by.name, answered.answered_by.role) == (
        "Marit Solbakken",
        "Personvernombud",
    )
    assert await _waiting(asked, MARIT) == []
    assert await _waiting(asked, MARIT, is_answered=True) == [answered]


async def test_an_answer_is_corrected_by_another_on_its_newest_version(asked: Clinic) -> None:
    (question,) = await _waiting(asked, MARIT)
    told: dict[str, Any] = {"question_id": question.id, "answer": "Et svar."}
    await asked.do(MARIT, ANSWER, expected_version=1, **told)
    again = await asked.ask(MARIT, ANSWER, expected_version=1, **told)
    assert isinstance(again, VersionConflict)
    same = await asked.ask(MARIT, ANSWER, expected_version=2, **told)
    assert isinstance(same, NoChange)
    await asked.do(MARIT, ANSWER, expected_version=2, **told | {"answer": "Et bedre svar."})


async def test_only_the_officer_of_that_organisation_answers(asked: Clinic) -> None:
    (question,) = await _waiting(asked, MARIT)
    told: dict[str, Any] = {"question_id": question.id, "expected_version": 1, "answer": "Nei."}
    for viewer, reason in (
        (OTHER_OFFICER, Refusal.NOT_RECEIVER),
        (INGRID, Refusal.ROLE),
    ):
        assert await asked.ask(viewer, ANSWER, **told) == NotAllowed(reason=reason)
    assert isinstance(await asked.ask(asked.kari, ANSWER, **told), NothingFound)


async def test_staff_do_not_ask_and_do_not_see_what_is_asked(asked: Clinic) -> None:
    assert await _ask(asked, INGRID) == NotAllowed(reason=Refusal.PATIENT_ONLY)
    assert await _own(asked, INGRID) == []
    with pytest.raises(NotPermitted):
        await log_question.waiting(asked.context(INGRID))


async def test_one_parent_s_questions_are_not_shown_to_the_other(asked: Clinic) -> None:
    assert await _own(asked, asked.ola) == []
    assert len(await _own(asked, asked.nora)) == 1


async def test_nobody_asks_about_a_line_they_do_not_see(asked: Clinic) -> None:
    karis = await _entry_by(asked, "Kari Fjell", asked.kari)
    assert await _ask(asked, asked.ola, entry_id=karis) == NothingFound()
    assert await _ask(asked, entry_id=f"log_{uuid4()}") == NothingFound()


async def test_under_reservation_the_log_can_still_be_asked_about(asked: Clinic) -> None:
    await asked.do(asked.kari, reservation.RESERVE, patient_id=asked.patient_id)
    await _ask(asked)
    assert len(await _own(asked, asked.kari)) == 2


async def test_the_officer_sees_no_plan_and_no_patient(asked: Clinic) -> None:
    with pytest.raises(NotPermitted) as refused:
        await patients.by_id(asked.context(MARIT), asked.patient_id)
    assert refused.value.reason == "ROLE"
    part = (await asked.plan(INGRID)).parts[0]
    with pytest.raises(NotPermitted):
        await plans.part_by_id(asked.context(MARIT), part.id)


async def test_that_the_officer_read_a_question_stands_in_the_patient_s_log(asked: Clinic) -> None:
    kept = MemoryLog()
    asked.log = kept
    ctx = asked.context(MARIT)
    await log_question.waiting(ctx)
    await ctx.settle()
    (entry, outcome) = [e for e in kept.entries if e.patient_id == asked.patient_id]
    assert entry.basis is Basis.OVERSIGHT
    assert entry.allowed == ()
    assert outcome.outcome is not None
    assert outcome.outcome.shown == ("log_questions",)


def test_the_ward_is_not_told_that_somebody_asked() -> None:
    assert {EventKind.LOG_QUESTION_ASKED, EventKind.LOG_QUESTION_ANSWERED} <= set(CHANGES_NOTHING)
