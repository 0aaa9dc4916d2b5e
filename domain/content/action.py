"""What is to be done, by the patient or by the service."""

from __future__ import annotations

from datetime import date
from enum import Enum

from domain.noun import Noun


class ActionCategory(Enum):
    """The six national self-care categories (their SNOMED CT codes are the values), and OTHER.

    Source: the national plan API's ServiceRequest profile (NHN hit-careplan).
    """

    MEDICATION = "182832007"
    DIET = "384760004"
    PHYSICAL_ACTIVITY = "229064008"
    MEASUREMENT = "122869004"
    MENTAL_HEALTH = "390808007"
    LIFESTYLE = "313204009"
    OTHER = "OTHER"


class ActionFor(Enum):
    """Who carries the action out."""

    PATIENT = "PATIENT"
    SERVICE = "SERVICE"


class ActionStatus(Enum):
    """Whether the action is to be followed now."""

    ACTIVE = "ACTIVE"
    ON_HOLD = "ON_HOLD"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


class Action(Noun):
    """One action; `timing` is in words ("hver morgen"), ids point at the same part's lines.

    `due` is the day it is to be done by, for what is done once.
    """

    id: str
    title: str
    category: ActionCategory
    performed_by: ActionFor
    status: ActionStatus = ActionStatus.ACTIVE
    description: str | None = None
    timing: str | None = None
    due: date | None = None
    owner: str | None = None
    problem_ids: tuple[str, ...] = ()
    goal_ids: tuple[str, ...] = ()
