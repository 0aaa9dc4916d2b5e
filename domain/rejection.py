"""What a write can be answered with instead of being done: data for the client, not errors.

A rejected write has changed nothing. Every kind has a stable code, a sentence for the user in
`domain.wording` and, where it helps, what the client needs to do better.
"""

from __future__ import annotations

from typing import ClassVar

from domain.approval import ApprovalState
from domain.draft import DraftState
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
