"""The log of use as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.access.decision import Basis
from domain.access.viewer import ViewerRole
from domain.operation import Operation
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
    SHARE="A part was shared.",
    CHANGE_SHARE="A share was changed.",
    WITHDRAW_SHARE="A share was taken back.",
    MAKE_SHARE_CODE="A code was made that opens a share once.",
    OPEN_SHARE="A share was opened by a code, or read with one.",
    COMMENT="A comment was written.",
    ANSWER_COMMENT="A comment was answered.",
    PARK_COMMENT="A comment was put off to the next review.",
    REOPEN_COMMENT="A comment was opened again.",
    WITHDRAW_COMMENT="A comment was taken back.",
    SUGGEST="A change was suggested.",
    DECIDE_SUGGESTION="A suggestion was accepted or declined.",
    WITHDRAW_SUGGESTION="A suggestion was taken back.",
    OPEN_HANDOVER="Another organisation was asked to take over.",
    ACCEPT_HANDOVER="Responsibility was taken over.",
    DECLINE_HANDOVER="A request to take over was declined.",
    WITHDRAW_HANDOVER="A request to take over was taken back.",
    REGISTER_MOVE="A move to another municipality was registered.",
    ADD_TEAM_MEMBER="Somebody was taken into the care team.",
    CHANGE_TEAM_MEMBER="A member of the care team was changed.",
    END_TEAM_MEMBERSHIP="A membership of the care team was ended.",
    HOLD_REVIEW="A review was held.",
    SET_REVIEW_DUE="The day of a review was set.",
    TAKE_TASK="A task was taken on.",
    RELEASE_TASK="A task was let go.",
    SEND_REPORT="A report was sent.",
    REGISTER_MEASUREMENTS="A device's values were registered.",
    CORRECT_ENTRY="A report or value was corrected by whoever made it.",
    WITHDRAW_ENTRY="A report or value was taken back by whoever made it.",
    MOVE_REPORT="A report was moved to the right child.",
    MARK_SEEN="A report was seen.",
    MARK_ACTED_ON="A report was acted on.",
    ESCALATE="A report that nobody had seen was passed on by the gateway.",
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
    role: ViewerRole | None = plain("The kind of caller; null for what the gateway does by itself.")
    basis: Basis | None = plain(
        "What their access rested on; null for what the gateway does by itself."
    )
    purpose_of_use: str | None = plain("The purpose that was stated.")
