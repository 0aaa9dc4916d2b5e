"""A clinician's worklist, page by page."""

from __future__ import annotations

from datetime import date

from domain.access import age
from domain.access.patient import Patient
from domain.cooperation.worklist import WorklistEntry, WorklistFilter, WorklistPosition
from domain.plan.part import PlanKind
from resolvers import access
from resolvers.context import Context
from resolvers.page import Page, bounded, page_of, position_of
from resolvers.page import cursor_of as cursor_at


async def page(
    ctx: Context,
    first: int = 20,
    after: str | None = None,
    kind: PlanKind | None = None,
    approval_requested: bool | None = None,
    has_open_comments: bool | None = None,
    review_due_before: date | None = None,
    review_overdue: bool | None = None,
    has_unseen_reports: bool | None = None,
    may_be_outdated: bool | None = None,
    parents_choice: bool | None = None,
) -> Page[WorklistEntry]:
    """Return a page of the viewer's organisation's patients, newest change first."""
    organisation = access.organisation_of(ctx)
    size = bounded(first)
    keep = WorklistFilter(
        kind=kind,
        approval_requested=approval_requested,
        has_open_comments=has_open_comments,
        review_due_before=review_due_before,
        review_overdue=review_overdue,
        has_unseen_reports=has_unseen_reports,
        may_be_outdated=may_be_outdated,
        parents_choice=parents_choice,
    )
    place = position_of(after, WorklistPosition)
    found = await ctx.store.worklist.page(organisation, keep, place, size + 1, ctx.now)
    return page_of(found, size)


async def patient_of(ctx: Context, entry: WorklistEntry) -> Patient:
    """Return an entry's patient; the policy is asked again, whatever the list says."""
    found = access.permitted(ctx, await ctx.loaders.record.load(entry.patient_id)).patient
    ctx.disclosures.shown(found.id, "worklist")
    return found


def parents_choice_due(ctx: Context, entry: WorklistEntry) -> bool:
    """Tell whether it is to be chosen what parents keep."""
    return entry.is_parents_choice_due(age.today(ctx.now))


def cursor_of(ctx: Context, entry: WorklistEntry) -> str:
    """Return the cursor that continues after an entry."""
    return cursor_at(entry.position)
