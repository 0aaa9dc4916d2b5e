"""The one door to the policy: asked once per patient and operation."""

from __future__ import annotations

from typing import Any

from domain.access import decision, emergency
from domain.access.decision import Access, Ruling, decide
from domain.access.facts import AccessFacts
from domain.access.patient import Patient, PatientRecord
from domain.access.reader import Reader, reader_of
from domain.access.right import RIGHT_OF, Right
from domain.access.viewer import ViewerRole
from domain.errors import NotFound, NotPermitted
from domain.operation import Operation
from domain.outdated.source_line import SOURCE_OF
from domain.plan.part import PlanPart
from domain.refusal import Refusal
from resolvers.context import Context

_TOLD_LITTLE = (ViewerRole.CITIZEN, ViewerRole.RECIPIENT)
_TELL_CITIZENS = frozenset(
    {
        Refusal.PARENT_12_16,
        Refusal.OVER_16,
        Refusal.CARE_TAKEN_OVER,
        Refusal.NO_OWN_ACCESS,
        Refusal.PARENT_ADDRESS,
    }
)


def of_record(ctx: Context, record: PatientRecord) -> Access:
    """Return the decision about a patient, made the first time anything of theirs is touched.

    What it opens is handed to the log of use there and then.
    """
    patient = record.patient
    if patient.id not in ctx.decisions:
        decided = ctx.decisions[patient.id] = _decide(ctx, record)
        if decided.may(Right.SEE_PATIENT):
            ctx.disclosures.decided(record, decided)
    return ctx.decisions[patient.id]


def oversight(ctx: Context, record: PatientRecord) -> Access:
    """Return the privacy officer's access to what concerns the log of one patient; else refuse."""
    decided = decision.oversight(ctx.viewer, ctx.now)
    admit(ctx, record, decided)
    return decided


def officer_of(ctx: Context) -> str:
    """Return the legal entity that a privacy officer asks for; refused to everyone else."""
    entity = ctx.viewer.legal_entity
    if entity is None or ctx.viewer.role is not ViewerRole.PRIVACY_OFFICER:
        raise NotPermitted(reason=Refusal.ROLE.name)
    return entity


def for_write(ctx: Context, record: PatientRecord) -> Access:
    """Return the decision about a patient who is locked; the write itself leaves the entry."""
    return _decide(ctx, record)


def for_oversight(ctx: Context, record: PatientRecord) -> Access:
    """Return the same for what only the privacy officer does."""
    return decision.oversight(ctx.viewer, ctx.now)


def for_emergency(ctx: Context, record: PatientRecord) -> Access:
    """Return what the viewer has once they open emergency access, or why they may not."""
    return emergency.access(ctx.viewer, _facts(record), ctx.now, ctx.choices)


def of_patient(ctx: Context, patient: Patient) -> Access:
    """Return the decision already made about a patient that this operation let through."""
    return ctx.decisions[patient.id]


def organisation_of(ctx: Context) -> str:
    """Return the organisation that a health worker asks for; refused to everyone else."""
    organisation = ctx.viewer.organisation
    if organisation is None or ctx.viewer.hpr_number is None:
        raise NotPermitted(reason=Refusal.ROLE.name)
    return organisation


def plan(ctx: Context, patient_id: str) -> None:
    """Refuse those to whom the plan as a whole is hidden."""
    _refuse(ctx.decisions[patient_id].plan)


def content(ctx: Context, patient_id: str) -> None:
    """Refuse those who may know of the plan, but not what it says."""
    _refuse(ctx.decisions[patient_id].content)


def beyond_shared(ctx: Context, patient_id: str) -> None:
    """Refuse what is about the whole plan to those who have been given single parts of it."""
    decided = ctx.decisions[patient_id]
    against = decided.beyond_parts or decided.kept_to_zones
    if against is not None:
        raise NotPermitted(reason=against.name)


def beside_plan(ctx: Context, patient_id: str) -> None:
    """Refuse the same to the same, but not because what the plan says is restricted."""
    against = ctx.decisions[patient_id].beyond_parts
    if against is not None:
        raise NotPermitted(reason=against.name)


def right(ctx: Context, patient_id: str, asked: Right) -> None:
    """Refuse those who don't have a right, or to whom a lock closes it."""
    _refuse(ctx.decisions[patient_id].on(asked))


def beyond_pieces(ctx: Context, patient_id: str) -> None:
    """Refuse what does not belong to the pieces of parts that somebody has been given."""
    decided = ctx.decisions[patient_id]
    if decided.is_in_pieces and decided.beyond_parts is not None:
        raise NotPermitted(reason=decided.beyond_parts.name)


def sees_sources(ctx: Context, patient_id: str) -> bool:
    """Tell whether the viewer may see all that a patient's plan is compared with."""
    decided = ctx.decisions[patient_id]
    return all(decided.section(section).is_allowed for section in SOURCE_OF)


# Any: an attribute of any kind.
def of_whole(ctx: Context, of: Patient | PlanPart, name: str) -> Any:
    """Return an attribute that those who have been given pieces only may not see."""
    beyond_pieces(ctx, of.id if isinstance(of, Patient) else of.patient_id)
    return getattr(of, name)


async def reader(ctx: Context, patient_id: str) -> Reader:
    """Return the viewer as a reader of what is said about a patient's plan."""
    patient = permitted(ctx, await ctx.loaders.record.load(patient_id)).patient
    return reader_of(ctx.viewer, ctx.decisions[patient_id], patient)


async def still_seen(ctx: Context, patient_id: str) -> bool:
    """Tell whether a patient may be seen now, where it is no error that the answer is no."""
    record = await ctx.loaders.record.load(patient_id)
    return record is not None and of_record(ctx, record).may(Right.SEE_PATIENT)


def permitted(ctx: Context, record: PatientRecord | None) -> PatientRecord:
    """Return the record if the viewer may see the patient.

    A citizen, and a recipient of a share, is told the same of a stranger as of an unknown id: that
    there is nothing to see.
    """
    if record is None:
        ctx.disclosures.found_nobody()
        raise NotFound
    admit(ctx, record, of_record(ctx, record))
    return record


def admit(
    ctx: Context, record: PatientRecord, access: Access, operation: Operation = Operation.READ
) -> None:
    """Refuse whoever a decision is against, each in the words that they may know.

    Who is nothing to the patient is told little. The log of use has the attempt.
    """
    right = RIGHT_OF.get(operation)
    refusal = access.closed.get(right, access.ruling.refusal) if right else access.ruling.refusal
    if refusal is None:
        return
    ctx.disclosures.refused(record, access, refusal, operation)
    is_nobody = access.standing is None and ctx.viewer.role in _TOLD_LITTLE
    if is_nobody and refusal not in _TELL_CITIZENS:
        raise NotFound
    raise NotPermitted(reason=refusal.name)


def _refuse(ruling: Ruling) -> None:
    if ruling.refusal is not None:
        raise NotPermitted(reason=ruling.refusal.name)


def _decide(ctx: Context, record: PatientRecord) -> Access:
    return decide(ctx.viewer, _facts(record), ctx.now, ctx.choices)


def _facts(record: PatientRecord) -> AccessFacts:
    return AccessFacts(
        birth_date=record.patient.birth_date,
        identity_numbers=record.patient.identity_numbers,
        relations=record.relations,
        is_reserved=record.reservation is not None,
        has_consent=record.has_consent,
        is_address_protected=record.patient.is_address_protected,
        rules=record.rules,
    )
