"""What somebody may be entitled to with a patient's plan: the rows of the policy's table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from domain.operation import Operation
from domain.source.section import SectionName


class Right(Enum):
    """One thing that may be read, done or decided; several operations may ask for the same.

    SEE_PATIENT is to know that this is a patient here, and who; PLAN_STATUS that there is a plan.
    READ_ZONES is what is needed every day: the zone sheet, the routines and whom to call.
    READ_CARE_TEAM is the team that the hospital's record knows; the plan's own is in READ_PLAN.
    INFORM_KIN is to let next of kin read, of who can't consent or has died.
    """

    SEE_PATIENT = "SEE_PATIENT"
    PLAN_STATUS = "PLAN_STATUS"
    READ_ZONES = "READ_ZONES"
    READ_PLAN = "READ_PLAN"
    READ_DRAFTS = "READ_DRAFTS"
    READ_REPORTS = "READ_REPORTS"
    READ_MEDICINES = "READ_MEDICINES"
    READ_CRITICAL_INFO = "READ_CRITICAL_INFO"
    READ_APPOINTMENTS = "READ_APPOINTMENTS"
    READ_DOCUMENTS = "READ_DOCUMENTS"
    READ_CARE_TEAM = "READ_CARE_TEAM"
    READ_LOG = "READ_LOG"
    EXPORT = "EXPORT"
    SUBSCRIBE = "SUBSCRIBE"

    REPORT = "REPORT"
    MEASURE = "MEASURE"
    CHANGE_ENTRY = "CHANGE_ENTRY"
    MOVE_REPORT = "MOVE_REPORT"
    RECEIVE_REPORT = "RECEIVE_REPORT"
    COMMENT = "COMMENT"
    SETTLE_COMMENT = "SETTLE_COMMENT"
    SUGGEST = "SUGGEST"
    DECIDE_SUGGESTION = "DECIDE_SUGGESTION"
    AGREE = "AGREE"

    WRITE_DRAFT = "WRITE_DRAFT"
    APPROVE = "APPROVE"
    ACTIVATE = "ACTIVATE"
    END = "END"
    EDIT_TEAM = "EDIT_TEAM"
    REVIEW = "REVIEW"
    TAKE_TASK = "TAKE_TASK"
    HAND_OVER = "HAND_OVER"
    ANSWER_HANDOVER = "ANSWER_HANDOVER"

    SHARE = "SHARE"
    CONSENT = "CONSENT"
    RESERVE = "RESERVE"
    LOCK = "LOCK"
    OPEN_RESTRICTION = "OPEN_RESTRICTION"
    HIDE = "HIDE"
    DECIDE_FOR_CHILD = "DECIDE_FOR_CHILD"
    INFORM_KIN = "INFORM_KIN"
    REFUSE_OWN_ACCESS = "REFUSE_OWN_ACCESS"
    REVIEW_EMERGENCY = "REVIEW_EMERGENCY"
    PREVIEW = "PREVIEW"
    ASK_CORRECTION = "ASK_CORRECTION"
    DECIDE_CORRECTION = "DECIDE_CORRECTION"
    ASK_ABOUT_LOG = "ASK_ABOUT_LOG"
    ANSWER_ABOUT_LOG = "ANSWER_ABOUT_LOG"


RIGHT_OF_SECTION: Mapping[SectionName, Right] = {
    SectionName.MEDICATIONS: Right.READ_MEDICINES,
    SectionName.CRITICAL_INFO: Right.READ_CRITICAL_INFO,
    SectionName.APPOINTMENTS: Right.READ_APPOINTMENTS,
    SectionName.DOCUMENTS: Right.READ_DOCUMENTS,
    SectionName.CARE_TEAM: Right.READ_CARE_TEAM,
}

# None have the gateway's own work (ESCALATE, WARN_OF_BIRTHDAY), what is asked before any right is
# (OPEN_SHARE, and OPEN_EMERGENCY: domain.access.emergency), and what everybody may ask
# (EXPLAIN_ACCESS).
RIGHT_OF: Mapping[Operation, Right] = {
    Operation.READ: Right.SEE_PATIENT,
    Operation.EXPORT: Right.EXPORT,
    Operation.SEND_REPORT: Right.REPORT,
    Operation.REGISTER_MEASUREMENTS: Right.MEASURE,
    Operation.CORRECT_ENTRY: Right.CHANGE_ENTRY,
    Operation.WITHDRAW_ENTRY: Right.CHANGE_ENTRY,
    Operation.MOVE_REPORT: Right.MOVE_REPORT,
    Operation.MARK_SEEN: Right.RECEIVE_REPORT,
    Operation.MARK_ACTED_ON: Right.RECEIVE_REPORT,
    Operation.COMMENT: Right.COMMENT,
    Operation.ANSWER_COMMENT: Right.COMMENT,
    Operation.WITHDRAW_COMMENT: Right.COMMENT,
    Operation.PARK_COMMENT: Right.SETTLE_COMMENT,
    Operation.REOPEN_COMMENT: Right.SETTLE_COMMENT,
    Operation.SUGGEST: Right.SUGGEST,
    Operation.WITHDRAW_SUGGESTION: Right.SUGGEST,
    Operation.DECIDE_SUGGESTION: Right.DECIDE_SUGGESTION,
    Operation.AGREE: Right.AGREE,
    Operation.START_DRAFT: Right.WRITE_DRAFT,
    Operation.SAVE_DRAFT: Right.WRITE_DRAFT,
    Operation.DISCARD_DRAFT: Right.WRITE_DRAFT,
    Operation.REQUEST_APPROVAL: Right.WRITE_DRAFT,
    Operation.DECIDE_APPROVAL: Right.APPROVE,
    Operation.ACTIVATE: Right.ACTIVATE,
    Operation.HOLD: Right.END,
    Operation.RESUME: Right.END,
    Operation.COMPLETE: Right.END,
    Operation.REVOKE: Right.END,
    Operation.ENTER_IN_ERROR: Right.END,
    Operation.ADD_TEAM_MEMBER: Right.EDIT_TEAM,
    Operation.CHANGE_TEAM_MEMBER: Right.EDIT_TEAM,
    Operation.END_TEAM_MEMBERSHIP: Right.EDIT_TEAM,
    Operation.HOLD_REVIEW: Right.REVIEW,
    Operation.SET_REVIEW_DUE: Right.REVIEW,
    Operation.TAKE_TASK: Right.TAKE_TASK,
    Operation.RELEASE_TASK: Right.TAKE_TASK,
    Operation.OPEN_HANDOVER: Right.HAND_OVER,
    # Which organisation may decide about a handover stands in the handover itself.
    Operation.ACCEPT_HANDOVER: Right.ANSWER_HANDOVER,
    Operation.DECLINE_HANDOVER: Right.ANSWER_HANDOVER,
    Operation.WITHDRAW_HANDOVER: Right.ANSWER_HANDOVER,
    Operation.REGISTER_MOVE: Right.ANSWER_HANDOVER,
    Operation.SHARE: Right.SHARE,
    Operation.CHANGE_SHARE: Right.SHARE,
    Operation.WITHDRAW_SHARE: Right.SHARE,
    Operation.MAKE_SHARE_CODE: Right.SHARE,
    Operation.GIVE_CONSENT: Right.CONSENT,
    Operation.WITHDRAW_CONSENT: Right.CONSENT,
    Operation.RESERVE: Right.RESERVE,
    Operation.UNDO_RESERVATION: Right.RESERVE,
    Operation.SET_RESTRICTION: Right.LOCK,
    Operation.LIFT_RESTRICTION: Right.LOCK,
    Operation.BLOCK_PERSON: Right.LOCK,
    Operation.LIFT_BLOCK: Right.LOCK,
    Operation.OPEN_RESTRICTION: Right.OPEN_RESTRICTION,
    # Whose access it is, or on whose consent it rests, stands in the rule itself.
    Operation.CLOSE_ACCESS: Right.SEE_PATIENT,
    Operation.REVIEW_EMERGENCY: Right.REVIEW_EMERGENCY,
    Operation.ASK_CORRECTION: Right.ASK_CORRECTION,
    Operation.DECIDE_CORRECTION: Right.DECIDE_CORRECTION,
    Operation.HIDE_FROM_PARENTS: Right.HIDE,
    Operation.STOP_HIDING: Right.HIDE,
    Operation.REFUSE_OWN_ACCESS: Right.REFUSE_OWN_ACCESS,
    Operation.END_REFUSAL: Right.REFUSE_OWN_ACCESS,
    Operation.DECIDE_FOR_CHILD: Right.DECIDE_FOR_CHILD,
    Operation.END_DECISION: Right.DECIDE_FOR_CHILD,
    Operation.REGISTER_INCAPACITY: Right.DECIDE_FOR_CHILD,
    Operation.END_INCAPACITY: Right.DECIDE_FOR_CHILD,
    Operation.REGISTER_CARE_TAKEN_OVER: Right.DECIDE_FOR_CHILD,
    Operation.END_CARE_TAKEN_OVER: Right.DECIDE_FOR_CHILD,
    # From 12 on health personnel write down what child and parents have said of it.
    Operation.GIVE_OWN_ACCESS: Right.CONSENT,
    Operation.WITHDRAW_OWN_ACCESS: Right.CONSENT,
    Operation.REGISTER_REPRESENTATION: Right.CONSENT,
    Operation.END_REPRESENTATION: Right.CONSENT,
    Operation.INFORM_KIN: Right.INFORM_KIN,
    Operation.STOP_INFORMING_KIN: Right.INFORM_KIN,
    Operation.ASK_ABOUT_LOG: Right.ASK_ABOUT_LOG,
    Operation.ANSWER_ABOUT_LOG: Right.ANSWER_ABOUT_LOG,
    Operation.PREVIEW: Right.PREVIEW,
    Operation.ASK_STATUS: Right.PLAN_STATUS,
}

# What is fed by kjernejournal, and so hidden by reservation and by a block as the plan is.
OF_KJERNEJOURNAL = frozenset({Right.READ_CRITICAL_INFO})
# What each source keeps under its own locks.
OF_OTHER_SOURCES = frozenset(RIGHT_OF_SECTION.values()) - OF_KJERNEJOURNAL
# What is seen, and nothing done.
READS = frozenset(right for right in Right if right.name.startswith("READ_")) | {
    Right.SEE_PATIENT,
    Right.PLAN_STATUS,
    Right.SUBSCRIBE,
}
ABOUT_LOG = frozenset(
    {Right.READ_LOG, Right.ASK_ABOUT_LOG, Right.ANSWER_ABOUT_LOG, Right.REVIEW_EMERGENCY}
)
# What is about the patient's choices, and can be done while the plan is hidden.
BESIDE_THE_PLAN = ABOUT_LOG | {Right.SEE_PATIENT, Right.RESERVE, Right.EXPORT}
OF_THE_PLAN = frozenset(Right) - OF_KJERNEJOURNAL - OF_OTHER_SOURCES - BESIDE_THE_PLAN
