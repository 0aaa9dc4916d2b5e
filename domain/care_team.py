"""Who takes part in a patient's care."""

from __future__ import annotations

from datetime import date
from enum import Enum

from domain.coding import Coding
from domain.noun import Noun


class CareTeamFunction(Enum):
    """A named task in the team; each is a different thing and several may be one person's."""

    PLAN_RESPONSIBLE = "PLAN_RESPONSIBLE"
    PRIMARY_CONTACT = "PRIMARY_CONTACT"
    COORDINATOR = "COORDINATOR"
    CHILD_COORDINATOR = "CHILD_COORDINATOR"
    CONTACT_DOCTOR = "CONTACT_DOCTOR"


class CareTeamMember(Noun):
    """A person or unit in a care team; `team` is the name of the team at the source, if it has one.

    `role` is Volven 9060 (LE doctor, SP nurse, …) or text. Dates are the first and last day.
    """

    id: str
    name: str
    role: Coding | None = None
    functions: tuple[CareTeamFunction, ...] = ()
    organisation: str | None = None
    organisation_number: str | None = None
    team: str | None = None
    phone: str | None = None
    reachable: str | None = None
    since: date | None = None
    until: date | None = None
