"""What a write can be answered with instead of being done: data for the client, not errors.

A rejected write has changed nothing. Every kind has a stable code, a sentence for the user in
`domain.wording` and, where it helps, what the client needs to do better.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from domain.approval import ApprovalState
from domain.author import Author
from domain.care_team import CareTeamFunction, TeamMember
from domain.draft import DraftState
from domain.handover import Handover, HandoverState
from domain.noun import Noun
from domain.plan import Lifecycle
from domain.refusal import Refusal


class Rejection(Noun):
    """Why a write was not done."""

    code: ClassVar[str]


class Rejected(Exception):
    """Carries a rejection out of the rules; the graph answers it as a member of the result."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.code)
        self.rejection = rejection


class Fault(Noun):
    """One thing wrong with an input: where, what kind, and a sentence that never has the value.

    `path` is as in the input: `content.goals[2].problemIds[0]`.
    """

    path: str
    code: str
    sentence: str


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

    state: ApprovalState


class DraftClosed(Rejection):
    """The draft has been activated or discarded and can't be changed any more."""

    code = "DRAFT_CLOSED"

    state: DraftState


class VersionConflict(Rejection):
    """Somebody else was first: the version that the writer saw is no longer the newest."""

    code = "VERSION_CONFLICT"

    current_version: int


class AlreadyHandedOver(Rejection):
    """A part waits for another organisation's answer already."""

    code = "ALREADY_HANDED_OVER"

    open_handover: Handover


class HandoverClosed(Rejection):
    """The handover has been answered or withdrawn."""

    code = "HANDOVER_CLOSED"

    state: HandoverState


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
