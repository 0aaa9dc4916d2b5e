"""What was decided about access to a plan, and who acts for a patient, as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.access.relation import Basis
from domain.access.right import Right
from domain.access.rule import RuleKind
from domain.access.service_area import ServiceArea
from resolvers import rule
from schema.author import Author
from schema.field import enum, field, plain
from schema.given_word import GivenWord

enum(
    RuleKind,
    "What a rule about access does.",
    RESTRICTION="Closes something until it is opened by consent or in an emergency (sperring).",
    BLOCK="Closes the plan to one person for good (blokkering).",
    HIDDEN_FROM_PARENTS="Hides something from parents, so that they don't learn that it is there.",
    OWN_ACCESS_REFUSED="Keeps something from the patient, to prevent serious harm.",
    KEPT_BY_PARENTS="Says what parents keep of a child's plan from the day the child is 12.",
    SUITABLE_FOR_YOUTH="Says what a youth with an own login sees.",
    OWN_ACCESS="Parents have agreed to the child's own login.",
    WITHOUT_CAPACITY="The patient can't consent.",
    CARE_TAKEN_OVER="The child welfare service has taken over the care.",
    OPENED="What is restricted has been opened for somebody, on the patient's consent.",
    EMERGENCY="Emergency access.",
)
enum(
    ServiceArea,
    "What somebody acts for a patient in.",
    PLAN="To read the plan, comment and suggest, and take it out as a file.",
    FOLLOW_UP="To read and send reports and measurements, with the zone sheet.",
    MEDICINES="To read medicines and critical information.",
    APPOINTMENTS="To read appointments, documents and who treats the patient.",
    LOG="To read the log of use, ask about it, and ask for corrections.",
    DECISIONS="To agree, share, consent, reserve and lock. Not by a power of attorney.",
)


@strawberry.type(description="Something that was decided about who sees a patient's plan.")
class AccessRule:
    id: strawberry.ID = plain("The rule's id.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    kind: RuleKind = plain("What it does.")
    rights: list[Right] = field(
        rule.rights, "What it is about; empty for all, or for a part.", size=10
    )
    part_id: strawberry.ID | None = plain("The part that it is about.")
    line_id: strawberry.ID | None = plain("The line of that part.")
    person_name: str | None = plain(
        "The parent that it is about, or the child welfare service; null for all."
    )
    organisation: str | None = plain("The organisation that it is about, by its number.")
    reason: str | None = plain("Why; of a decision about a child, in words fit for the child.")
    word: GivenWord | None = plain("The word that it rests on, where one was given.")
    set_by: Author = plain("Who set it.")
    since: datetime = plain("From when.")
    until: datetime | None = plain("Until when at most, not included; null is open-ended.")
    ended_at: datetime | None = plain("When it was ended; null while nobody has.")
    ended_by: Author | None = plain("Who ended it.")
    holds: bool = field(rule.holds, "Whether it holds now.")


@strawberry.type(description="Somebody who acts for a patient, as it was registered here.")
class Representation:
    id: strawberry.ID = plain("The representation's id.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    kind: Basis = plain("What it rests on.")
    representative_name: str = plain("Who acts for the patient.")
    origin: str = plain("The document that was seen, or that the patient gave it themself.")
    areas: list[ServiceArea] = field(rule.areas, "What it is for.", size=5)
    word: GivenWord | None = plain("The patient's word, where it was theirs to give.")
    registered_by: Author | None = plain("Who registered it.")
    since: datetime = plain("From when.")
    until: datetime | None = plain("Until when, not included; null is open-ended.")
    ended_by: Author | None = plain("Who ended it before its time; null when nobody has.")
    is_open: bool = field(rule.is_open, "Whether it holds now.")
