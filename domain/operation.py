"""What can be done to a plan."""

from __future__ import annotations

from enum import Enum


class Operation(Enum):
    """What somebody wants to do; the policy says who may, and the log that they did."""

    START_DRAFT = "START_DRAFT"
    SAVE_DRAFT = "SAVE_DRAFT"
    DISCARD_DRAFT = "DISCARD_DRAFT"
    ACTIVATE = "ACTIVATE"
    HOLD = "HOLD"
    RESUME = "RESUME"
    COMPLETE = "COMPLETE"
    REVOKE = "REVOKE"
    ENTER_IN_ERROR = "ENTER_IN_ERROR"
    REQUEST_APPROVAL = "REQUEST_APPROVAL"
    DECIDE_APPROVAL = "DECIDE_APPROVAL"
    AGREE = "AGREE"
    SEND_REPORT = "SEND_REPORT"
    REGISTER_MEASUREMENTS = "REGISTER_MEASUREMENTS"
    CORRECT_ENTRY = "CORRECT_ENTRY"
    WITHDRAW_ENTRY = "WITHDRAW_ENTRY"
    MOVE_REPORT = "MOVE_REPORT"
    MARK_SEEN = "MARK_SEEN"
    MARK_ACTED_ON = "MARK_ACTED_ON"
    ESCALATE = "ESCALATE"
