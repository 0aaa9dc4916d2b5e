"""What the plan is for: the patient's problems and diagnoses."""

from __future__ import annotations

from datetime import date
from enum import Enum

from domain.coding import Coding
from domain.noun import Noun
from domain.source.origin import Origin


class ProblemStatus(Enum):
    """Whether the problem is there now (FHIR clinicalStatus, narrowed)."""

    ACTIVE = "ACTIVE"
    REMISSION = "REMISSION"
    RESOLVED = "RESOLVED"


class Problem(Noun):
    """One problem; `id` is unique within its plan part and kept from version to version."""

    id: str
    concept: Coding
    status: ProblemStatus = ProblemStatus.ACTIVE
    onset: date | None = None
    note: str | None = None
    origin: Origin | None = None
