"""Reviews as the graph shows them."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from domain.cooperation.review import RemainingKind, ReviewOutcome
from resolvers import correction, review
from schema.author import Author
from schema.correction import EntryDecision
from schema.field import enum, field, plain

enum(
    ReviewOutcome,
    "What those who held a review concluded.",
    KEEP="The part is good as it is.",
    REVISE="It is to be revised.",
    END="It is to end. It does not end by the review.",
)
enum(
    RemainingKind,
    "What is left to do after a review has concluded that a part should end.",
    PART_IN_USE="The part itself has not ended.",
    OPEN_DRAFT="A draft is neither in use nor put away.",
    REQUESTED_APPROVAL="An approval waits for an answer.",
    OPEN_COMMENT="A comment has no answer.",
    OPEN_HANDOVER="Another organisation is asked to take over.",
    OPEN_SHARE="A recipient still has the part.",
)


@strawberry.type(description="A review that was held of a part.")
class Review:
    id: strawberry.ID = plain("The review's id.")
    content_version: int = plain("The content version that was reviewed.")
    held_at: datetime = plain("When it was held.")
    participants: list[str] = plain("Who took part, by name or role.", size=10)
    outcome: ReviewOutcome = plain("What they concluded.")
    note: str = plain("Why, in plain words for the patient.")
    next_due: date | None = plain("The day of the next review.")
    by: Author = plain("Who told of it.")
    decisions: list[EntryDecision] = field(
        correction.beside,
        "Requests to correct or delete it that were granted, in whole or in part, newest first.",
        size=2,
    )


@strawberry.type(description="One kind of thing that is left to do.")
class Remaining:
    kind: RemainingKind = plain("What.")
    count: int = plain("How many.")
    sentence: str = field(review.sentence, "What is left, in words.")
