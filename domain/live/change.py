"""A change of a patient's picture as whoever follows it is told: that it is, and where; no content.

It is told to those who may read the field of the graph that shows it, and to nobody else. Those who
act for the patient, and the patient, learn nothing that what is hidden from them would change: no
versions, and nothing of the kinds that one may know of and another not. They read the rest, or
follow the live view, which says what they may see and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from domain import ids
from domain.access.decision import Access
from domain.access.guard import GUARDS
from domain.access.standing import HEALTH_PERSONNEL, PATIENT_SIDE, REPRESENTATIVES, Standing
from domain.cooperation.notice import ENDINGS
from domain.event import Event, EventKind
from domain.noun import Noun
from domain.source.section import SectionName


class ChangedSection(Enum):
    """The section of a patient's picture that a change is in."""

    PLAN = "PLAN"
    DRAFTS = "DRAFTS"
    COMMENTS = "COMMENTS"
    SUGGESTIONS = "SUGGESTIONS"
    REPORTS = "REPORTS"
    SHARING = "SHARING"
    HANDOVERS = "HANDOVERS"
    TEAM = "TEAM"
    CHOICES = "CHOICES"
    ACCESS = "ACCESS"
    MEDICATIONS = "MEDICATIONS"
    CRITICAL_INFO = "CRITICAL_INFO"
    APPOINTMENTS = "APPOINTMENTS"
    CARE_TEAM = "CARE_TEAM"
    DOCUMENTS = "DOCUMENTS"


class ChangeNotice(Noun):
    """That something has changed; `subject_id` and `patient_id` are None to whom no more is told.

    `version` is the subject's since then; None where it has none, and to the patient's side.
    `cursor` is the place to go on from; each one who is told gets their own.
    """

    id: str
    kind: EventKind
    section: ChangedSection
    at: datetime
    patient_id: str | None = None
    subject_id: str | None = None
    version: int | None = None
    cursor: str = ""


class ResyncReason(Enum):
    """Why what was missed can't be told."""

    TOO_OLD = "TOO_OLD"
    UNKNOWN = "UNKNOWN"


class ResyncRequired(Noun):
    """That what was missed can't be told: all is to be read anew; `cursor` goes on from there."""

    reason: ResyncReason
    cursor: str


class Told(Noun):
    """How changes of a kind are told: in which section, and to whom who may read a field."""

    section: ChangedSection
    field: str
    to: frozenset[Standing] = frozenset(Standing)


_ALL = frozenset(Standing)
# What the one home, or the one parent, does is not always for the other to know of; nor is what a
# source holds, of which something may be hidden from them.
_NO_REPRESENTATIVE = _ALL - REPRESENTATIVES

# A source may hold a result or diagnosis back from the patient until somebody has talked with them:
# that something has changed there would tell of it.
_NO_PATIENT_SIDE = _ALL - PATIENT_SIDE

_PLAN = Told(section=ChangedSection.PLAN, field="PlanPart.lifecycle")
_APPROVAL = Told(section=ChangedSection.PLAN, field="PlanPart.approval")
_DRAFT = Told(section=ChangedSection.DRAFTS, field="PlanPart.drafts")
_REVIEW = Told(section=ChangedSection.PLAN, field="PlanPart.reviewDue")
_OUTDATED = Told(section=ChangedSection.PLAN, field="PlanPart.mayBeOutdated", to=HEALTH_PERSONNEL)
_COMMENT = Told(section=ChangedSection.COMMENTS, field="PlanPart.comments")
_SUGGESTION = Told(
    section=ChangedSection.SUGGESTIONS, field="PlanPart.suggestions", to=_NO_REPRESENTATIVE
)
_REPORT = Told(section=ChangedSection.REPORTS, field="Patient.reports")
_SHARE = Told(section=ChangedSection.SHARING, field="PlanPart.sharing", to=_NO_REPRESENTATIVE)
_HANDOVER = Told(section=ChangedSection.HANDOVERS, field="Plan.handovers")
_TEAM = Told(section=ChangedSection.TEAM, field="Plan.careTeam")
_CHOICE = Told(section=ChangedSection.CHOICES, field="Patient.consents", to=_NO_REPRESENTATIVE)
_CORRECTION = Told(
    section=ChangedSection.CHOICES, field="Patient.correctionRequests", to=_NO_REPRESENTATIVE
)
_LOCK = Told(section=ChangedSection.ACCESS, field="Patient.restrictions", to=_NO_REPRESENTATIVE)
_BLOCK = Told(section=ChangedSection.ACCESS, field="Patient.blocks", to=_NO_REPRESENTATIVE)
_OPENED = Told(section=ChangedSection.ACCESS, field="Patient.openedAccess", to=_NO_REPRESENTATIVE)
_RULE = Told(section=ChangedSection.ACCESS, field="Patient.accessRules", to=HEALTH_PERSONNEL)
_PERSON = Told(section=ChangedSection.ACCESS, field="Patient.name", to=HEALTH_PERSONNEL)

