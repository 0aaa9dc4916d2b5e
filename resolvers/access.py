"""The one door to the policy: asked once per patient and operation."""

from __future__ import annotations

from domain.access import decision, emergency, explanation, home
from domain.access import preview as previews
from domain.access.decision import Access, decide
from domain.access.guard import GUARDS
from domain.access.patient import Patient, PatientRecord
from domain.access.preview import Previewed
from domain.access.reader import Reader, reader_of
from domain.access.right import RIGHT_OF, Right
from domain.access.viewer import Viewer, ViewerRole
from domain.errors import NotFound, NotPermitted
from domain.operation import Operation
from domain.outdated.source_line import SOURCE_OF
from domain.plan.part import Plan, PlanPart
from domain.refusal import Refusal
from resolvers.context import Context

_TOLD_LITTLE = (ViewerRole.CITIZEN, ViewerRole.RECIPIENT, ViewerRole.CASE_WORKER)
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
        if ctx.previewed is not None:
            raise NotFound  # another patient is beyond the view that is previewed
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
    return emergency.access(ctx.viewer, record.facts, ctx.now, ctx.choices)


def of_patient(ctx: Context, patient: Patient) -> Access:
    """Return the decision already made about a patient that this operation let through."""
    return ctx.decisions[patient.id]


def other_home(ctx: Context, record: PatientRecord) -> frozenset[str]:
    """Return the names of the parents of the child's other home, of whom the viewer sees less."""
    return home.other_home(of_record(ctx, record), record.relations, ctx.now)


def organisation_of(ctx: Context) -> str:
    """Return the organisation that a health worker asks for; refused to everyone else."""
    organisation = ctx.viewer.organisation
    if organisation is None or ctx.viewer.hpr_number is None:
        raise NotPermitted(reason=Refusal.ROLE.name)
    return organisation


def field(ctx: Context, of: Patient | Plan | PlanPart, name: str) -> None:
    """Refuse those who may not read a field, by its name in the graph."""
    guarded(ctx, of.id if isinstance(of, Patient) else of.patient_id, name)


def guarded(ctx: Context, patient_id: str, name: str) -> None:
    """Refuse those who may not read what a field of a patient's tells, wherever it is told."""
    decided = ctx.decisions[patient_id]
    guard = GUARDS[name]
    against = guard.refusal(decided)
    if against is not None:
        rights = (right for right in guard.rights if decided.on(right).refusal is against)
        raise _refused(ctx, decided, against, next(rights, None))


def require(ctx: Context, patient_id: str, right: Right) -> None:
    """Refuse those who do not have a right, or to whom it is closed."""
    decided = ctx.decisions[patient_id]
    against = decided.on(right).refusal
    if against is not None:
        raise _refused(ctx, decided, against, right)


def plan(ctx: Context, patient_id: str) -> None:
    """Refuse those to whom the plan as a whole is hidden."""
    require(ctx, patient_id, Right.PLAN_STATUS)


def content(ctx: Context, patient_id: str) -> None:
    """Refuse those who may know of the plan, but not what it says."""
    require(ctx, patient_id, Right.READ_ZONES)


def beyond_shared(ctx: Context, patient_id: str) -> None:
    """Refuse what is about the whole plan to those who have been given single parts of it."""
    against = ctx.decisions[patient_id].beyond_parts
    if against is not None:
        raise NotPermitted(reason=against.name)


def beyond_pieces(ctx: Context, patient_id: str) -> None:
    """Refuse what does not belong to the pieces of parts that somebody has been given."""
    decided = ctx.decisions[patient_id]
    if decided.is_in_pieces and decided.beyond_parts is not None:
        raise NotPermitted(reason=decided.beyond_parts.name)


def sees_sources(ctx: Context, patient_id: str) -> bool:
    """Tell whether the viewer may see all that a patient's plan is compared with."""
    decided = ctx.decisions[patient_id]
    return all(decided.section(section).is_allowed for section in SOURCE_OF)


async def readers(ctx: Context, patient_id: str) -> tuple[Reader, ...]:
    """Return all who must be able to read what is said about a patient's plan.

    It is the viewer, and whose view they preview.
    """
    patient = permitted(ctx, await ctx.loaders.record.load(patient_id)).patient
    viewers = [ctx.viewer, *([ctx.previewed] if ctx.previewed else ())]
    return tuple(reader_of(each, ctx.decisions[patient_id], patient) for each in viewers)


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
    decided = of_record(ctx, record)
    admit(ctx, record, decided)
    against = decided.on(Right.SEE_PATIENT).refusal
    if against is not None:  # who may know that there is a plan, and not of whom
        ctx.disclosures.refused(record, decided, against, Operation.READ)
        raise _refused(ctx, decided, against, Right.SEE_PATIENT)
    return record


