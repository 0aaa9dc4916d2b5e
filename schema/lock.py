"""Restriction, block and opened access as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.access.right import Right
from domain.access.rule import EmergencyFinding
from resolvers import lock, page
from schema.author import Author
from schema.field import enum, field, plain
from schema.given_word import GivenWord
from schema.log import LogLine
from schema.page import PageInfo

enum(
    EmergencyFinding,
    "What the review of an emergency access has found.",
    JUSTIFIED="It was needed.",
    NOT_JUSTIFIED="It was not. What follows for the person is their organisation's matter.",
)


@strawberry.type(
    description="What health personnel don't see unless the patient consents, or in an emergency "
    "(sperring). That there is a plan is not hidden by it."
)
class Restriction:
    id: strawberry.ID = plain("The restriction's id.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    rights: list[Right] = field(
        lock.rights, "What it is of; empty is everything that can be restricted.", size=5
    )
    since: datetime = plain("From when it holds.")
    word: GivenWord | None = plain(
        "Whose word it rests on, and who wrote it down if it was spoken."
    )
    ended_at: datetime | None = plain("When it was lifted; null while it stands.")
    ended_word: GivenWord | None = plain("The word that it was lifted on.")


@strawberry.type(
    description="A named person of health personnel who is shut out, wherever they work and in an "
    "emergency too (blokkering)."
)
class Block:
    id: strawberry.ID = plain("The block's id.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    hpr_number: str | None = plain("The person's number in the register of health personnel.")
    person_name: str | None = plain("What the person is called.")
    since: datetime = plain("From when it holds.")
    word: GivenWord | None = plain(
        "Whose word it rests on, and who wrote it down if it was spoken."
    )
    ended_at: datetime | None = plain("When it was lifted; null while it stands.")
    ended_word: GivenWord | None = plain("The word that it was lifted on.")


@strawberry.type(
    description="That what is restricted was opened for one person in one organisation, on the "
    "patient's consent or in an emergency; or that somebody had emergency access without a care "
    "relation."
)
class OpenedAccess:
    id: strawberry.ID = plain("Its id.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    is_emergency: bool = plain("Whether it was an emergency.")
    set_by: Author = plain("Who opened it, for themselves.")
    since: datetime = plain("From when.")
    until: datetime | None = plain("Until when, not included.")
    ended_at: datetime | None = plain("When it was ended before that.")
    word: GivenWord | None = plain("The consent that it rests on; null in an emergency.")
    reason: str | None = plain("Why, in an emergency.")
    finding: EmergencyFinding | None = plain("What its review has found; null until then.")
    review: str | None = plain("The same in the privacy officer's words.")
    reviewed_at: datetime | None = plain("When it was reviewed.")


@strawberry.type(
    description="An emergency access as its review sees it: it says nothing of the plan, nor whose "
    "it is."
)
class Emergency:
    id: strawberry.ID = plain("Its id.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    set_by: Author = plain("Who opened it, for themselves.")
    since: datetime = plain("From when.")
    until: datetime | None = plain("Until when, not included.")
    ended_at: datetime | None = plain("When it was ended before that.")
    reason: str | None = plain("Why.")
    lines: list[LogLine] = field(
        lock.lines, "What the person has done with the plan since then.", size=50
    )
    finding: EmergencyFinding | None = plain("What the review has found; null until then.")
    review: str | None = plain("The same in words for the patient.")
    reviewed_at: datetime | None = plain("When it was reviewed.")
    reviewed_by: Author | None = plain("Who reviewed it.")


@strawberry.type(description="One emergency access on a page of them.")
class EmergencyEdge:
    cursor: str = field(lock.cursor, "Continue after this edge with it.")
    node: Emergency = field(lock.itself, "The emergency access.")


@strawberry.type(description="A page of emergency accesses.")
class EmergencyConnection:
    edges: list[EmergencyEdge] = plain("The emergency accesses, newest first.")
    page_info: PageInfo = field(page.info, "Where the page stands.")
