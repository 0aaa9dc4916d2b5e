"""The log of use: who did what to whose plan, and on which ground (pasientjournalloven § 22)."""

from __future__ import annotations

from datetime import datetime

from domain.access import Basis
from domain.author import Author
from domain.noun import Noun
from domain.operation import Operation
from domain.viewer import ViewerRole


class AuditEntry(Noun):
    """One line of the log of use. `by_number` tells citizens apart and is never shown."""

    patient_id: str
    id: str
    at: datetime
    operation: Operation
    subject_id: str
    by: Author
    role: ViewerRole
    basis: Basis
    correlation_id: str
    by_number: str | None = None
    purpose_of_use: str | None = None
