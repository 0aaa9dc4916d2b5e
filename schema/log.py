"""The log of use as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.access import Basis
from domain.operation import Operation
from domain.viewer import ViewerRole
from schema.author import Author
from schema.field import enum, plain

enum(
    Operation,
    "What was done.",
    START_DRAFT="A draft was begun.",
    SAVE_DRAFT="A draft was saved.",
    DISCARD_DRAFT="A draft was put away.",
    ACTIVATE="A draft became what its part says.",
    HOLD="A part was paused.",
    RESUME="A part was taken up again.",
    COMPLETE="A part was ended as meant.",
    REVOKE="A part was withdrawn.",
    ENTER_IN_ERROR="A part was marked as never meant.",
    REQUEST_APPROVAL="Approval was asked for.",
    DECIDE_APPROVAL="Approval was given or a version sent back.",
    AGREE="Somebody said whether they agree.",
    GIVE_CONSENT="Consent was given.",
    WITHDRAW_CONSENT="Consent was withdrawn.",
    RESERVE="A reservation was made.",
    UNDO_RESERVATION="A reservation was ended.",
    ASK_CORRECTION="An entry was asked to be corrected or deleted.",
    DECIDE_CORRECTION="A request for correction was decided.",
    EXPORT="Everything that could be seen was taken out as a file.",
)


@strawberry.type(description="One line of the log of use: who did what, and on which ground.")
class LogLine:
    id: strawberry.ID = plain("The line's id.")
    at: datetime = plain("When.")
    operation: Operation = plain("What was done.")
    subject_id: strawberry.ID = plain("What it was done to.")
    by: Author = plain("Who did it, and for which organisation.")
    role: ViewerRole = plain("The kind of caller.")
    basis: Basis = plain("What their access rested on.")
    purpose_of_use: str | None = plain("The purpose that was stated.")
