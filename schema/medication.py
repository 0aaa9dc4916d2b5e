"""Medicines as the graph shows them."""

from __future__ import annotations

from datetime import date

import strawberry

from domain.source.medication import MedicationStatus
from resolvers import section
from schema.coding import Coding
from schema.field import enum, field, plain
from schema.section import Section

enum(
    MedicationStatus,
    "Where a treatment stands (FHIR MedicationStatement.status).",
    ACTIVE="In use.",
    COMPLETED="Taken to its end.",
    STOPPED="Stopped before its end.",
    ON_HOLD="Paused.",
    INTENDED="Planned.",
    NOT_TAKEN="Not taken.",
    UNKNOWN="Another status; see `statusText`.",
)


@strawberry.type(description="One medicine in use: the newest in its chain of prescriptions.")
class Medication:
    id: strawberry.ID = plain("The medicine list's own id (PLL-id).")
    name: str = plain("Name, form and strength, in the source's words.")
    status: MedicationStatus = plain("Where the treatment stands.")
    status_text: str = plain("The status in the source's own word.")
    atc: str | None = plain("The ATC code, where the source knows it.")
    product: Coding | None = plain("The product in the national register (FEST).")
    form: str | None = plain("The pharmaceutical form.")
    dosage: str | None = plain("How it is taken, in words.")
    short_dosage: str | None = plain("The short dose, such as 1+0+1.")
    as_needed: bool | None = plain("Whether it is taken when needed; null if the source is silent.")
    reason: str | None = plain("Why it is taken, in words.")
    reason_codes: list[Coding] = plain("Why it is taken, as diagnoses.", size=5)
    started_on: date | None = plain("The first day.")
    ended_on: date | None = plain("The last day.")
    prescribed_on: date | None = plain("The day of the current prescription.")
    prescription_expires_on: date | None = plain("The day the prescription runs out.")
    refills: int | None = plain("How many times it can still be dispensed.")
    registered_by: str | None = plain("Who registered it.")
    is_locked: bool = plain("Whether the prescription is locked by the patient.")
    is_hidden_from_guardians: bool = plain("Whether it is hidden from parents and guardians.")


@strawberry.type(
    description="The patient's medicines, from the national medicine list. Parents see what parents "
    "may see; there may be more."
)
class MedicationSection(Section):
    items: list[Medication] | None = field(
        section.items,
        "The medicines; null, never empty, when we can't say what there is.",
        first="At most so many items.",
    )
