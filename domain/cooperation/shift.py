"""What an organisation needs to know since somebody last was at work."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.author import Author
from domain.event import EventKind
from domain.following.report import Report
from domain.noun import Noun
from domain.plan.part import PlanKind

LONGEST = timedelta(days=31)

# Who does what at which organisation is that organisation's own matter, and stands with the task.
NOT_TOLD = (EventKind.TASK_TAKEN, EventKind.TASK_RELEASED)


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


class UrgentPosition(Noun, array_like=True):
    """A place in the list of yellow and red reports; what a cursor holds."""

    rank: int
    received_at: datetime
    report_id: str


class UrgentReport(Noun):
    """A yellow or red report; those that nobody has seen rank first, red before yellow."""

    rank: int
    report: Report

    @property
    def patient_id(self) -> str:
        """Whose it is."""
        return self.report.patient_id

    @property
    def position(self) -> UrgentPosition:
        """The report's place in the list."""
        received_at, report_id = self.report.received_at, self.report.id
        return UrgentPosition(rank=self.rank, received_at=received_at, report_id=report_id)
