from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access.audit import AuditEntry
from domain.access.patient import PatientRecord
from domain.access.relation import Basis, Relation
from domain.access.right import Right
from domain.access.standing import Standing
from domain.access.viewer import Viewer
from domain.errors import NotFound, NotPermitted
from domain.operation import Operation
from domain.refusal import Refusal
from resolvers import access, notice, patient, preview, section, source
from resolvers.context import Context
from tests.builders import CHILD_NUMBER, NOW, a_citizen, a_clinician, a_relation
from tests.resolvers.fakes import Medicines, a_context
from tests.resolvers.memory import MemoryLog
from tests.resolvers.test_explanation import ID, UNKNOWN, a_record

KARIS, OLAS = "rpn_1", "rpn_2"
CARE = a_relation()
KARI = a_relation(Basis.PARENT, person_name="Kari Fjell", representation_id=KARIS)
OLA = a_relation(
    Basis.PARENT,
    person_number="03868130139",
    person_name="Ola Fjell",
    representation_id=OLAS,
)
GROWN = date(1980, 1, 1)


def entries(ctx: Context) -> list[AuditEntry]:
    assert isinstance(ctx.log, MemoryLog)
    return ctx.log.entries


async def test_a_parent_s_view_is_that_of_a_parent() -> None:
    ctx = a_context(a_record(CARE, KARI, OLA))
    seen = await preview.view_as(ctx, ID, KARIS)
    assert (seen.name, seen.basis, seen.standing) == ("Kari Fjell", Basis.PARENT, Standing.PARENT)
    assert seen.patient is not None
    decided = access.of_patient(ctx, seen.patient)
    assert decided.is_representative
    assert not decided.sees_drafts


async def test_without_a_representative_it_is_the_patient_s_own() -> None:
    ctx = a_context(a_record(CARE, born=GROWN))
    seen = await preview.view_as(ctx, ID)
    assert (seen.name, seen.standing) == ("Nora Fjell", Standing.PATIENT)


async def test_it_is_logged_as_the_clinician_s_own_and_as_a_preview() -> None:
    ctx = a_context(a_record(CARE, KARI))
    seen = await preview.view_as(ctx, ID, KARIS)
    assert seen.patient is not None
    ctx.disclosures.shown(ID, "plan")
    await ctx.settle()
    first, second = entries(ctx)
    assert {first.operation, second.operation} == {Operation.PREVIEW}
    assert first.subject_id == KARIS
    assert (first.basis, first.on_behalf_of) == (Basis.CARE_TEAM, None)
    assert first.by.hpr_number == a_clinician().hpr_number
    assert "DRAFTS" not in first.allowed
    assert second.adds_to == first.id


@pytest.mark.parametrize(
    ("viewer", "record", "reason"),
    [
        (a_clinician(), a_record(KARI), Refusal.NO_CARE_RELATION),
        (
            a_clinician(is_student=True, supervisor="Omar"),
            a_record(CARE, KARI),
            Refusal.STUDENT,
        ),
        (a_citizen(), a_record(KARI), Refusal.ROLE),
        (a_citizen(CHILD_NUMBER), a_record(born=GROWN), Refusal.ROLE),
    ],
)
async def test_others_may_not_preview_and_the_log_has_the_attempt(
    viewer: Viewer, record: PatientRecord, reason: Refusal
) -> None:
    ctx = a_context(record, viewer=viewer)
    with pytest.raises(NotPermitted) as refused:
        await preview.view_as(ctx, ID)
    assert refused.value.reason == reason.name
    assert [(each.operation, each.refusal) for each in entries(ctx)] == [
        (Operation.PREVIEW, reason)
    ]
    assert ctx.previewed is None


async def test_what_a_withdrawn_consent_closes_to_the_clinician_is_closed_in_the_preview() -> None:
    record = replace(a_record(CARE, KARI), has_consent=False)
    ctx = a_context(record)
    seen = await preview.view_as(ctx, ID, KARIS)
    assert seen.patient is not None
    with pytest.raises(NotPermitted) as refused:
        access.content(ctx, ID)
    assert refused.value.reason == "NO_CONSENT"


