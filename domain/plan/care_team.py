"""Who takes part in a patient's care."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from domain import profession
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
    """A person or unit in a source's care team; `team` is the team's name there, if it has one.

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


class TeamMember(Noun):
    """A member of the plan's own team, which all parts have in common.

    Membership is a care relation of the member's organisation, from `since` until `until`, which is
    not included; an ended membership is kept. `role_code` is Volven 9060.
    """

    id: str
    patient_id: str
    version: int
    name: str
    since: datetime
    until: datetime | None = None
    functions: tuple[CareTeamFunction, ...] = ()
    role_code: str | None = None
    role_text: str | None = None
    hpr_number: str | None = None
    organisation_name: str | None = None
    organisation_number: str | None = None
    phone: str | None = None
    reachable: str | None = None

    @property
    def role(self) -> Coding | None:
        """The profession, or the role in words; None where neither is known."""
        text = self.role_text or profession.name(self.role_code)
        if text is None:
            return None
        return Coding(
            text=text, system=profession.SYSTEM if self.role_code else None, code=self.role_code
        )

    @property
    def organisation(self) -> str | None:
        """The organisation's name."""
        return self.organisation_name

    def is_open(self, now: datetime) -> bool:
        """Tell whether the membership holds now."""
        return self.since <= now and (self.until is None or now < self.until)
