"""Since my last shift, as the graph shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

import schema.event  # noqa: F401  # describes EventKind
from domain.event import EventKind
from domain.plan.part import PlanKind
from resolvers import page, shift
from schema.author import Author
from schema.field import field, plain
from schema.page import PageInfo
from schema.patient import Patient
from schema.report import Report
from schema.task import ShiftTaskConnection

_PAGE: dict[str, Any] = {
    "first": "At most so many, from 1 to 100.",
    "after": "Continue after this cursor.",
}


@strawberry.type(description="One thing that happened to a patient's plan.")
class ShiftChange:
    kind: EventKind = plain("What happened.")
    sentence: str = field(shift.happened, "What happened, and to which part, in words.")
    at: datetime = plain("When.")
    by: Author | None = plain("Who did it; null when that is not known.")
    patient: Patient | None = field(shift.patient_of, "Whose plan.")
    part_id: strawberry.ID | None = plain("The part that it happened to, if to one.")
    part_kind: PlanKind | None = plain("The kind of that part.")
    subject_id: strawberry.ID = plain("The part, draft, handover or other that it is about.")


@strawberry.type(description="One change of a page.")
class ShiftChangeEdge:
    cursor: str = field(shift.cursor_of, "Continue after this edge with it.")
    node: ShiftChange = field(shift.itself, "The change.")


@strawberry.type(description="A page of changes, newest first.")
class ShiftChangeConnection:
    edges: list[ShiftChangeEdge] = plain("The changes with the patients that may be seen.")
    page_info: PageInfo = field(page.info, "Where the page stands.")


@strawberry.type(description="A yellow or red report of a page, with whose it is.")
class UrgentReportEdge:
    cursor: str = field(shift.cursor_of, "Continue after this edge with it.")
    sentence: str = field(
        shift.sentence, "What was reported, under which part, and where it stands, in words."
    )
    patient: Patient | None = field(shift.patient_of, "Whose report.")
    part_kind: PlanKind | None = plain("The kind of the part that it was told under, if under one.")
    node: Report = field(
        shift.report_in, "The report; `receiving` says who has seen it or acted, and when."
    )


@strawberry.type(
    description="A page of yellow and red reports: those that nobody has seen first, red before "
    "yellow, and the longest waiting first."
)
class UrgentReportConnection:
    edges: list[UrgentReportEdge] = plain("The reports with the patients that may be seen.")
    page_info: PageInfo = field(page.info, "Where the page stands.")


@strawberry.type(
    description="What the viewer's organisation needs to know since a time, section by section. Each "
    "page is read when it is asked for, and the policy is asked about each patient on it."
)
class ShiftReport:
    since: datetime = plain("From when on, included.")
    at: datetime = plain("When the report was made.")
    changes: ShiftChangeConnection | None = field(
        shift.changes, "What happened to the plans of the patients on the worklist.", **_PAGE
    )
    reports: UrgentReportConnection | None = field(
        shift.reports,
        "Yellow and red reports: those that nobody has seen, however old, and then those that came, "
        "were taken or were changed since.",
        **_PAGE,
    )
    handovers: ShiftTaskConnection | None = field(
        shift.handovers, "Handovers that wait for the organisation's answer.", **_PAGE
    )
    approvals: ShiftTaskConnection | None = field(
        shift.approvals, "Contents that wait for approval.", **_PAGE
    )
    comments: ShiftTaskConnection | None = field(
        shift.comments, "Comments that nobody has answered.", **_PAGE
    )
    reviews: ShiftTaskConnection | None = field(
        shift.reviews, "Parts to be reviewed today, or earlier.", **_PAGE
    )
    children: ShiftTaskConnection | None = field(
        shift.children,
        "Children of whom it is to be chosen what parents keep: from 90 days before the child is 12, "
        "and until somebody has. For the organisation that answers for a part.",
        **_PAGE,
    )
