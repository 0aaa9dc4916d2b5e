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


class Event(Noun):
    """One event; `number` counts the patient's events from 1 without gaps.

    `subject_id` is the part, draft or whatever else it is about, `version` that subject's version
    since then.
    """

    patient_id: str
    number: int
    id: str
    kind: EventKind
    subject_id: str
    at: datetime
    version: int | None = None
