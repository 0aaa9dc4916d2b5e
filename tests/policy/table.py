"""The table of the second statement, read from `statement.txt`, and its columns by kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def _read() -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, str]]:
    """Return each right's cell by column, and whose matter each right is."""
    lines = (Path(__file__).parent / "statement.txt").read_text("utf-8").splitlines()
    heading, *rows = [line.split() for line in lines if line and not line.startswith("#")]
    columns = heading[1:-2]
    end = len(columns) + 1
    cells = {row[0]: dict(zip(columns, row[1:end], strict=True)) for row in rows}
    return cells, {row[0]: row[end] for row in rows}


TABLE, WHOSE = _read()
RIGHTS = tuple(TABLE)

OWN = ("P16", "Y", "P0")
PARENTS = ("F", "F12", "F16", "FBV")
PATIENT_SIDE = (*OWN, *PARENTS, "BV", "V", "FM", "RAD", "NOK")
PERSONNEL = ("KO", "BEH", "STU", "AK")
BY_SHARE = ("MOT", "LEV")

# What an operation asks for (issue 3's operations in issue 4's words).
ASKS = {
    "READ": "SEE_PATIENT",
    "EXPORT": "EXPORT",
    "SEND_REPORT": "REPORT",
    "REGISTER_MEASUREMENTS": "MEASURE",
    "CORRECT_ENTRY": "CHANGE_ENTRY",
    "WITHDRAW_ENTRY": "CHANGE_ENTRY",
    "MOVE_REPORT": "MOVE_REPORT",
    "MARK_SEEN": "RECEIVE_REPORT",
    "MARK_ACTED_ON": "RECEIVE_REPORT",
    "COMMENT": "COMMENT",
    "ANSWER_COMMENT": "COMMENT",
    "WITHDRAW_COMMENT": "COMMENT",
    "PARK_COMMENT": "SETTLE_COMMENT",
    "REOPEN_COMMENT": "SETTLE_COMMENT",
    "SUGGEST": "SUGGEST",
    "WITHDRAW_SUGGESTION": "SUGGEST",
    "DECIDE_SUGGESTION": "DECIDE_SUGGESTION",
    "AGREE": "AGREE",
    "START_DRAFT": "WRITE_DRAFT",
    "SAVE_DRAFT": "WRITE_DRAFT",
    "DISCARD_DRAFT": "WRITE_DRAFT",
    "REQUEST_APPROVAL": "WRITE_DRAFT",
    "DECIDE_APPROVAL": "APPROVE",
    "ACTIVATE": "ACTIVATE",
    "HOLD": "END",
    "RESUME": "END",
    "COMPLETE": "END",
    "REVOKE": "END",
    "ENTER_IN_ERROR": "END",
    "ADD_TEAM_MEMBER": "EDIT_TEAM",
    "CHANGE_TEAM_MEMBER": "EDIT_TEAM",
    "END_TEAM_MEMBERSHIP": "EDIT_TEAM",
    "HOLD_REVIEW": "REVIEW",
    "SET_REVIEW_DUE": "REVIEW",
    "TAKE_TASK": "TAKE_TASK",
    "RELEASE_TASK": "TAKE_TASK",
    "OPEN_HANDOVER": "HAND_OVER",
    "ACCEPT_HANDOVER": "ANSWER_HANDOVER",
    "DECLINE_HANDOVER": "ANSWER_HANDOVER",
    "WITHDRAW_HANDOVER": "ANSWER_HANDOVER",
    "REGISTER_MOVE": "ANSWER_HANDOVER",
    "SHARE": "SHARE",
    "CHANGE_SHARE": "SHARE",
    "WITHDRAW_SHARE": "SHARE",
    "MAKE_SHARE_CODE": "SHARE",
    "GIVE_CONSENT": "CONSENT",
    "WITHDRAW_CONSENT": "CONSENT",
    "SET_RESTRICTION": "LOCK",
    "LIFT_RESTRICTION": "LOCK",
    "BLOCK_PERSON": "LOCK",
    "LIFT_BLOCK": "LOCK",
    "OPEN_RESTRICTION": "OPEN_RESTRICTION",
    "CLOSE_ACCESS": "SEE_PATIENT",
    "REVIEW_EMERGENCY": "REVIEW_EMERGENCY",
    "PREVIEW": "PREVIEW",
    "ASK_STATUS": "PLAN_STATUS",
    "RESERVE": "RESERVE",
    "UNDO_RESERVATION": "RESERVE",
    "ASK_CORRECTION": "ASK_CORRECTION",
    "DECIDE_CORRECTION": "DECIDE_CORRECTION",
    "HIDE_FROM_PARENTS": "HIDE",
    "STOP_HIDING": "HIDE",
    "REFUSE_OWN_ACCESS": "REFUSE_OWN_ACCESS",
    "END_REFUSAL": "REFUSE_OWN_ACCESS",
    "DECIDE_FOR_CHILD": "DECIDE_FOR_CHILD",
    "END_DECISION": "DECIDE_FOR_CHILD",
    "REGISTER_INCAPACITY": "DECIDE_FOR_CHILD",
    "END_INCAPACITY": "DECIDE_FOR_CHILD",
    "REGISTER_CARE_TAKEN_OVER": "DECIDE_FOR_CHILD",
    "END_CARE_TAKEN_OVER": "DECIDE_FOR_CHILD",
    "GIVE_OWN_ACCESS": "CONSENT",
    "WITHDRAW_OWN_ACCESS": "CONSENT",
    "REGISTER_REPRESENTATION": "CONSENT",
    "END_REPRESENTATION": "CONSENT",
    "INFORM_KIN": "INFORM_KIN",
    "STOP_INFORMING_KIN": "INFORM_KIN",
    "ASK_ABOUT_LOG": "ASK_ABOUT_LOG",
    "ANSWER_ABOUT_LOG": "ANSWER_ABOUT_LOG",
}
