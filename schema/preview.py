"""What the patient or a representative would see, as the graph shows it to a clinician."""

from __future__ import annotations

import strawberry

from domain.access.relation import Basis
from domain.access.right import Right
from domain.access.standing import Standing
from domain.refusal import Refusal
from resolvers import preview
from schema.explanation import LegalBasis
from schema.field import field, plain
from schema.patient import Patient


@strawberry.type(
    description="Something that the viewer may see, and the one whose view is previewed may not, or "
    "not all of."
)
class PreviewExplanation:
    right: Right | None = field(preview.right, "The right; null where it is a part or a line.")
    reason: Refusal | None = field(
        preview.reason, "The rule that stands against it; null where it is hidden without a word."
    )
    part_id: strawberry.ID | None = plain("The plan part that is hidden, or whose line is.")
    line_id: strawberry.ID | None = plain("The line that is hidden.")
    sentence: str = field(preview.difference_sentence, "What they don't see, and why, in words.")
    legal_bases: list[LegalBasis] = field(
        preview.legal_bases, "The laws in force today that stand against it.", size=3
    )


@strawberry.type(description="What the patient or a representative would see.")
class Preview:
    name: str = plain("Whose view it is.")
    basis: Basis = plain("What their access rests on.")
    standing: Standing | None = plain(
        "As what they stand before the patient; null where they are nobody."
    )
    standing_name: str | None = field(preview.standing_name, "The same in words.")
    sentence: str = field(preview.sentence, "Whose view it is, or why they have none, in words.")
    refusal: Refusal | None = plain("Why they would see nothing; null where they see something.")
    patient: Patient | None = plain(
        "The patient as they would see them, without what the viewer may not see."
    )
    explanations: list[PreviewExplanation] = plain(
        "What they don't see that the viewer does, each with why. Of what is hidden from them they "
        "are told nothing.",
        size=30,
    )
