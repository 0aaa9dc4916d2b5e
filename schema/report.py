"""Reports as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.content.zone import ZoneLevel
from domain.following import report as domain_report
from domain.following.entry import EntrySource, EntryStatus
from domain.following.report import Done, Feeling
from domain.wording.entry import label
from resolvers import correction, page, report
from schema.answer import Answer
from schema.assessment import Assessment, Sign
from schema.correction import EntryDecision
from schema.entry import EntryChange, ReplacedEntry
from schema.field import enum, field, plain
from schema.measurement import Measurement
from schema.node import Node
from schema.page import PageInfo
from schema.receiving import Receiving

enum(
    Done,
    "Whether an action of the plan was carried out.",
    **{done.name: f"{label(done, 'en')}." for done in Done},
)
enum(Feeling, "How it felt.", **{each.name: f"{label(each, 'en')}." for each in Feeling})


@strawberry.type(
    description="What was registered in one go: an action, how it felt, signs, a zone, values."
)
class Report(Node):
    source: EntrySource = plain("Who or what it comes from.")
    source_label: str = field(report.source_label, "The same as a label to show beside it.")
    author: str = plain("Who sent it.")
    on_behalf_of: str | None = plain("The patient's name, when a parent or proxy sent it.")
    happened_at: datetime = plain("When it was so, by the reporter's clock.")
    received_at: datetime = plain("When it came here, by our clock.")
    told_of: datetime = plain("The time it tells of: when it was so, or was measured before.")
    is_late: bool = plain("Whether it came over an hour after what it tells of.")
    part_id: strawberry.ID | None = plain("The plan part that it was told under.")
    content_version: int | None = plain("The content version it was assessed by.")
    action_id: strawberry.ID | None = plain("The action of that part that it is about.")
    done: Done | None = plain("Whether the action was carried out.")
    feeling: Feeling | None = plain("How it felt.")
    note: str | None = plain("In the reporter's own words.")
    signs: list[Sign] = plain("Warning signs of the plan that the reporter has seen.", size=20)
    chosen: ZoneLevel | None = plain("The zone that the reporter chose; it may be a worse one.")
    measurements: list[Measurement] = plain("The values that were measured.", size=20)
    level: ZoneLevel | None = plain(
        "The zone: the worst of what was evaluated, chosen and seen; null where it can't be said."
    )
    urgency: ZoneLevel | None = plain(
        "How the unit must take it: a value that was red is red here, though it came late, and one "
        "that can't be right or can't be understood is yellow."
    )
    assessment: Assessment | None = plain(
        "What zone evaluation said then; null when there was nothing to evaluate."
    )
    receiving: Receiving | None = plain("Where it stands at the unit that reads; null for none.")
    is_waiting: bool = plain("Whether it is yellow or red, current, and seen by nobody.")
    status: EntryStatus = plain("What became of it.")
    status_label: str = field(report.status_label, "The same in words.")
    change: EntryChange | None = plain("Why it is no longer current.")
    replaces: ReplacedEntry | None = plain("The report that it stands for.")
    decisions: list[EntryDecision] = field(
        correction.beside,
        "Requests to correct or delete it that were granted, in whole or in part, newest first.",
        size=2,
    )
    answer: Answer | None = field(report.answer_to, "What the reporter is told now.")

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:
        return isinstance(value, domain_report.Report)


@strawberry.type(description="A report in a list.")
class ReportEdge:
    cursor: str = field(report.cursor_of, "Continue after this edge with it.")
    node: Report = field(report.itself, "The report.")


@strawberry.type(description="A page of reports.")
class ReportConnection:
    edges: list[ReportEdge] = plain("The reports, newest received first.")
    page_info: PageInfo = field(page.info, "Where the page stands.")
