"""What happened to a patient's plan: notices in order, without content."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain.noun import Noun


class EventKind(Enum):
    """What happened; followers read the rest with their own rights."""

    DRAFT_STARTED = "DRAFT_STARTED"
    DRAFT_SAVED = "DRAFT_SAVED"
    DRAFT_DISCARDED = "DRAFT_DISCARDED"
    PART_ACTIVATED = "PART_ACTIVATED"
    PART_REVISED = "PART_REVISED"
    PART_HELD = "PART_HELD"
    PART_RESUMED = "PART_RESUMED"
    PART_COMPLETED = "PART_COMPLETED"
    PART_REVOKED = "PART_REVOKED"
    PART_ENTERED_IN_ERROR = "PART_ENTERED_IN_ERROR"
    APPROVAL_REQUESTED = "APPROVAL_REQUESTED"
    APPROVAL_DECIDED = "APPROVAL_DECIDED"
    AGREEMENT_GIVEN = "AGREEMENT_GIVEN"
    SHARED = "SHARED"
    SHARE_CHANGED = "SHARE_CHANGED"
    SHARE_WITHDRAWN = "SHARE_WITHDRAWN"
    SHARE_CODE_MADE = "SHARE_CODE_MADE"
    SHARE_OPENED = "SHARE_OPENED"
    COMMENTED = "COMMENTED"
    COMMENT_ANSWERED = "COMMENT_ANSWERED"
    COMMENT_PARKED = "COMMENT_PARKED"
    COMMENT_REOPENED = "COMMENT_REOPENED"
    COMMENT_WITHDRAWN = "COMMENT_WITHDRAWN"
    SUGGESTED = "SUGGESTED"
    SUGGESTION_DECIDED = "SUGGESTION_DECIDED"
    SUGGESTION_WITHDRAWN = "SUGGESTION_WITHDRAWN"
    HANDOVER_OPENED = "HANDOVER_OPENED"
    HANDOVER_ACCEPTED = "HANDOVER_ACCEPTED"
    HANDOVER_DECLINED = "HANDOVER_DECLINED"
    HANDOVER_WITHDRAWN = "HANDOVER_WITHDRAWN"
    MOVE_REGISTERED = "MOVE_REGISTERED"
    TEAM_MEMBER_ADDED = "TEAM_MEMBER_ADDED"
    TEAM_MEMBER_CHANGED = "TEAM_MEMBER_CHANGED"
    TEAM_MEMBERSHIP_ENDED = "TEAM_MEMBERSHIP_ENDED"
    REVIEW_HELD = "REVIEW_HELD"
    REVIEW_DUE_SET = "REVIEW_DUE_SET"
    TASK_TAKEN = "TASK_TAKEN"
    TASK_RELEASED = "TASK_RELEASED"
    CONSENT_GIVEN = "CONSENT_GIVEN"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    RESERVED = "RESERVED"
    RESERVATION_UNDONE = "RESERVATION_UNDONE"
    RESTRICTION_SET = "RESTRICTION_SET"
    RESTRICTION_LIFTED = "RESTRICTION_LIFTED"
    PERSON_BLOCKED = "PERSON_BLOCKED"
    BLOCK_LIFTED = "BLOCK_LIFTED"
    RESTRICTION_OPENED = "RESTRICTION_OPENED"
    EMERGENCY_OPENED = "EMERGENCY_OPENED"
    ACCESS_CLOSED = "ACCESS_CLOSED"
    EMERGENCY_REVIEWED = "EMERGENCY_REVIEWED"
    ERASURE_BLOCKED = "ERASURE_BLOCKED"
    ERASED = "ERASED"
    CORRECTION_ASKED = "CORRECTION_ASKED"
    CORRECTION_DECIDED = "CORRECTION_DECIDED"
    PATIENT_DIED = "PATIENT_DIED"
    REPORT_SENT = "REPORT_SENT"
    REPORT_CORRECTED = "REPORT_CORRECTED"
    REPORT_WITHDRAWN = "REPORT_WITHDRAWN"
    REPORT_MOVED = "REPORT_MOVED"
    REPORT_SEEN = "REPORT_SEEN"
    REPORT_ACTED_ON = "REPORT_ACTED_ON"
    REPORT_ESCALATED = "REPORT_ESCALATED"
    MAY_BE_OUTDATED = "MAY_BE_OUTDATED"
    NO_LONGER_OUTDATED = "NO_LONGER_OUTDATED"
    ACCESS_SET = "ACCESS_SET"
    ACCESS_ENDED = "ACCESS_ENDED"
    REPRESENTATION_GIVEN = "REPRESENTATION_GIVEN"
    REPRESENTATION_ENDED = "REPRESENTATION_ENDED"
    BIRTHDAY_NEAR = "BIRTHDAY_NEAR"
    REGISTER_TOLD = "REGISTER_TOLD"
    LOG_QUESTION_ASKED = "LOG_QUESTION_ASKED"
    LOG_QUESTION_ANSWERED = "LOG_QUESTION_ANSWERED"
    SOURCE_CHANGED = "SOURCE_CHANGED"


OF_SOURCES = (
    EventKind.MAY_BE_OUTDATED,
    EventKind.NO_LONGER_OUTDATED,
    EventKind.SOURCE_CHANGED,
)
"""What rests on what sources say, and so is for those alone who may see it there."""

CHANGES_NOTHING = (
    # Who does what at which organisation is its own matter, and stands with the task.
    EventKind.TASK_TAKEN,
    EventKind.TASK_RELEASED,
    # What was shared is told when it is shared; who reads it then stands in the log of use.
    EventKind.SHARE_CODE_MADE,
    EventKind.SHARE_OPENED,
    # Between the patient and the privacy officer.
    EventKind.LOG_QUESTION_ASKED,
    EventKind.LOG_QUESTION_ANSWERED,
    EventKind.EMERGENCY_OPENED,
    EventKind.EMERGENCY_REVIEWED,
    # Whom a patient shuts out, and to whom they open, is told to nobody else.
    EventKind.PERSON_BLOCKED,
    EventKind.BLOCK_LIFTED,
    EventKind.RESTRICTION_OPENED,
    EventKind.ACCESS_CLOSED,
    # What a source holds is its own; what it means for the plan is told by a comparison.
    EventKind.SOURCE_CHANGED,
)
"""What changes nothing of a plan, nor of what is said or reported about it.

It is not told to a shift, and moves nobody up a worklist.
"""


class Event(Noun):
    """One event; `number` counts the patient's events from 1 without gaps.

    `subject_id` is the part, draft or whatever else it is about, `version` that subject's version
    since then. Of a source it is the name of the section that it feeds.
    """

    patient_id: str
    number: int
    id: str
    kind: EventKind
    subject_id: str
    at: datetime
    version: int | None = None


class PlacedEvent(Noun):
    """An event with its place among all patients' events, given once it was committed.

    Places grow, and not by one at a time. `organisations` are the numbers of those it concerns:
    all that the patient is, or was, in the care of, or shared with.
    """

    position: int
    event: Event
    organisations: tuple[str, ...] = ()
