from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access.facts import Choices
from domain.access.viewer import Viewer
from domain.event import EventKind
from domain.given_word import SpokenWord, WordGiver
from domain.operation import Operation
from domain.refusal import Refusal
from domain.writing.fault import FaultCode
from domain.writing.rejection import (
    InvalidInput,
    NoChange,
    NotAllowed,
    NothingFound,
    VersionConflict,
)
from domain.written import Written
from resolvers import log, notice
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.writing import opened_access
from store.tables import NoticeRow
from tests.writing.clinic import INGRID, OMAR, SIRI, STRANGER, Clinic
from tests.writing.in_use import in_use
from tests.writing.locks import content, emergency_by, listed, opened, restricted


async def _close(clinic: Clinic, viewer: Viewer, access_id: str, **fields: Any) -> Any:
    known = {"access_id": access_id, "expected_version": 1}
    return await clinic.ask(viewer, opened_access.CLOSE, **known | fields)


async def test_a_consent_opens_it_for_that_person_there_and_for_a_time(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await restricted(clinic)
    await opened(clinic, OMAR)
    assert await content(clinic, OMAR, part_id) == "READ"
    assert await content(clinic, INGRID, part_id) == "WITHHELD"
    elsewhere = replace(OMAR, organisation=SIRI.organisation)
    assert await content(clinic, elsewhere, part_id) == "WITHHELD"
    clinic.now += timedelta(hours=8)
    assert await content(clinic, OMAR, part_id) == "WITHHELD"


async def test_for_how_long_is_said_and_bounded_by_the_deployment(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await restricted(clinic)
    await opened(clinic, OMAR, minutes=30)
    clinic.now += timedelta(minutes=29)
    assert await content(clinic, OMAR, part_id) == "READ"
    clinic.now += timedelta(minutes=1)
    assert await content(clinic, OMAR, part_id) == "WITHHELD"
    for minutes, code in ((0, FaultCode.NOT_POSITIVE), (481, FaultCode.OUT_OF_RANGE)):
        answer = await opened(clinic, OMAR, minutes=minutes)
        assert isinstance(answer, InvalidInput)
        assert [(f.path, f.code) for f in answer.faults] == [("minutes", code)]


async def test_the_deployment_says_for_how_long_at_most(clinic: Clinic) -> None:
    ctx = clinic.context(OMAR)
    ctx.choices = Choices(opened_for=timedelta(minutes=15))
    asked = opened_access.OpenRestriction(
        idempotency_key="for-a-quarter", patient_id=clinic.patient_id, spoken=_spoken()
    )
    assert isinstance(await opened_access.OPEN(ctx, asked), Written)
    (rule,) = await listed(clinic, OMAR, "opened")
    assert rule.until == clinic.now + timedelta(minutes=15)


def _spoken(giver: WordGiver = WordGiver.PARENT) -> SpokenWord:
    return SpokenWord(by="Kari Fjell", giver=giver, how="Ved sengen")


async def test_the_patient_s_side_is_told_and_reads_it_in_the_log(clinic: Clinic) -> None:
    await in_use(clinic)
    await restricted(clinic)
    await opened(clinic, OMAR)
    assert [row.to_kind for row in await clinic.rows(NoticeRow)].count("PATIENT_SIDE") >= 1
    ctx = clinic.context(clinic.ola)
    told = await notice.page(ctx)
    kinds = [each.kind for each in told.edges if each.patient_id == clinic.patient_id]
    assert EventKind.RESTRICTION_OPENED in kinds
    page = await log.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    (line,) = [each for each in page.edges if each.operation is Operation.OPEN_RESTRICTION]
    assert "åpnet det som er sperret, med samtykke" in log.sentence(ctx, line)
    (rule,) = await listed(clinic, clinic.ola, "opened")
    assert rule.word is not None
    assert (rule.set_by.name, rule.word.by, rule.is_emergency) == (
        "Omar Rashid",
        "Kari Fjell",
        False,
    )


async def test_what_is_restricted_anew_is_not_opened_by_an_older_consent(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await opened(clinic, OMAR)
    clinic.now += timedelta(minutes=1)
    await restricted(clinic)
    assert await content(clinic, OMAR, part_id) == "WITHHELD"
    await opened(clinic, OMAR)
    assert await content(clinic, OMAR, part_id) == "READ"


async def test_an_emergency_opens_also_what_is_restricted_meanwhile(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await emergency_by(clinic, OMAR)
    clinic.now += timedelta(minutes=1)
    await restricted(clinic)
    assert await content(clinic, OMAR, part_id) == "READ"


async def test_it_is_closed_by_who_opened_it_or_whose_consent_it_was(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await restricted(clinic)
    first = await opened(clinic, OMAR)
    assert await _close(clinic, INGRID, first.subject_id) == NothingFound()
    assert isinstance(await _close(clinic, OMAR, first.subject_id), Written)
    assert await content(clinic, OMAR, part_id) == "WITHHELD"
    second = await opened(clinic, OMAR)
    assert isinstance(await _close(clinic, clinic.kari, second.subject_id), Written)
    assert await content(clinic, OMAR, part_id) == "WITHHELD"
    assert await _close(clinic, clinic.kari, second.subject_id, expected_version=2) == NoChange()


async def test_an_emergency_is_closed_by_the_person_alone(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    written = await emergency_by(clinic, STRANGER)
    assert await _close(clinic, clinic.kari, written.subject_id) == NothingFound()
    stale = await _close(clinic, STRANGER, written.subject_id, expected_version=7)
    assert stale == VersionConflict(current_version=1)
    assert isinstance(await _close(clinic, STRANGER, written.subject_id), Written)
    assert await content(clinic, STRANGER, part_id) == "NO_CARE_RELATION"


async def test_what_is_no_opened_access_is_not_closed(clinic: Clinic) -> None:
    written = await restricted(clinic)
    assert await _close(clinic, clinic.kari, written.subject_id) == NothingFound()


@pytest.mark.parametrize(
    "viewer", [STRANGER, replace(INGRID, is_student=True, supervisor="7412582")]
)
async def test_it_takes_a_care_relation_and_no_student_opens(
    clinic: Clinic, viewer: Viewer
) -> None:
    answer = await opened(clinic, viewer)
    reason = Refusal.STUDENT if viewer.is_student else Refusal.NO_CARE_RELATION
    assert answer == NotAllowed(reason=reason)


async def test_whose_consent_it_is_must_suit_the_age(clinic: Clinic) -> None:
    answer = await opened(clinic, OMAR, spoken=_spoken(WordGiver.PATIENT))
    assert isinstance(answer, InvalidInput)
    assert [f.code for f in answer.faults] == [FaultCode.WRONG_GIVER]


async def test_a_reading_of_what_was_opened_says_so_in_the_log_of_use(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await restricted(clinic)
    await opened(clinic, OMAR)
    ctx = clinic.context(OMAR)
    await plans.part_by_id(ctx, part_id)
    await ctx.settle()
    entry = clinic.log.entries[-1]  # type: ignore[attr-defined]  # the tests' own log
    assert entry.allowed[:2] == ("BY_OPENED", "PLAN")


async def test_personnel_see_what_they_opened_themselves(clinic: Clinic) -> None:
    await opened(clinic, OMAR)
    assert len(await listed(clinic, OMAR, "opened")) == 1
    assert await listed(clinic, INGRID, "opened") == []
