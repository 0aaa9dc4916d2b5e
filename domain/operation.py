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
    GIVE_CONSENT = "GIVE_CONSENT"
    WITHDRAW_CONSENT = "WITHDRAW_CONSENT"
    RESERVE = "RESERVE"
    UNDO_RESERVATION = "UNDO_RESERVATION"
    ASK_CORRECTION = "ASK_CORRECTION"
    DECIDE_CORRECTION = "DECIDE_CORRECTION"
    EXPORT = "EXPORT"
