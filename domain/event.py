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
    REPORT_SENT = "REPORT_SENT"
    REPORT_CORRECTED = "REPORT_CORRECTED"
    REPORT_WITHDRAWN = "REPORT_WITHDRAWN"
    REPORT_MOVED = "REPORT_MOVED"
    REPORT_SEEN = "REPORT_SEEN"
    REPORT_ACTED_ON = "REPORT_ACTED_ON"
    REPORT_ESCALATED = "REPORT_ESCALATED"


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
