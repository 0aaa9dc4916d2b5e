"""What happens to plans, as the graph names it."""

from __future__ import annotations

from domain.event import EventKind
from schema.field import enum

enum(
    EventKind,
    "What happened to a patient's plan. New kinds may come.",
    DRAFT_STARTED="A draft was begun.",
    DRAFT_SAVED="A draft was saved.",
    DRAFT_DISCARDED="A draft was put away.",
    PART_ACTIVATED="A part was taken into use.",
    PART_REVISED="A part has a new version in use.",
    PART_HELD="A part was put on hold.",
    PART_RESUMED="A part was taken up again.",
    PART_COMPLETED="A part has ended as meant.",
    PART_REVOKED="A part was withdrawn.",
    PART_ENTERED_IN_ERROR="A part was marked as entered in error.",
    APPROVAL_REQUESTED="Approval was asked for.",
    APPROVAL_DECIDED="Approval was given, or the version sent back.",
    AGREEMENT_GIVEN="Somebody said whether they agree.",
    HANDOVER_OPENED="Another organisation was asked to take over.",
    HANDOVER_ACCEPTED="Another organisation has taken over.",
    HANDOVER_DECLINED="Another organisation did not take over.",
    HANDOVER_WITHDRAWN="A request to take over was taken back.",
    MOVE_REGISTERED="The patient moves, and the new municipality was asked to take over.",
    TEAM_MEMBER_ADDED="Somebody was taken into the care team.",
    TEAM_MEMBER_CHANGED="A member's tasks or contact details changed.",
    TEAM_MEMBERSHIP_ENDED="Somebody has left the care team.",
    REVIEW_HELD="A part was reviewed.",
    REVIEW_DUE_SET="The day of a review was set.",
    TASK_TAKEN="Somebody has taken a task on.",
    TASK_RELEASED="Somebody has let a task go.",
)
