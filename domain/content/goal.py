"""What the patient and the care team want to reach."""

from __future__ import annotations

from datetime import date
from enum import Enum

from domain.noun import Noun


class ExpressedBy(Enum):
    """Whose goal it is."""

    PATIENT = "PATIENT"
    CLINICIAN = "CLINICIAN"


class GoalStatus(Enum):
    """FHIR Goal.lifecycleStatus."""

    PROPOSED = "PROPOSED"
    PLANNED = "PLANNED"
    ACCEPTED = "ACCEPTED"
    ACTIVE = "ACTIVE"
    ON_HOLD = "ON_HOLD"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    REJECTED = "REJECTED"
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR"


class Achievement(Enum):
    """FHIR Goal.achievementStatus."""

    IN_PROGRESS = "IN_PROGRESS"
    IMPROVING = "IMPROVING"
    WORSENING = "WORSENING"
    NO_CHANGE = "NO_CHANGE"
    ACHIEVED = "ACHIEVED"
    SUSTAINING = "SUSTAINING"
    NOT_ACHIEVED = "NOT_ACHIEVED"
    NO_PROGRESS = "NO_PROGRESS"
    NOT_ATTAINABLE = "NOT_ATTAINABLE"


class Target(Noun):
    """A measurable end: the measure in words, the value to reach with its unit, and by when."""

    measure: str
    value: str
    unit: str | None = None
    due: date | None = None


class Goal(Noun):
    """One goal; `problem_ids` are the problems of the same part that it answers."""

    id: str
    description: str
    expressed_by: ExpressedBy
    status: GoalStatus = GoalStatus.ACTIVE
    achievement: Achievement | None = None
    target: Target | None = None
    priority: int | None = None
    problem_ids: tuple[str, ...] = ()
