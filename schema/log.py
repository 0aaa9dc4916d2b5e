"""The log of use as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.access.relation import Basis
from domain.access.viewer import ViewerRole
from domain.operation import Operation
from domain.refusal import Refusal
from resolvers import log, log_question, page
from schema.author import Author
from schema.field import enum, field, plain
from schema.page import PageInfo

enum(
    Operation,
    "What was done.",
    READ="Something was read, or somebody tried to.",
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
    OPEN_SHARE="A share was opened by a code, which is used up by it.",
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
    COMPARE="A source was asked by the gateway, to see whether the plan may be outdated.",
    GIVE_CONSENT="Consent was given.",
    WITHDRAW_CONSENT="Consent was withdrawn.",
    RESERVE="A reservation was made.",
    UNDO_RESERVATION="A reservation was ended.",
    SET_RESTRICTION="Something was restricted.",
    LIFT_RESTRICTION="A restriction was lifted.",
    BLOCK_PERSON="A person was blocked.",
    LIFT_BLOCK="A block was lifted.",
    OPEN_RESTRICTION="What is restricted was opened on the patient's consent.",
    OPEN_EMERGENCY="Emergency access was opened.",
    CLOSE_ACCESS="Opened access was ended before its time.",
    REVIEW_EMERGENCY="An emergency access was reviewed.",
    ASK_CORRECTION="An entry was asked to be corrected or deleted.",
    DECIDE_CORRECTION="A request for correction was decided.",
    HIDE_FROM_PARENTS="Something was hidden from parents.",
    STOP_HIDING="Parents were let see what was hidden.",
    REFUSE_OWN_ACCESS="Something was kept from the patient.",
    END_REFUSAL="The patient was let see what had been kept from them.",
    DECIDE_FOR_CHILD="It was decided who sees what of a child's plan.",
    END_DECISION="A decision about a child's plan was ended.",
    GIVE_OWN_ACCESS="A child's own login was agreed to.",
    WITHDRAW_OWN_ACCESS="The agreement to a child's own login was taken back.",
    REGISTER_INCAPACITY="It was registered that the patient can't consent.",
    END_INCAPACITY="It was registered that the patient can consent again.",
    REGISTER_CARE_TAKEN_OVER="It was registered that child welfare has the care.",
    END_CARE_TAKEN_OVER="It was registered that child welfare no longer has the care.",
    INFORM_KIN="One of the next of kin was let in to read.",
    STOP_INFORMING_KIN="One of the next of kin may read no more.",
    REGISTER_REPRESENTATION="It was registered who may act for the patient.",
    END_REPRESENTATION="It was registered that somebody may no longer act for the patient.",
    WARN_OF_BIRTHDAY="The gateway told that the child will soon be 12.",
    ASK_ABOUT_LOG="A question about the log of use was asked.",
    ANSWER_ABOUT_LOG="A question about the log of use was answered.",
    EXPORT="Everything that could be seen was taken out as a file.",
    PREVIEW="A clinician saw what the patient or a representative would see.",
    ASK_STATUS="A machine asked whether there is a plan, and where it stands.",
    EXPLAIN_ACCESS="Somebody asked what they may see and do, and why.",
)


@strawberry.type(description="A plan part that was shown to somebody.")
class PartShown:
    part_id: strawberry.ID = plain("The part.")
    content_version: int | None = plain("The version of what it said; null without content.")


@strawberry.type(
    description="One line of the log of use: what one person did in one way on one day (in Norway), "
    "however often. The log itself keeps every entry."
)
class LogLine:
    id: strawberry.ID = plain("The id of the newest entry, to ask about.")
    sentence: str = field(log.sentence, "The whole line in plain words.")
    count: int = plain("How often it was done that day.")
    first_at: datetime = plain("When it was first done that day.")
    at: datetime = plain("When it was last done that day.")
    operation: Operation = plain("What was done.")
    subject_id: strawberry.ID = plain("What it was done to the last time.")
    by: Author = plain("Who did it, and for which organisation.")
    role: ViewerRole | None = plain("The kind of caller; null for the gateway itself.")
    basis: Basis | None = plain(
        "What their access rested on; null for the gateway itself, and where they had none."
    )
    purpose_of_use: str | None = plain("The purpose that was stated.")
    on_behalf_of: strawberry.ID | None = plain("The patient, when a parent did it for a child.")
    refusal: Refusal | None = plain("Why it was refused; null when it was not.")
    shown: list[str] = field(log.shown, "What was shown, each thing in words.", size=20)
    parts: list[PartShown] = field(
        log.parts, "The plan parts that were shown, and versions.", size=10
    )


@strawberry.type(description="One line on a page of the log.")
class LogEdge:
    cursor: str = field(log.cursor, "Continue after this edge with it.")
    node: LogLine = field(log.itself, "The line.")


@strawberry.type(description="A page of the log of use.")
class LogConnection:
    edges: list[LogEdge] = plain("The lines, newest first.")
    page_info: PageInfo = field(page.info, "Where the page stands.")


@strawberry.type(description="A question about a line of the log of use.")
class LogQuestion:
    id: strawberry.ID = plain("The question's id.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    entry_id: strawberry.ID = plain("The entry of the log that it is about.")
    line: LogLine | None = field(
        log_question.line, "That entry; null once its time in the log is over."
    )
    text: str = plain("What is asked.")
    asked_by: Author = plain("Who asks.")
    asked_at: datetime = plain("When.")
    answer: str | None = plain("The privacy officer's answer; null while it waits.")
    answered_by: Author | None = plain("Who answered.")
    answered_at: datetime | None = plain("When.")


@strawberry.type(description="One question on a page of questions.")
class LogQuestionEdge:
    cursor: str = field(log_question.cursor, "Continue after this edge with it.")
    node: LogQuestion = field(log_question.itself, "The question.")


@strawberry.type(description="A page of questions about the log.")
class LogQuestionConnection:
    edges: list[LogQuestionEdge] = plain("The questions, newest first.")
    page_info: PageInfo = field(page.info, "Where the page stands.")
