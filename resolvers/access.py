"""The one door to the policy: asked once per patient and operation."""

from __future__ import annotations

from domain.access import Access, AccessFacts, decide
from domain.errors import NotFound, NotPermitted
from domain.patient import Patient, PatientRecord
from domain.refusal import Refusal
from domain.viewer import ViewerRole
from resolvers.context import Context

_TELL_CITIZENS = frozenset({Refusal.PARENT_12_16, Refusal.OVER_16})


def of_record(ctx: Context, record: PatientRecord) -> Access:
    """Return the decision about a patient, made the first time anything of theirs is touched."""
    patient = record.patient
    if patient.id not in ctx.decisions:
        facts = AccessFacts(
            birth_date=patient.birth_date,
            identity_numbers=patient.identity_numbers,
            relations=record.relations,
        )
        ctx.decisions[patient.id] = decide(ctx.viewer, facts, ctx.now)
    return ctx.decisions[patient.id]


def of_patient(ctx: Context, patient: Patient) -> Access:
    """Return the decision already made about a patient that this operation let through."""
    return ctx.decisions[patient.id]


def organisation_of(ctx: Context) -> str:
    """Return the organisation that a health worker asks for; refused to everyone else."""
    organisation = ctx.viewer.organisation
    if organisation is None or ctx.viewer.hpr_number is None:
        raise NotPermitted(reason=Refusal.ROLE.name)
    return organisation


def beyond_shared(ctx: Context, patient_id: str) -> None:
    """Refuse what is about the whole plan to those who have been given single parts of it."""
    if ctx.decisions[patient_id].part_ids is not None:
        raise NotPermitted(reason=Refusal.NOT_SHARED.name)


async def still_seen(ctx: Context, patient_id: str) -> bool:
    """Tell whether a patient may be seen now, where it is no error that the answer is no."""
    record = await ctx.loaders.record.load(patient_id)
    return record is not None and of_record(ctx, record).ruling.is_allowed


def permitted(ctx: Context, record: PatientRecord | None) -> PatientRecord:
    """Return the record if the viewer may see the patient.

    A citizen is told the same of a stranger as of an unknown id: that there is nothing to see.
    """
    if record is None:
        raise NotFound
    refusal = of_record(ctx, record).ruling.refusal
    if refusal is None:
        return record
    if ctx.viewer.role is ViewerRole.CITIZEN and refusal not in _TELL_CITIZENS:
        raise NotFound
    raise NotPermitted(reason=refusal.name)
