"""What waits for an organisation, as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.cooperation.task import TaskKind
from domain.plan.part import PlanKind
from resolvers import page, shift, task
from schema.author import Author
from schema.comment import Comment
from schema.field import enum, field, plain
from schema.handover import Handover
from schema.page import PageInfo
from schema.patient import Patient

enum(
    TaskKind,
    "What is to be done.",
    HANDOVER="To answer whether the organisation takes over.",
    APPROVAL="To approve a content, or send it back.",
    COMMENT="To answer a comment.",
    REVIEW="To review a part.",
    CHILD="To choose what parents keep of a child's plan from the day the child is 12.",
)


@strawberry.type(description="Who in the viewer's organisation has taken a task on.")
class TaskClaim:
    by: Author | None = plain("Who.")
    at: datetime = plain("When.")
    version: int = plain("Whoever lets the task go must have seen the newest.")


@strawberry.type(description="Something that waits for the viewer's organisation.")
class ShiftTask:
    id: strawberry.ID = plain("What it is taken and let go by.")
    kind: TaskKind = plain("What is to be done.")
    sentence: str = field(task.sentence, "What is to be done and with which part, in words.")
    subject_id: strawberry.ID = plain(
        "The handover, part, draft, comment or patient that it is about."
    )
    waiting_since: datetime = plain("Since when it waits; for a review, the day it is due.")
    taken: TaskClaim | None = plain("Who has taken it on; null when nobody has.")
    patient: Patient | None = field(shift.patient_of, "Whom it is about.")
    part_id: strawberry.ID | None = plain("The part that it is about, if it is about one.")
    part_kind: PlanKind | None = plain("The kind of that part.")
    handover: Handover | None = field(task.handover, "The handover that waits, if it is one.")
    comment: Comment | None = field(
        task.comment, "The comment that waits, if it is one of the part's 100 newest."
    )


@strawberry.type(description="One task of a page.")
class ShiftTaskEdge:
    cursor: str = field(shift.cursor_of, "Continue after this edge with it.")
    node: ShiftTask = field(shift.itself, "The task.")


@strawberry.type(description="A page of tasks, longest waiting first.")
class ShiftTaskConnection:
    edges: list[ShiftTaskEdge] = plain("The tasks with the patients that may be seen.")
    page_info: PageInfo = field(page.info, "Where the page stands.")
