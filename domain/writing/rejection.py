"""What a write can be answered with instead of being done: data for the client, not errors.

A rejected write has changed nothing. Every kind has a stable code, a sentence for the user in
`domain.wording.rejection` and, where it helps, what the client needs to do better.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from domain.author import Author
from domain.content.plan_content import PlanContent
from domain.cooperation.comment import CommentStatus
from domain.cooperation.handover import Handover, HandoverState
from domain.cooperation.suggestion import SuggestionState
from domain.keeping.correction import CorrectionState
from domain.noun import Noun
from domain.plan.approval import ApprovalState
from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.plan.draft import DraftState
from domain.plan.mandatory.rule import Missing
from domain.plan.part import Lifecycle
from domain.refusal import Refusal
from domain.revision.clash import Clash
from domain.revision.difference import Difference
from domain.writing.fault import Fault


class Rejection(Noun):
    """Why a write was not done."""

    code: ClassVar[str]


class Rejected(Exception):
    """Carries a rejection out of the rules; the graph answers it as a member of the result."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.code)
        self.rejection = rejection


class InvalidInput(Rejection):
    """The input can't be used; every fault is listed at once."""

    code = "INVALID_INPUT"

    faults: tuple[Fault, ...]


class NotAllowed(Rejection):
    """The policy refuses the write; `reason` is the rule that stands against it."""

    code = "NOT_ALLOWED"

    reason: Refusal


class NothingFound(Rejection):
    """The id names nothing that the viewer can know of."""

    code = "NOTHING_FOUND"


class KeyReused(Rejection):
    """The idempotency key has been used with another input or for another mutation."""

    code = "KEY_REUSED"


class NoChange(Rejection):
    """What is asked for is what already is: there is no version to make."""

    code = "NO_CHANGE"


class WrongState(Rejection):
    """The part's point in the lifecycle does not allow it; `allowed` are the points that do."""

    code = "WRONG_STATE"

    lifecycle: Lifecycle
    allowed: tuple[Lifecycle, ...]


class WrongApproval(Rejection):
    """Approval does not stand where it would have to for this."""

    code = "WRONG_APPROVAL"

    approval_state: ApprovalState


class DraftClosed(Rejection):
    """The draft has been activated or discarded and can't be changed any more."""

    code = "DRAFT_CLOSED"

    draft_state: DraftState


class AlreadyShared(Rejection):
    """The part is shared with this recipient already; change that share instead."""

    code = "ALREADY_SHARED"

    share_id: str


class ShareClosed(Rejection):
    """The share has ended or was withdrawn; the part can be shared anew."""

    code = "SHARE_CLOSED"


class NoCode(Rejection):
    """A whole part is never opened by a code, but by personnel who log in."""

    code = "NO_CODE"


class WrongCommentStatus(Rejection):
    """The comment does not stand so that this can be done; it could in `allowed_statuses`."""

    code = "WRONG_COMMENT_STATUS"

    comment_status: CommentStatus
    allowed_statuses: tuple[CommentStatus, ...]


class SuggestionClosed(Rejection):
    """The suggestion has been decided about or taken back."""

    code = "SUGGESTION_CLOSED"

    suggestion_state: SuggestionState


class ContentMissing(Rejection):
    """The part can't be activated yet: all that law, guidance or a template still ask of it.

    `unread_lines` are lines that are still a template's text: an id, a zone's level, or a name.
    """

    code = "CONTENT_MISSING"

    missing: tuple[Missing, ...] = ()
    unread_lines: tuple[str, ...] = ()


class ConsentMissing(Rejection):
    """There is no open consent to have a plan, and without one no plan is made or used."""

    code = "CONSENT_MISSING"


class TooLateToUndo(Rejection):
    """The time to undo a reservation is over, and its erasure has not been done yet."""

    code = "TOO_LATE_TO_UNDO"

    until: datetime


class TooManySearches(Rejection):
    """Too many numbers have led to nobody; what was sent was not even looked up."""

    code = "TOO_MANY_SEARCHES"

    until: datetime


class AlreadyDecided(Rejection):
    """The request has its decision."""

    code = "ALREADY_DECIDED"

    correction_state: CorrectionState


class VersionConflict(Rejection):
    """Somebody else was first: the version that the writer saw is no longer the newest.

    `differences` is what others have changed since. Where the writer sent a content, `merged` is
    one that holds both sides' work, offered to be looked at and sent; None with `clashes`, which
    somebody must settle.
    """

    code = "VERSION_CONFLICT"

    current_version: int
    differences: tuple[Difference, ...] = ()
    clashes: tuple[Clash, ...] = ()
    merged: PlanContent | None = None


class AlreadyHandedOver(Rejection):
    """A part waits for another organisation's answer already.

    `open_handover` is None to those to whom what the plan says is closed.
    """

    code = "ALREADY_HANDED_OVER"

    open_handover: Handover | None


class HandoverClosed(Rejection):
    """The handover has been answered or withdrawn."""

    code = "HANDOVER_CLOSED"

    handover_state: HandoverState


class NothingToHandOver(Rejection):
    """There is no living part that the handover could be about, or none any more."""

    code = "NOTHING_TO_HAND_OVER"


class FunctionTaken(Rejection):
    """Somebody else has a function that only one can have at a time."""

    code = "FUNCTION_TAKEN"

    function: CareTeamFunction
    holder: TeamMember


class LastResponsible(Rejection):
    """Nobody else in the team is responsible for the plan."""

    code = "LAST_RESPONSIBLE"


class StillAnswers(Rejection):
    """Without this member its organisation would answer for parts that it can't see."""

    code = "STILL_ANSWERS"

    part_ids: tuple[str, ...]


class MembershipEnded(Rejection):
    """The membership has ended and can't be changed any more."""

    code = "MEMBERSHIP_ENDED"

    until: datetime


class TaskTaken(Rejection):
    """A colleague has taken the task."""

    code = "TASK_TAKEN"

    by: Author
    at: datetime