_TOLD: Mapping[EventKind, Told] = {
    **dict.fromkeys(
        (
            EventKind.PART_ACTIVATED,
            EventKind.PART_REVISED,
            EventKind.PART_HELD,
            EventKind.PART_RESUMED,
            EventKind.PART_COMPLETED,
            EventKind.PART_REVOKED,
            EventKind.PART_ENTERED_IN_ERROR,
        ),
        _PLAN,
    ),
    **dict.fromkeys((EventKind.APPROVAL_REQUESTED, EventKind.APPROVAL_DECIDED), _APPROVAL),
    EventKind.AGREEMENT_GIVEN: Told(
        section=ChangedSection.PLAN, field="PlanPart.agreements", to=_NO_REPRESENTATIVE
    ),
    **dict.fromkeys(
        (EventKind.DRAFT_STARTED, EventKind.DRAFT_SAVED, EventKind.DRAFT_DISCARDED), _DRAFT
    ),
    **dict.fromkeys((EventKind.REVIEW_HELD, EventKind.REVIEW_DUE_SET), _REVIEW),
    **dict.fromkeys((EventKind.MAY_BE_OUTDATED, EventKind.NO_LONGER_OUTDATED), _OUTDATED),
    **dict.fromkeys(
        (
            EventKind.COMMENTED,
            EventKind.COMMENT_ANSWERED,
            EventKind.COMMENT_PARKED,
            EventKind.COMMENT_REOPENED,
            EventKind.COMMENT_WITHDRAWN,
        ),
        _COMMENT,
    ),
    **dict.fromkeys(
        (EventKind.SUGGESTED, EventKind.SUGGESTION_DECIDED, EventKind.SUGGESTION_WITHDRAWN),
        _SUGGESTION,
    ),
    **dict.fromkeys(
        (
            EventKind.REPORT_SENT,
            EventKind.REPORT_CORRECTED,
            EventKind.REPORT_WITHDRAWN,
            EventKind.REPORT_MOVED,
            EventKind.REPORT_SEEN,
            EventKind.REPORT_ACTED_ON,
            EventKind.REPORT_ESCALATED,
        ),
        _REPORT,
    ),
    **dict.fromkeys(
        (
            EventKind.SHARED,
            EventKind.SHARE_CHANGED,
            EventKind.SHARE_WITHDRAWN,
            EventKind.SHARE_CODE_MADE,
            EventKind.SHARE_OPENED,
        ),
        _SHARE,
    ),
    **dict.fromkeys(
        (
            EventKind.HANDOVER_OPENED,
            EventKind.HANDOVER_ACCEPTED,
            EventKind.HANDOVER_DECLINED,
            EventKind.HANDOVER_WITHDRAWN,
            EventKind.MOVE_REGISTERED,
        ),
        _HANDOVER,
    ),
    **dict.fromkeys(
        (
            EventKind.TEAM_MEMBER_ADDED,
            EventKind.TEAM_MEMBER_CHANGED,
            EventKind.TEAM_MEMBERSHIP_ENDED,
        ),
        _TEAM,
    ),
    **dict.fromkeys(
        (
            EventKind.CONSENT_GIVEN,
            EventKind.CONSENT_WITHDRAWN,
            EventKind.RESERVED,
            EventKind.RESERVATION_UNDONE,
            EventKind.ERASED,
            EventKind.ERASURE_BLOCKED,
        ),
        _CHOICE,
    ),
    **dict.fromkeys((EventKind.CORRECTION_ASKED, EventKind.CORRECTION_DECIDED), _CORRECTION),
    **dict.fromkeys((EventKind.RESTRICTION_SET, EventKind.RESTRICTION_LIFTED), _LOCK),
    **dict.fromkeys((EventKind.PERSON_BLOCKED, EventKind.BLOCK_LIFTED), _BLOCK),
    **dict.fromkeys(
        (
            EventKind.RESTRICTION_OPENED,
            EventKind.EMERGENCY_OPENED,
            EventKind.ACCESS_CLOSED,
            EventKind.EMERGENCY_REVIEWED,
        ),
        _OPENED,
    ),
    **dict.fromkeys(
        (
            EventKind.ACCESS_SET,
            EventKind.ACCESS_ENDED,
            EventKind.REPRESENTATION_GIVEN,
            EventKind.REPRESENTATION_ENDED,
        ),
        _RULE,
    ),
    **dict.fromkeys(
        (EventKind.PATIENT_DIED, EventKind.REGISTER_TOLD, EventKind.BIRTHDAY_NEAR), _PERSON
    ),
}