@pytest.mark.parametrize(
    "tie",
    [
        replace(KARI, is_protected=True),
        replace(KARI, until=NOW - timedelta(days=1)),
        a_relation(Basis.SHARE, representation_id=KARIS),
    ],
)
async def test_nobody_but_an_open_representative_can_be_previewed(tie: Relation) -> None:
    ctx = a_context(a_record(CARE, tie))
    with pytest.raises(NotFound):
        await preview.view_as(ctx, ID, KARIS)


async def test_where_the_patient_s_address_is_protected_there_are_no_representatives() -> None:
    ctx = a_context(a_record(CARE, KARI, is_address_protected=True))
    nora = await patient.by_id(ctx, ID)
    assert await preview.representatives(ctx, nora) == []
    with pytest.raises(NotFound):
        await preview.view_as(ctx, ID, KARIS)


async def test_an_unknown_patient_is_not_found() -> None:
    with pytest.raises(NotFound):
        await preview.view_as(a_context(), UNKNOWN)


async def test_representatives_are_told_to_those_who_may_preview() -> None:
    ctx = a_context(a_record(CARE, KARI, OLA))
    found = await preview.representatives(ctx, await patient.by_id(ctx, ID))
    assert [(each.id, each.name) for each in found] == [(KARIS, "Kari Fjell"), (OLAS, "Ola Fjell")]
    ctx = a_context(a_record(CARE, KARI), viewer=a_citizen())
    nora = await patient.by_id(ctx, ID)
    with pytest.raises(NotPermitted):
        await preview.representatives(ctx, nora)


async def test_no_other_patient_is_read_in_a_preview() -> None:
    other = replace(
        a_record(CARE),
        patient=replace(a_record().patient, id="pat_0195bb24-0000-7000-8000-00000000000a"),
    )
    ctx = a_context(a_record(CARE, KARI), other)
    await preview.view_as(ctx, ID, KARIS)
    with pytest.raises(NotFound):
        await patient.by_id(ctx, other.patient.id)


async def test_sources_are_asked_by_the_clinician_and_only_for_what_both_see() -> None:
    medicines = Medicines()
    ctx = a_context(a_record(CARE, KARI), medicines=medicines)
    seen = await preview.view_as(ctx, ID, KARIS)
    assert seen.patient is not None
    await section.for_patient(ctx, seen.patient, source.MEDICATIONS)
    [caller] = medicines.callers
    assert caller.hpr_number == a_clinician().hpr_number

    medicines = Medicines()
    of_14 = a_record(CARE, KARI, born=date(2012, 1, 20))
    ctx = a_context(of_14, medicines=medicines)
    seen = await preview.view_as(ctx, ID, KARIS)
    assert seen.patient is not None
    await section.for_patient(ctx, seen.patient, source.MEDICATIONS)
    assert medicines.callers == []


async def test_the_clinician_s_own_notices_are_not_in_another_s_view() -> None:
    ctx = a_context(a_record(CARE, KARI))
    seen = await preview.view_as(ctx, ID, KARIS)
    assert seen.patient is not None
    assert (await notice.for_patient(ctx, seen.patient)).edges == ()


async def test_what_is_said_must_be_for_both() -> None:
    ctx = a_context(a_record(CARE, KARI))
    await preview.view_as(ctx, ID, KARIS)
    clinician, parent = await access.readers(ctx, ID)
    assert clinician.is_personnel
    assert not parent.is_personnel
    assert parent.number == a_citizen().identity_number.value  # type: ignore[union-attr]  # has one


async def test_differences_say_what_the_other_does_not_see() -> None:
    ctx = a_context(a_record(CARE, KARI), language="en")
    seen = await preview.view_as(ctx, ID, KARIS)
    told: dict[Right | None, Any] = {preview.right(ctx, each): each for each in seen.explanations}
    assert preview.difference_sentence(ctx, told[Right.READ_DRAFTS]) == (
        "They may not read drafts: it is for others than them."
    )
