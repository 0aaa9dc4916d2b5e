"""What sources propose for a plan, as the graph shows it."""

from __future__ import annotations

from typing import Annotated

import strawberry

from resolvers import section
from schema.contact import ContactPoint
from schema.field import field, plain
from schema.problem import Problem
from schema.section import Section
from schema.self_care import MedicineInstruction

ProposedLine = Annotated[
    Problem | MedicineInstruction | ContactPoint,
    strawberry.union(
        "ProposedLine",
        description="A line as a source proposes it; taken over with its origin, or not at all.",
    ),
]


@strawberry.type(description="The lines that one source proposes.")
class ProposalSection(Section):
    items: list[ProposedLine] | None = field(
        section.items,
        "The lines; null, never empty, when we can't say what the source holds.",
        first="At most so many items.",
    )


@strawberry.type(description="What the patient's sources propose for the plan.")
class Proposals:
    from_medications: ProposalSection = plain(
        "Instructions for medicines in use, and the diagnoses they are taken for."
    )
    from_critical_info: ProposalSection = plain("Problems: the critical conditions.")
    from_care_team: ProposalSection = plain("Contacts: those of the hospital's team with a phone.")
