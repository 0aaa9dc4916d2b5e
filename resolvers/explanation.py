"""Why somebody sees what they see of a patient, also where that is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from domain import ids
from domain.access import explanation as rules
from domain.access.decision import Access
from domain.access.explanation import Explanation
from domain.access.guard import GUARDS
from domain.access.legal_basis import LegalBasis
from domain.access.lock import Key
from domain.access.patient import PatientRecord
from domain.access.right import RIGHT_OF_SECTION, Right
from domain.access.standing import PATIENT_SIDE, Standing
from domain.errors import BadInput, NotFound
from domain.noun import Noun
from domain.operation import Operation
from domain.plan.part import Plan
from domain.refusal import Refusal
from domain.source.section import SectionName
from domain.wording import explanation as wording
from domain.wording.policy import NOTICE
from domain.wording.standing import STANDINGS
from resolvers import access
from resolvers.context import Context

_decode: Callable[[msgspec.Raw], Plan | None] = msgspec.json.Decoder(Plan | None).decode


class Explained(Noun):
    """As what the viewer stands before a patient, and why they may do what was asked about."""

    standing: Standing | None
    explanations: tuple[Explanation, ...]


async def explain(
    ctx: Context,
    patient_id: str,
    right: Right | None = None,
    section: SectionName | None = None,
    field: str | None = None,
) -> Explained:
    """Explain one right, section or field of the graph to the viewer; everything if none is named.

    A citizen who is nothing to the patient is told the same as of an unknown id.
    """
    if sum(each is not None for each in (right, section, field)) > 1:
        raise BadInput("Name one of `right`, `section` and `field`, or none of them.")
    if field is not None and field not in GUARDS:
        raise BadInput("`field` must name a field of Patient, Plan or PlanPart: `Patient.plan`.")
    ids.uuid_of(patient_id, ids.PATIENT)
    record = await ctx.loaders.record.load(patient_id)
    if record is None:
        ctx.disclosures.found_nobody(Operation.EXPLAIN_ACCESS)
        raise NotFound
    decided = access.to_explain(ctx, record)
    asked = RIGHT_OF_SECTION[section] if section else right
    told = tuple(_told(ctx, record, decided, asked, field))
    return Explained(standing=told[0].standing, explanations=told)


def _told(
    ctx: Context, record: PatientRecord, decided: Access, right: Right | None, field: str | None
) -> Iterator[Explanation]:
    # Only some personnel answer for the plan; to all others it makes no difference.
    is_personnel = decided.standing is Standing.PERSONNEL
    plan = _decode(record.plan) if is_personnel else None
    plan = plan.at(ctx.now) if plan else None
    if field is not None:
        guard = GUARDS[field]
        yield rules.explain_field(decided, guard, ctx.viewer, ctx.now, plan)
        return
    for each in [right] if right else Right:
        yield rules.explain(decided, each, ctx.viewer, ctx.now, plan)


def standing_name(ctx: Context, explained: Explained) -> str | None:
    """Return in words what the viewer is to the patient."""
    return STANDINGS[explained.standing].to(ctx.language) if explained.standing else None


def notice(ctx: Context, explained: Explained) -> str | None:
    """Return what everybody on the patient's side is always told, whatever there is."""
    return notice_to(ctx, explained.standing)


def notice_to(ctx: Context, standing: Standing | None) -> str | None:
    """Return the sentence that a standing on the patient's side is always given."""
    return NOTICE.to(ctx.language) if standing in PATIENT_SIDE else None


def name(ctx: Context, explanation: Explanation) -> str:
    """Return what the right is called."""
    return wording.name(explanation, ctx.language)


def sentence(ctx: Context, explanation: Explanation) -> str:
    """Return whether the viewer may, and why, in words."""
    return wording.sentence(explanation, ctx.language)


def reason(ctx: Context, explanation: Explanation) -> Refusal | None:
    """Return the rule that stands against it."""
    return explanation.refusal


def condition(ctx: Context, explanation: Explanation) -> str | None:
    """Return what it is given on, in words."""
    return wording.condition(explanation, ctx.language)


def can_be_opened(ctx: Context, explanation: Explanation) -> bool:
    """Tell whether what is closed can be opened."""
    return bool(explanation.keys)


def opened_by(ctx: Context, explanation: Explanation) -> Sequence[Key]:
    """Return what opens it."""
    return explanation.keys


def legal_bases(ctx: Context, explanation: Explanation) -> Sequence[LegalBasis]:
    """Return the laws in force today that give it or stand against it."""
    return explanation.bases


def changes(ctx: Context, explanation: Explanation) -> Sequence[str]:
    """Return what would change the answer, in words."""
    return wording.changes(explanation, ctx.language)


def law(ctx: Context, basis: LegalBasis) -> str:
    """Return the law and its section, as it is cited."""
    return basis.name(ctx.language)


def about(ctx: Context, basis: LegalBasis) -> str:
    """Return what the law says, in short."""
    return basis.about.to(ctx.language)
