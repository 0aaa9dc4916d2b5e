"""What the patient or a representative would see, shown to a clinician before it is shared."""

from __future__ import annotations

from collections.abc import Sequence

from domain import ids
from domain.access import preview as rules
from domain.access.legal_basis import LegalBasis
from domain.access.patient import Patient, PatientRecord
from domain.access.preview import PreviewExplanation
from domain.access.relation import Basis, Relation
from domain.access.right import Right
from domain.access.standing import Standing
from domain.access.viewer import Viewer
from domain.errors import NotFound
from domain.noun import Noun
from domain.refusal import Refusal
from domain.wording import preview as wording
from domain.wording.standing import STANDINGS
from resolvers import access
from resolvers.context import Context

_REPRESENTS = frozenset(
    {
        Basis.PARENT,
        Basis.GUARDIAN,
        Basis.LASTING_POWER,
        Basis.POWER_OF_ATTORNEY,
        Basis.ADVISER,
        Basis.NEXT_OF_KIN,
    }
)


class Preview(Noun):
    """Whose view it is, the patient as they see them, and what they don't see that the viewer does.

    `patient` is None where they would see nothing.
    """

    name: str
    basis: Basis
    standing: Standing | None
    patient: Patient | None
    refusal: Refusal | None
    explanations: tuple[PreviewExplanation, ...]


class Representative(Noun):
    """Somebody who is registered to act for the patient, whether or not they see anything."""

    id: str
    name: str
    basis: Basis


async def view_as(ctx: Context, patient_id: str, representative: str | None = None) -> Preview:
    """Return the patient as a representative would see them, or as they see themselves.

    From here on, all that this operation reads of them is cut to what both may see.
    """
    ids.uuid_of(patient_id, ids.PATIENT)
    record = await ctx.loaders.record.load(patient_id)
    if record is None:
        ctx.disclosures.found_nobody()
        raise NotFound
    own = access.to_preview(ctx, record)
    tie = None if representative is None else _tie(ctx, record, representative)
    viewer = _who(ctx, record.patient, tie)
    seen = access.preview(ctx, record, own, viewer, record.patient.id if tie is None else _id(tie))
    refusal = seen.on(Right.SEE_PATIENT).refusal
    return Preview(
        name=viewer.name or record.patient.name,
        basis=Basis.OWN if tie is None else tie.basis,
        standing=seen.standing,
        patient=record.patient if refusal is None else None,
        refusal=refusal,
        explanations=tuple(rules.differences(seen, viewer, ctx.now)),
    )


def _who(ctx: Context, patient: Patient, tie: Relation | None) -> Viewer:
    of_tie = rules.of_patient(patient, ctx.now)
    found = of_tie if tie is None else rules.of_representative(tie, ctx.now)
    if found is None:
        raise NotFound
    return found


def _tie(ctx: Context, record: PatientRecord, representative: str) -> Relation:
    for tie in _ties(ctx, record):
        if tie.representation_id == representative:
            return tie
    raise NotFound


def _ties(ctx: Context, record: PatientRecord) -> list[Relation]:
    """Return the ties of those who act for the patient now; nobody's of whom addresses hide."""
    if record.patient.is_address_protected:
        return []
    return [
        tie
        for tie in record.facts.ties(ctx.now)
        if tie.basis in _REPRESENTS and not tie.is_protected
    ]


def _id(tie: Relation) -> str:
    return tie.representation_id or ""


async def representatives(ctx: Context, patient: Patient) -> list[Representative]:
    """Return who acts for the patient now, for those who may preview what they see."""
    access.require(ctx, patient.id, Right.PREVIEW)
    record = await ctx.loaders.record.load(patient.id)
    return [
        Representative(id=_id(tie), name=tie.person_name or "", basis=tie.basis)
        for tie in (_ties(ctx, record) if record else ())
    ]


def sentence(ctx: Context, preview: Preview) -> str:
    """Return whose view it is, or why they have none, in words."""
    return wording.sentence(preview.name, preview.refusal, ctx.language)


def standing_name(ctx: Context, preview: Preview) -> str | None:
    """Return in words what they are to the patient."""
    return STANDINGS[preview.standing].to(ctx.language) if preview.standing else None


def right(ctx: Context, difference: PreviewExplanation) -> Right | None:
    """Return the right that a difference is about; None where it is a part or a line."""
    return difference.explanation.right if difference.explanation else difference.hidden


def reason(ctx: Context, difference: PreviewExplanation) -> Refusal | None:
    """Return the rule that stands against it; None where it is hidden without a word."""
    return difference.explanation.refusal if difference.explanation else None


def legal_bases(ctx: Context, difference: PreviewExplanation) -> Sequence[LegalBasis]:
    """Return the laws that stand against it."""
    return difference.explanation.bases if difference.explanation else ()


def difference_sentence(ctx: Context, difference: PreviewExplanation) -> str:
    """Return what they don't see, and why, in words."""
    return wording.difference(difference, ctx.language)
