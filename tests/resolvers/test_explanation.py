from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access.explanation import AccessOutcome
from domain.access.lock import Key
from domain.access.patient import Patient, PatientRecord
from domain.access.relation import Basis
from domain.access.right import Right
from domain.access.standing import Standing
from domain.access.subject import Gender
from domain.access.viewer import Viewer, ViewerRole
from domain.errors import BadInput, NotFound, NotPermitted
from domain.operation import Operation
from domain.refusal import Refusal
from domain.source.section import SectionName
from resolvers import access, patient
from resolvers.context import Context
from resolvers.explanation import Explained, explain, notice, standing_name
from tests.builders import (
    CHILD_NUMBER,
    a_citizen,
    a_clinician,
    a_number,
    a_recipient,
    a_relation,
)
from tests.resolvers.fakes import a_context
from tests.resolvers.memory import MemoryLog

ID = "pat_0195bb24-0000-7000-8000-000000000001"
UNKNOWN = "pat_0195bb24-0000-7000-8000-000000000009"


def a_record(*relations: Any, born: date = date(2015, 1, 20), **changes: Any) -> PatientRecord:
    known = Patient(
        id=ID,
        given_name="Nora",
        family_name="Fjell",
        birth_date=born,
        gender=Gender.FEMALE,
        identity_numbers=(a_number(),),
        **changes,
    )
    return PatientRecord(patient=known, relations=relations)


def entries(ctx: Context) -> list[tuple[Operation, Refusal | None]]:
    assert isinstance(ctx.log, MemoryLog)
    return [(entry.operation, entry.refusal) for entry in ctx.log.entries]


async def told(ctx: Context, right: Right) -> tuple[AccessOutcome, Refusal | None]:
    [answer] = (await explain(ctx, ID, right)).explanations
    return answer.outcome, answer.refusal


async def test_without_a_name_everything_is_explained() -> None:
    answer = await explain(a_context(a_record(a_relation())), ID)
    assert [each.right for each in answer.explanations] == [*Right]
    assert answer.standing is Standing.PERSONNEL


async def test_a_section_and_a_field_are_explained_by_their_right() -> None:
    ctx = a_context(a_record(a_relation()))
    [section] = (await explain(ctx, ID, section=SectionName.MEDICATIONS)).explanations
    [field] = (await explain(ctx, ID, field="Patient.medications")).explanations
    assert section == field
    assert section.right is Right.READ_MEDICINES


@pytest.mark.parametrize(
    "named",
    [
        {"field": "Patient.nonsense"},
        {"field": "Query.viewer"},
        {"right": Right.READ_PLAN, "section": SectionName.DOCUMENTS},
    ],
)
async def test_what_can_t_be_explained_is_a_bad_argument(named: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        await explain(a_context(a_record(a_relation())), ID, **named)


async def test_a_clinician_who_is_refused_is_told_why_and_that_there_is_emergency_access() -> None:
    ctx = a_context(a_record())
    [answer] = (await explain(ctx, ID, Right.READ_PLAN)).explanations
    assert (answer.refusal, answer.keys) == (Refusal.NO_CARE_RELATION, (Key.EMERGENCY,))
    assert entries(ctx) == [(Operation.EXPLAIN_ACCESS, Refusal.NO_CARE_RELATION)]


async def test_asking_is_logged_as_asking_and_shows_nothing() -> None:
    ctx = a_context(a_record(a_relation()))
    await explain(ctx, ID)
    await ctx.settle()
    assert entries(ctx) == [(Operation.EXPLAIN_ACCESS, None)]


async def test_who_also_reads_leaves_an_entry_of_each() -> None:
    ctx = a_context(a_record(a_relation()))
    await patient.by_id(ctx, ID)
    await explain(ctx, ID)
    await ctx.settle()
    assert {operation for operation, _ in entries(ctx)} == {
        Operation.READ,
        Operation.EXPLAIN_ACCESS,
    }


PROTECTED = a_record(a_relation(Basis.PARENT), is_address_protected=True)


@pytest.mark.parametrize(
    ("viewer", "record"),
    [
        (a_citizen(), a_record()),
        (a_citizen(), PROTECTED),
        (a_citizen(), a_record(a_relation(Basis.PARENT, is_protected=True))),
        (a_recipient("shr_1"), a_record()),
    ],
)
async def test_to_a_stranger_a_patient_and_an_unknown_id_are_the_same(
    viewer: Viewer, record: PatientRecord
) -> None:
    answers, waits = [], []
    for each in (ID, UNKNOWN):
        ctx = a_context(record, viewer=viewer)
        with pytest.raises(NotFound) as refused:
            await explain(ctx, each)
        answers.append((str(refused.value), refused.value.reason))
        assert isinstance(ctx.log, MemoryLog)
        waits.append(ctx.log.waits)
    assert answers[0] == answers[1]
    assert waits == [1, 1]


async def test_a_parent_of_an_older_child_is_told_why() -> None:
    record = a_record(a_relation(Basis.PARENT), born=date(2010, 1, 1))
    ctx = a_context(record, viewer=a_citizen())
    assert await told(ctx, Right.READ_PLAN) == (AccessOutcome.DENY, Refusal.OVER_16)


async def test_a_privacy_officer_is_told_of_the_log() -> None:
    ctx = a_context(a_record(), viewer=a_clinician(role=ViewerRole.PRIVACY_OFFICER))
    assert (await told(ctx, Right.READ_LOG))[0] is AccessOutcome.ALLOW
    assert await told(ctx, Right.READ_PLAN) == (AccessOutcome.DENY, Refusal.ROLE)


@pytest.mark.parametrize("standing", [Standing.PATIENT, Standing.PARENT, Standing.PROXY])
def test_the_patient_s_side_is_always_told_the_same(standing: Standing) -> None:
    ctx = a_context()
    explained = Explained(standing=standing, explanations=())
    assert notice(ctx, explained) == "Du ser det du har rett til å se. Det kan finnes mer."


def test_others_are_not_told_that() -> None:
    ctx = a_context(language="en")
    explained = Explained(standing=Standing.PERSONNEL, explanations=())
    assert notice(ctx, explained) is None
    assert standing_name(ctx, explained) == "health personnel"


async def test_the_sentence_stands_where_the_patient_is_shown() -> None:
    for viewer, record in (
        (a_citizen(CHILD_NUMBER), a_record(born=date(1980, 1, 1))),
        (a_citizen(), a_record(a_relation(Basis.PARENT))),
    ):
        ctx = a_context(record, viewer=viewer)
        basis = patient.access_basis(ctx, await patient.by_id(ctx, ID))
        assert basis is not None
        assert patient.notice(ctx, basis) == "Du ser det du har rett til å se. Det kan finnes mer."


async def test_a_refusal_says_what_opens_it() -> None:
    with pytest.raises(NotPermitted) as refused:
        await patient.by_id(a_context(a_record()), ID)
    assert refused.value.opened_by == ("EMERGENCY",)
    ctx = a_context(replace(a_record(a_relation()), has_consent=False))
    await patient.by_id(ctx, ID)
    with pytest.raises(NotPermitted) as refused:
        access.content(ctx, ID)
    assert (refused.value.reason, refused.value.opened_by) == ("NO_CONSENT", ("CONSENT",))
