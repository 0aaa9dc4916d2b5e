"""What a write can be answered with instead of being done: data for the client, not errors.

A rejected write has changed nothing. Every kind has a stable code, a sentence for the user in
`domain.wording` and, where it helps, what the client needs to do better. A fault's sentence is in
`domain.validation_wording`.
"""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from domain.approval import ApprovalState
from domain.draft import DraftState
from domain.mandatory.rule import Missing
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


class FaultCode(Enum):
    """What can be wrong with an input; `domain.validation_wording` has the sentences."""

    REQUIRED = "REQUIRED"
    BLANK = "BLANK"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    LINE_BREAK = "LINE_BREAK"
    CONTROL_CHARACTER = "CONTROL_CHARACTER"
    IDENTITY_NUMBER = "IDENTITY_NUMBER"
    BAD_ID = "BAD_ID"
    DUPLICATE_ID = "DUPLICATE_ID"
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE"
    DUPLICATE = "DUPLICATE"
    INCOMPLETE_CODE = "INCOMPLETE_CODE"
    UNKNOWN_CODE_SYSTEM = "UNKNOWN_CODE_SYSTEM"
    END_BEFORE_START = "END_BEFORE_START"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    NOT_POSITIVE = "NOT_POSITIVE"
    OUT_OF_ORDER = "OUT_OF_ORDER"
    DUPLICATE_ZONE = "DUPLICATE_ZONE"
    NO_LIMIT = "NO_LIMIT"
    LOW_NOT_BELOW_HIGH = "LOW_NOT_BELOW_HIGH"
    BASELINE_REQUIRED = "BASELINE_REQUIRED"
    BASELINE_NOT_USED = "BASELINE_NOT_USED"
    DIFFERENT_BASELINE = "DIFFERENT_BASELINE"
    BAD_UNIT = "BAD_UNIT"
    WRONG_UNIT = "WRONG_UNIT"
    DIFFERENT_UNIT = "DIFFERENT_UNIT"
    NOT_ONE_NUMBER = "NOT_ONE_NUMBER"
    OVERLAP = "OVERLAP"
    BAD_PHONE = "BAD_PHONE"
    BAD_ORGANISATION_NUMBER = "BAD_ORGANISATION_NUMBER"
    BAD_LANGUAGE = "BAD_LANGUAGE"
    TIME_ZONE_REQUIRED = "TIME_ZONE_REQUIRED"
    TIME_ZONE_NOT_ALLOWED = "TIME_ZONE_NOT_ALLOWED"
    OVERLAPPING_HOURS = "OVERLAPPING_HOURS"
    BAD_KEY = "BAD_KEY"
    NOT_TOGETHER = "NOT_TOGETHER"
    EMPTY_REPORT = "EMPTY_REPORT"
    ACTION_INCOMPLETE = "ACTION_INCOMPLETE"
    UNKNOWN_ACTION = "UNKNOWN_ACTION"
    NO_ZONES = "NO_ZONES"
    IN_THE_FUTURE = "IN_THE_FUTURE"
    NOT_A_NUMBER = "NOT_A_NUMBER"
    IMPOSSIBLE_VALUE = "IMPOSSIBLE_VALUE"
    SWAPPED_PRESSURES = "SWAPPED_PRESSURES"
    ONE_VALUE_ONLY = "ONE_VALUE_ONLY"


class Fault(Noun):
    """One thing wrong with an input: where and what kind, never the value that was sent.

    `path` is as in the input: `content.goals[2].problemIds[0]`. `other` is the path of the other
    place when two don't go together; `allowed` says what would do, where that can be said.
    """

    path: str
    code: FaultCode
    other: str | None = None
    allowed: str | None = None


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


class ContentMissing(Rejection):
    """The part can't be activated yet: all that law, guidance or a template still ask of it.

    `unread_lines` are lines that are still a template's text: an id, a zone's level, or a name.
    """

    code = "CONTENT_MISSING"

    missing: tuple[Missing, ...] = ()
    unread_lines: tuple[str, ...] = ()


class VersionConflict(Rejection):
    """Somebody else was first: the version that the writer saw is no longer the newest."""

    code = "VERSION_CONFLICT"

    current_version: int
