"""What an organisation needs to know since somebody last was at work."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.author import Author
from domain.event import EventKind
from domain.noun import Noun
from domain.plan.part import PlanKind

LONGEST = timedelta(days=31)


class ShiftReport(Noun):
    """The report of one organisation since a time; its sections are read one by one."""

    organisation: str
    since: datetime
    at: datetime


class ChangePosition(Noun, array_like=True):
    """A place in the list of changes, newest first; what a cursor holds."""

    at: datetime
    patient_id: str
    number: int


class ShiftChange(Noun):
    """One thing that happened to a patient's plan, by whom, and to which part if to one."""

    patient_id: str
    number: int
    kind: EventKind
    subject_id: str
    at: datetime
    by: Author | None = None
    part_id: str | None = None
    part_kind: PlanKind | None = None

    @property
    def position(self) -> ChangePosition:
        """The change's place in the list."""
        return ChangePosition(at=self.at, patient_id=self.patient_id, number=self.number)
