"""The one door to the policy: asked once per patient and operation."""

from __future__ import annotations

from domain.access import decision, explanation, home
from domain.access.decision import Access, decide
from domain.access.facts import AccessFacts
from domain.access.guard import GUARDS
from domain.access.patient import Patient, PatientRecord
from domain.access.reader import Reader, reader_of
from domain.access.right import RIGHT_OF, Right
from domain.access.viewer import ViewerRole
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


def for_write(
    ctx: Context,
    record: PatientRecord,
    *,
    is_oversight: bool = False,
) -> Access:
    """Return the decision about a patient who is locked; the write itself leaves the entry."""
    if is_oversight:
        return decision.oversight(ctx.viewer, ctx.now)
    return _decide(ctx, record)


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
    decided = ctx.decisions[of.id if isinstance(of, Patient) else of.patient_id]
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
    right = RIGHT_OF[operation]
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
