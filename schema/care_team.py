"""Care teams as the graph shows them: the plan's own, and the hospital's."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from domain.plan.care_team import CareTeamFunction
from resolvers import section
from schema.coding import Coding
from schema.field import enum, field, plain
from schema.section import Section

enum(
    CareTeamFunction,
    "A named task in a care team; each is a different thing.",
    PLAN_RESPONSIBLE="Planansvarlig: answers for the plan.",
    PRIMARY_CONTACT="Primærkontakt: whom to turn to first.",
    COORDINATOR="Koordinator: coordinates services for an individual plan.",
    CHILD_COORDINATOR="Barnekoordinator: the municipality's coordinator for a seriously ill child.",
    CONTACT_DOCTOR="Kontaktlege: the hospital doctor who answers for the medical follow-up.",
)


@strawberry.type(description="A person or unit in a care team of the hospital's.")
class CareTeamMember:
    id: strawberry.ID = plain("The member's id in its team.")
    name: str = plain("The name.")
    role: Coding | None = plain("The profession (Volven 9060) or role.")
    functions: list[CareTeamFunction] = plain("The tasks the member has in this team.", size=5)
    organisation: str | None = plain("The organisation or unit.")
    organisation_number: str | None = plain("The organisation's number.")
    team: str | None = plain("The name of the team at the source.")
    phone: str | None = plain("A telephone number.")
    reachable: str | None = plain("When the member can be reached, in words.")
    since: date | None = plain("The first day in the team.")
    until: date | None = plain("The last day in the team.")


@strawberry.type(
    description="A member of the plan's own care team. Membership gives the member's organisation "
    "access to the patient."
)
class TeamMember:
    id: strawberry.ID = plain("An opaque id.")
    version: int = plain("A writer must have seen the newest.")
    name: str = plain("The name.")
    role: Coding | None = plain("The profession (Volven 9060) or role.")
    functions: list[CareTeamFunction] = plain("The tasks the member has in the team.", size=5)
    organisation: str | None = plain("The organisation or unit.")
    organisation_number: str | None = plain("The organisation's number.")
    phone: str | None = plain("A telephone number.")
    reachable: str | None = plain("When the member can be reached, in words.")
    since: datetime = plain("From when.")
    until: datetime | None = plain("Until when, not included; null for a member of now.")


@strawberry.type(description="Those who treat the patient according to the hospital.")
class CareTeamSection(Section):
    items: list[CareTeamMember] | None = field(
        section.items,
        "The members; null, never empty, when we can't say what there is.",
        first="At most so many items.",
    )
