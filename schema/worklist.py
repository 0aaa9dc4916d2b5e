"""The worklist as a Relay connection."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from domain.content.zone import ZoneLevel
from domain.plan.part import PlanKind
from resolvers import page, worklist
from schema.field import field, plain
from schema.page import PageInfo
from schema.patient import Patient


@strawberry.type(description="One patient on the worklist, with what waits.")
class WorklistEdge:
    cursor: str = field(worklist.cursor_of, "Continue after this edge with it.")
    node: Patient | None = field(
        worklist.patient_of, "The patient; null if access ended since the list was made."
    )
    changed_at: datetime = plain(
        "When anything of the plan, or what is said or reported about it, last changed. Neither who "
        "takes a task, nor who opens a share, nor a question about the log is a change."
    )
    kinds: list[PlanKind] = plain("The kinds of part that are to be followed.", size=6)
    approval_requested: bool = plain("Whether a part waits for approval.")
    open_comments: int = plain("How many comments nobody has answered.")
    open_suggestions: int = plain("How many suggested edits nobody has decided about.")
    review_due: date | None = plain("The earliest day a part is to be reviewed.")
    unseen_reds: int = plain("How many red reports nobody has seen.")
    unseen_yellows: int = plain("How many yellow reports nobody has seen.")
    outdated_parts: int = plain(
        "How many parts may be outdated, as of the last answer of each source."
    )
    parents_choice_due: bool = field(
        worklist.parents_choice_due,
        "Whether it is to be chosen what parents keep: the child is 12 within 90 days, or is 12 to "
        "15, and nobody has.",
    )
    worst_unseen: ZoneLevel | None = plain("The worst zone of these; null when none waits.")


@strawberry.type(description="A page of the worklist.")
class WorklistConnection:
    edges: list[WorklistEdge] = plain("The patients, newest change first.")
    page_info: PageInfo = field(page.info, "Where the page stands.")
