from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.access import decision as policy
from domain.access.patient import Patient, PatientRecord
from domain.access.relation import Basis
from domain.access.subject import Gender
from domain.errors import NotFound, NotPermitted
from resolvers import access, patient
from tests.builders import CHILD_NUMBER, a_citizen, a_clinician, a_number, a_relation
from tests.resolvers.fakes import a_context

ID = "pat_0195bb24-0000-7000-8000-000000000001"
UNKNOWN = "pat_0195bb24-0000-7000-8000-000000000009"


def _record(*relations: Any, born: date = date(2015, 1, 20)) -> PatientRecord:
    known = Patient(
        id=ID,
        given_name="Nora",
        family_name="Fjell",
        birth_date=born,
        gender=Gender.FEMALE,
        identity_numbers=(a_number(),),
    )
    return PatientRecord(patient=known, relations=relations)


async def test_a_clinician_without_a_relation_is_refused_with_the_reason() -> None:
    with pytest.raises(NotPermitted) as refused:
        await patient.by_id(a_context(_record()), ID)
    assert refused.value.reason == "NO_CARE_RELATION"


async def test_a_stranger_learns_no_more_of_a_patient_than_of_an_unknown_id() -> None:
    ctx = a_context(_record(), viewer=a_citizen())
    answers = []
    for each in (ID, UNKNOWN, "nonsense"):
        with pytest.raises(NotFound) as refused:
            await patient.by_id(ctx, each)
        answers.append((str(refused.value), refused.value.reason))
    assert len(set(answers)) == 1


async def test_a_parent_of_a_twelve_year_old_is_told_why_the_age_is_not_shown() -> None:
    ctx = a_context(_record(a_relation(Basis.PARENT), born=date(2013, 1, 1)), viewer=a_citizen())
    found = await patient.by_id(ctx, ID)
    with pytest.raises(NotPermitted) as refused:
        patient.age(ctx, found)
    assert refused.value.reason == "PARENT_12_16"


async def test_a_parent_of_a_sixteen_year_old_is_told_why() -> None:
    ctx = a_context(_record(a_relation(Basis.PARENT), born=date(2010, 1, 1)), viewer=a_citizen())
    with pytest.raises(NotPermitted) as refused:
        await patient.by_id(ctx, ID)
    assert refused.value.reason == "OVER_16"


async def test_a_number_finds_the_patient_and_primes_the_record() -> None:
    ctx = a_context(_record(a_relation()))
    found = await patient.by_identity_number(ctx, a_number())
    assert found is await patient.by_id(ctx, ID)
    assert ctx.store.patient.batches == []  # type: ignore[attr-defined]  # a fake


async def test_the_policy_is_asked_once_per_patient_and_operation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    monkeypatch.setattr(access, "decide", lambda *given: asked.append(1) or policy.decide(*given))
    ctx = a_context(_record(a_relation()))
    for _ in range(3):
        await patient.by_id(ctx, ID)
    assert asked == [1]


async def test_citizens_find_themselves_and_nobody_they_may_not_see() -> None:
    own = a_context(_record(born=date(1980, 1, 1)), viewer=a_citizen(CHILD_NUMBER))
    other = a_context(_record(), viewer=a_citizen())
    assert [each.id for each in await patient.of_viewer(own, own.viewer)] == [ID]
    assert await patient.of_viewer(other, other.viewer) == []


async def test_others_have_a_worklist_instead() -> None:
    ctx = a_context(_record(a_relation()), viewer=a_clinician())
    assert await patient.of_viewer(ctx, ctx.viewer) == []
