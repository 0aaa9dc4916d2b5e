"""Critical information from kjernejournal: what anyone who treats the patient must know first."""

from __future__ import annotations

from datetime import date
from enum import Enum

from domain.coding import Coding
from domain.noun import Noun


class CriticalInfoCategory(Enum):
    """Kjernejournal's categories of critical information."""

    ALLERGY = "ALLERGY"
    ANAESTHESIA = "ANAESTHESIA"
    CONDITION = "CONDITION"
    TREATMENT_OR_IMPLANT = "TREATMENT_OR_IMPLANT"
    INFECTION = "INFECTION"
    OTHER = "OTHER"


class Certainty(Enum):
    """How sure the recorder was (FHIR verificationStatus); for OTHER see `certainty_text`."""

    CONFIRMED = "CONFIRMED"
    PRESUMED = "PRESUMED"
    REFUTED = "REFUTED"
    OTHER = "OTHER"


class CriticalInfo(Noun):
    """One registration. Entries marked as entered in error by the source are left out."""

    id: str
    category: CriticalInfoCategory
    concept: Coding
    is_active: bool | None
    certainty: Certainty
    certainty_text: str | None = None
    criticality: str | None = None
    reactions: tuple[str, ...] = ()
    note: str | None = None
    recorded_on: date | None = None
    recorded_by: str | None = None
    information_source: str | None = None
