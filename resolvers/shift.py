"""Since my last shift: what changed, and what waits, with the patients of the organisation.

Every page is one statement, and the policy is asked about each patient on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.access.patient import Patient
from domain.access.right import Right
from domain.cooperation.shift import LONGEST, ChangePosition, ShiftChange, ShiftReport
from domain.cooperation.task import ShiftTask, TaskKind, TaskPosition
from domain.errors import BadInput
from domain.event import OF_SOURCES
from domain.following.report import Report
from domain.following.urgent import UrgentPosition, UrgentReport
from domain.wording.event import words
from domain.wording.plan import of_part
from domain.wording.urgent import sentence as urgent_words
from resolvers import access
from resolvers.context import Context
from resolvers.page import Page, bounded, page_of, position_of
from resolvers.page import cursor_of as cursor_at


async def report(ctx: Context, since: datetime) -> ShiftReport:
    """Return the report of the viewer's organisation since a time; its sections come later."""
    organisation = access.organisation_of(ctx)
    if since.tzinfo is None or not ctx.now - LONGEST <= since <= ctx.now:
        raise BadInput(f"`since` must have a time zone and lie in the last {LONGEST.days} days.")
    return ShiftReport(organisation=organisation, since=since, at=ctx.now)


async def changes(
    ctx: Context, report: ShiftReport, first: int = 20, after: str | None = None
) -> Page[ShiftChange]:
    """Return a page of what happened, newest first."""
    size, place = bounded(first), position_of(after, ChangePosition)
    found = await ctx.store.shift.changes(
        report.organisation, report.since, place, size + 1, ctx.now
    )
    seen = await _seen(ctx, found)
    return page_of(found, size, lambda each: each.patient_id in seen and _may_know(ctx, each))


async def reports(
    ctx: Context, report: ShiftReport, first: int = 20, after: str | None = None
) -> Page[UrgentReport]:
    """Return a page of the yellow and red reports: unseen ones first, whenever they came."""
    size, place = bounded(first), position_of(after, UrgentPosition)
    found = await ctx.store.shift.reports(
        report.organisation, report.since, place, size + 1, ctx.now
    )
    seen = await _seen(ctx, found)
    return page_of(found, size, lambda each: each.patient_id in seen and _is_shown(ctx, each))


async def handovers(
    ctx: Context, report: ShiftReport, first: int = 20, after: str | None = None
) -> Page[ShiftTask]:
    """Return a page of the handovers that wait for an answer."""
    return await _tasks(ctx, report, TaskKind.HANDOVER, first, after)


async def approvals(
    ctx: Context, report: ShiftReport, first: int = 20, after: str | None = None
) -> Page[ShiftTask]:
    """Return a page of the contents that wait for approval."""
    return await _tasks(ctx, report, TaskKind.APPROVAL, first, after)


async def comments(
    ctx: Context, report: ShiftReport, first: int = 20, after: str | None = None
) -> Page[ShiftTask]:
    """Return a page of the comments that nobody has answered."""
    return await _tasks(ctx, report, TaskKind.COMMENT, first, after)


async def reviews(
    ctx: Context, report: ShiftReport, first: int = 20, after: str | None = None
) -> Page[ShiftTask]:
    """Return a page of the parts to be reviewed today, or earlier."""
    return await _tasks(ctx, report, TaskKind.REVIEW, first, after)


async def children(
    ctx: Context, report: ShiftReport, first: int = 20, after: str | None = None
) -> Page[ShiftTask]:
    """Return a page of the children of whom it is to be chosen what parents keep."""
    return await _tasks(ctx, report, TaskKind.CHILD, first, after)


async def patient_of(ctx: Context, item: ShiftChange | ShiftTask | UrgentReport) -> Patient:
    """Return the patient that a change, task or report is about."""
    return access.permitted(ctx, await ctx.loaders.record.load(item.patient_id)).patient


def happened(ctx: Context, change: ShiftChange) -> str:
    """Return what happened and to which part, in words."""
    return of_part(change.part_kind, words(change.kind, ctx.language), ctx.language)


def sentence(ctx: Context, item: UrgentReport) -> str:
    """Return what was reported, under which part, and where it stands, in words."""
    return urgent_words(item, ctx.language)


def cursor_of(ctx: Context, item: ShiftChange | ShiftTask | UrgentReport) -> str:
    """Return the cursor that continues after an item."""
    return cursor_at(item.position)


def itself(ctx: Context, item: ShiftChange | ShiftTask) -> ShiftChange | ShiftTask:
    """Return the item of an edge, which is the item."""
    return item


def _may_know(ctx: Context, change: ShiftChange) -> bool:
    """Tell whether somebody who may see a patient may know of a change, too."""
    return change.kind not in OF_SOURCES or access.sees_sources(ctx, change.patient_id)


def report_in(ctx: Context, item: UrgentReport) -> Report:
    """Return the report that an edge leads to."""
    return item.report


def _is_shown(ctx: Context, item: UrgentReport) -> bool:
    """Tell whether a patient's report may be seen by whoever may see the patient."""
    decided = ctx.decisions[item.patient_id]
    is_own = decided.sees_report(item.report.author_id, ctx.viewer)
    return decided.content.is_allowed and is_own


async def _tasks(
    ctx: Context, report: ShiftReport, kind: TaskKind, first: int, after: str | None
) -> Page[ShiftTask]:
    size, place = bounded(first), position_of(after, TaskPosition)
    found = await ctx.store.task.page(kind, report.organisation, place, size + 1, ctx.now)
    seen = await _seen(ctx, found)
    return page_of(found, size, lambda each: each.patient_id in seen)


async def _seen(ctx: Context, items: Iterable[ShiftChange | ShiftTask | UrgentReport]) -> set[str]:
    """Return the patients that the policy lets the viewer see, whatever the list says."""
    patients = list({item.patient_id for item in items})
    records = await ctx.loaders.record.load_many(patients)
    seen = {
        patient_id
        for patient_id, record in zip(patients, records, strict=True)
        if record is not None and access.of_record(ctx, record).may(Right.SEE_PATIENT)
    }
    for patient_id in seen:
        ctx.disclosures.shown(patient_id, "shift_report")
    return seen
