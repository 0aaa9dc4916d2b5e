"""Yellow and red reports that concern a shift, the most pressing first."""

from __future__ import annotations

from datetime import datetime

from domain.following.report import Report
from domain.noun import Noun
from domain.plan.part import PlanKind


class UrgentPosition(Noun, array_like=True):
    """A place in the list of yellow and red reports; what a cursor holds."""

    rank: int
    received_at: datetime
    report_id: str


class UrgentReport(Noun):
    """A yellow or red report; those that nobody has seen rank first, red before yellow.

    `part_kind` is that of the part it was told under, None for one that was told under none.
    """

    rank: int
    report: Report
    part_kind: PlanKind | None = None

    @property
    def patient_id(self) -> str:
        """Whose it is."""
        return self.report.patient_id

    @property
    def position(self) -> UrgentPosition:
        """The report's place in the list."""
        received_at, report_id = self.report.received_at, self.report.id
        return UrgentPosition(rank=self.rank, received_at=received_at, report_id=report_id)
