"""Requests for correction as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.keeping.correction import CorrectionDecision, CorrectionKind, CorrectionState
from resolvers import correction
from schema.author import Author
from schema.field import enum, field, plain

enum(
    CorrectionKind,
    "What is asked for.",
    CORRECT="That an entry is corrected.",
    DELETE="That an entry is deleted.",
)
enum(
    CorrectionState,
    "Where a request stands.",
    REQUESTED="It waits for a decision.",
    ACCEPTED="It is accepted.",
    PARTLY="It is accepted in part.",
    DECLINED="It is declined.",
)
enum(
    CorrectionDecision,
    "What the responsible organisation decides.",
    ACCEPTED="What is asked for is done: a report, a value or a comment that is to be deleted is "
    "taken out of use at once; the reason stands beside what is to be corrected.",
    PARTLY="Some of it is granted: the reason says what, and stands beside the entry. Nothing is "
    "taken out of use.",
    DECLINED="It will not be done.",
)


@strawberry.type(
    description="What was decided about an entry, told to all who may read it. A correction stands "
    "beside what it corrects; a deletion has taken it out of use."
)
class EntryDecision:
    kind: CorrectionKind = plain("Whether it was to be corrected or deleted.")
    state: CorrectionState = plain("ACCEPTED or PARTLY; what was declined is not told here.")
    reason: str | None = plain("What was decided, and why.")
    by: str | None = field(correction.decider, "Who decided, for the responsible organisation.")
    decided_at: datetime | None = plain("When.")


@strawberry.type(
    description="A request to correct or delete an entry. An accepted deletion of a report, a value "
    "or a comment takes it out of use by itself, and what is granted of a correction stands beside "
    "the entry (`decisions`). What else a decision promises is done by the ordinary mutations."
)
class CorrectionRequest:
    id: strawberry.ID = plain("The request's id.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    kind: CorrectionKind = plain("What is asked for.")
    entry_id: strawberry.ID = plain(
        "The entry: a part, a comment, a report, a measured value, a line of the log of use, …"
    )
    line_id: strawberry.ID | None = plain(
        "The part's line or the report's value, by its id; a zone by its level."
    )
    text: str = plain("What is wrong and what is wanted.")
    asked_by: Author = plain("Who asks.")
    asked_at: datetime = plain("When.")
    organisation_number: str | None = plain("Whose decision it is.")
    state: CorrectionState = plain("Where it stands.")
    reason: str | None = plain(
        "Why it was decided so; also readers of the entry see it, unless it is declined."
    )
    decided_by: Author | None = plain("Who decided.")
    decided_at: datetime | None = plain("When.")
    right_to_complain: str | None = field(
        correction.right_to_complain,
        "What can be done about a decision that refused anything, in words.",
    )
