"""Medicines in use, as the medicine list (PLL) of the national medication source states them."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum

from msgspec import structs

from domain.coding import Coding
from domain.noun import Noun
from domain.source.section import Reason, ReasonCode, Section


class MedicationStatus(Enum):
    """Where a treatment stands; UNKNOWN keeps a status that we don't know from being guessed."""

    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    STOPPED = "STOPPED"
    ON_HOLD = "ON_HOLD"
    INTENDED = "INTENDED"
    NOT_TAKEN = "NOT_TAKEN"
    UNKNOWN = "UNKNOWN"


class Medication(Noun):
    """One medicine in the list: the head of its chain of prescriptions.

    `id` is the PLL id. `as_needed` is None where the source doesn't say. `dosage` and `reason` are
    the source's own words.
    """

    id: str
    name: str
    status: MedicationStatus
    status_text: str
    atc: str | None = None
    product: Coding | None = None
    form: str | None = None
    dosage: str | None = None
    short_dosage: str | None = None
    as_needed: bool | None = None
    reason: str | None = None
    reason_codes: tuple[Coding, ...] = ()
    started_on: date | None = None
    ended_on: date | None = None
    prescribed_on: date | None = None
    prescription_expires_on: date | None = None
    refills: int | None = None
    registered_by: str | None = None
    is_locked: bool = False
    is_hidden_from_guardians: bool = False


_STRENGTH = re.compile(r"\d+(?:[.,]\d+)?\s?(?:mikrog|mg|g|ml|IE|E|mmol|%)(?:/(?:\d+\s?)?\w+)?")


def strength(name: str) -> str | None:
    """Return the strength that a medicine's name ends with ("Paracet tab 500 mg": "500 mg")."""
    found = _STRENGTH.findall(name)
    return str(found[0]) if found else None


def as_guardians_see(section: Section[Medication]) -> Section[Medication]:
    """Leave out what is hidden from parents and guardians, without a trace that they could count.

    Prescriptions say what is hidden (e-resept: vergeinnsynsreservasjon), so without their lookup
    nobody can tell, and the whole list is withheld.
    """
    if any(reason.code is ReasonCode.NO_PRESCRIPTION_LOOKUP for reason in section.reasons):
        unknown = Reason(code=ReasonCode.ACCESS_DENIED)
        return Section(
            source=section.source,
            items=None,
            reasons=(*section.reasons, unknown),
            retrieved_at=section.retrieved_at,
        )
    if section.items is None:
        return section
    shown = tuple(item for item in section.items if not item.is_hidden_from_guardians)
    return structs.replace(section, items=shown if shown or not section.reasons else None)
