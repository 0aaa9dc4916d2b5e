"""The log of use: who did what to whose plan, and on which ground (pasientjournalloven § 22)."""

from __future__ import annotations

from datetime import datetime

from domain.access.decision import Basis
from domain.access.viewer import ViewerRole
from domain.author import Author
from domain.noun import Noun
from domain.operation import Operation


class AuditEntry(Noun):
    """One line of the log of use. `by_number` tells citizens apart and is never shown.

    `role` and `basis` are None for what the gateway does by itself, as the plan says it must.
    """

    patient_id: str
    id: str
    at: datetime
    operation: Operation
    subject_id: str
    by: Author
    correlation_id: str
    role: ViewerRole | None = None
    basis: Basis | None = None
    by_number: str | None = None
    purpose_of_use: str | None = None