def admit(
    ctx: Context, record: PatientRecord, access: Access, operation: Operation = Operation.READ
) -> None:
    """Refuse whoever a decision is against, each in the words that they may know.

    Who is nothing to the patient is told little. The log of use has the attempt.
    """
    # An emergency is asked of before there is any right: what it is for is the zone sheet.
    right = RIGHT_OF.get(operation, Right.READ_ZONES)
    refusal = _turned_away(ctx, record, access, operation, right)
    if refusal is not None:
        raise _refused(ctx, access, refusal, right)


def to_explain(ctx: Context, record: PatientRecord) -> Access:
    """Return the decision about a patient to tell of it, also to whoever it is against.

    Those who are told little are told as little here.
    """
    is_officer = ctx.viewer.role is ViewerRole.PRIVACY_OFFICER
    decided = ctx.decisions.get(record.patient.id) or _decide(ctx, record)
    if is_officer:
        decided = decision.oversight(ctx.viewer, ctx.now)
    operation = Operation.EXPLAIN_ACCESS
    if _turned_away(ctx, record, decided, operation, Right.SEE_PATIENT) is None:
        ctx.disclosures.asked(record, decided, operation)
    return decided


def machine(ctx: Context) -> None:
    """Refuse everybody but machines."""
    if ctx.viewer.role is not ViewerRole.VENDOR:
        raise NotPermitted(reason=Refusal.ROLE.name)


def to_tell_status(ctx: Context, record: PatientRecord | None) -> Access | None:
    """Return the decision to tell a machine of a plan; None of whom it may not know, or nobody.

    The log of use has the one as it has the other.
    """
    operation = Operation.ASK_STATUS
    if record is None:
        ctx.disclosures.found_nobody(operation)
        return None
    decided = _decide(ctx, record)
    against = decided.on(RIGHT_OF[operation]).refusal
    if against is not None:
        ctx.disclosures.refused(record, decided, against, operation)
        return None
    ctx.disclosures.asked(record, decided, operation)
    return decided


def to_preview(ctx: Context, record: PatientRecord) -> Access:
    """Return the decision about a patient to somebody who may preview others' views of them."""
    decided = _decide(ctx, record)
    admit(ctx, record, decided, Operation.PREVIEW)
    against = decided.on(Right.PREVIEW).refusal
    if against is not None:
        ctx.disclosures.refused(record, decided, against, Operation.PREVIEW)
        raise _refused(ctx, decided, against, Right.PREVIEW)
    return decided


def preview(
    ctx: Context, record: PatientRecord, own: Access, viewer: Viewer, subject_id: str
) -> Previewed:
    """Make the whole operation one of what `viewer` would see, cut to the viewer's own access."""
    theirs = decide(viewer, record.facts, ctx.now, ctx.choices)
    seen = previews.preview(theirs, own)
    ctx.previewed = viewer
    ctx.decisions[record.patient.id] = seen
    ctx.disclosures.previewed(record, own, seen, subject_id)
    return seen


def _turned_away(
    ctx: Context, record: PatientRecord, access: Access, operation: Operation, right: Right
) -> Refusal | None:
    """Return what is against somebody, once it is logged; NotFound to those who are told little."""
    refusal = access.closed.get(right, access.ruling.refusal)
    if refusal is None:
        return None
    ctx.disclosures.refused(record, access, refusal, operation)
    is_nobody = access.standing is None and ctx.viewer.role in _TOLD_LITTLE
    if is_nobody and refusal not in _TELL_CITIZENS:
        raise NotFound
    return refusal


def _refused(
    ctx: Context, access: Access, refusal: Refusal, right: Right | None = None
) -> NotPermitted:
    """Return the error that says why, and what opens the right if it is closed."""
    keys = explanation.keys(access, right, ctx.viewer) if right else ()
    return NotPermitted(reason=refusal.name, opened_by=tuple(key.name for key in keys))


def _decide(ctx: Context, record: PatientRecord) -> Access:
    return decide(ctx.decider, record.facts, ctx.now, ctx.choices)