NOT_TOLD = frozenset(
    {
        # Who does what at work stands with the task.
        EventKind.TASK_TAKEN,
        EventKind.TASK_RELEASED,
        # Between the patient and the privacy officer.
        EventKind.LOG_QUESTION_ASKED,
        EventKind.LOG_QUESTION_ANSWERED,
    }
)

_FIELD_OF_SECTION: Mapping[SectionName, str] = {
    SectionName.MEDICATIONS: "Patient.medications",
    SectionName.CRITICAL_INFO: "Patient.criticalInfo",
    SectionName.APPOINTMENTS: "Patient.appointments",
    SectionName.CARE_TEAM: "Patient.careTeam",
    SectionName.DOCUMENTS: "Patient.documents",
}

RECEIVED = frozenset({ChangedSection.SHARING, ChangedSection.HANDOVERS})
"""The sections that somebody is in as a receiver, whatever else they may see."""


def told(event: Event) -> Told | None:
    """Return how an event is told; None of what nobody follows."""
    if event.kind is EventKind.SOURCE_CHANGED:
        name = SectionName[event.subject_id]
        section, field = ChangedSection[name.name], _FIELD_OF_SECTION[name]
        return Told(section=section, field=field, to=_NO_PATIENT_SIDE)
    return _TOLD.get(event.kind)


def may_know(event: Event, access: Access) -> bool:
    """Tell whether somebody may know of an event, but for what is hidden by itself."""
    how = told(event)
    if how is None or access.standing not in how.to:
        return False
    guard = GUARDS[how.field]
    if guard.refusal(access) is not None:
        return False
    if how.section is not ChangedSection.REPORTS and access.hidden.rights & set(guard.rights):
        return False  # of reports, those that are hidden are known one by one
    is_of_part = event.subject_id.startswith(ids.PART)
    return not is_of_part or access.sees_part(event.subject_id, is_draft=False)


def notice(event: Event, section: ChangedSection, access: Access) -> ChangeNotice:
    """Return what is told of an event to somebody who may know of it."""
    is_told_version = access.standing not in PATIENT_SIDE
    return ChangeNotice(
        id=event.id,
        kind=event.kind,
        section=section,
        at=event.at,
        patient_id=event.patient_id,
        subject_id=event.subject_id,
        version=event.version if is_told_version else None,
    )


def bare(event: Event, section: ChangedSection) -> ChangeNotice:
    """Return what a receiver is told of what has been taken back: that it has."""
    return ChangeNotice(id=event.id, kind=event.kind, section=section, at=event.at)


def is_ending(event: Event) -> bool:
    """Tell whether a receiver is told of an event though they may know of nothing else."""
    return event.kind in ENDINGS
