"""Critical information as the graph shows it."""

from __future__ import annotations

from datetime import date

import strawberry

from domain.source.critical_info import Certainty, CriticalInfoCategory
from resolvers import section
from schema.coding import Coding
from schema.field import enum, field, plain
from schema.section import Section

enum(
    CriticalInfoCategory,
    "Kjernejournal's categories of critical information.",
    ALLERGY="Hypersensitivity reactions.",
    ANAESTHESIA="Complications of anaesthesia.",
    CONDITION="Critical medical conditions.",
    TREATMENT_OR_IMPLANT="Ongoing treatment and implants.",
    INFECTION="Infection control.",
    OTHER="A category we don't know; see the concept.",
)
enum(
    Certainty,
    "How sure the recorder was.",
    CONFIRMED="Confirmed.",
    PRESUMED="Presumed.",
    REFUTED="Refuted.",
    OTHER="Another word; see `certaintyText`.",
)


@strawberry.type(description="One registration of critical information.")
class CriticalInfo:
    id: strawberry.ID = plain("The registration's id at the source.")
    category: CriticalInfoCategory = plain("What kind of information it is.")
    concept: Coding = plain("What it is about: the substance, condition or treatment.")
    is_active: bool | None = plain("Whether it holds now; null if the source is silent.")
    certainty: Certainty = plain("How sure the recorder was.")
    certainty_text: str | None = plain("The certainty in the source's own word.")
    criticality: str | None = plain("How severe a reaction may be, in the source's word.")
    reactions: list[str] = plain("The reactions that were seen.", size=10)
    note: str | None = plain("A remark.")
    recorded_on: date | None = plain("The day it was recorded.")
    recorded_by: str | None = plain("Who recorded it.")
    information_source: str | None = plain("Where the recorder knew it from.")


@strawberry.type(description="The patient's critical information, from kjernejournal.")
class CriticalInfoSection(Section):
    items: list[CriticalInfo] | None = field(
        section.items,
        "The registrations; null, never empty, when we can't say what there is.",
        first="At most so many items.",
    )
