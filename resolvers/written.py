"""What an accepted write was about, looked up anew under today's access."""

from __future__ import annotations

from domain.cooperation.handover import Handover
from domain.cooperation.task import ShiftTask
from domain.errors import NotFound, NotPermitted
from domain.following.answer import Answer
from domain.following.report import Report
from domain.plan.care_team import TeamMember
from domain.plan.draft import Draft
from domain.plan.part import PlanPart
from domain.written import Written
from resolvers import access, care_team, draft, handover, plan, report, task
from resolvers.context import Context


async def part(ctx: Context, written: Written) -> PlanPart:
    """Return the part that was written about, or the part of the draft that was."""
    if draft.is_one(written.subject_id):
        return await plan.part_by_id(ctx, (await draft.by_id(ctx, written.subject_id)).part_id)
    return await plan.part_by_id(ctx, written.subject_id)


async def only_draft(ctx: Context, written: Written) -> Draft:
    """Return the draft that was written."""
    return await draft.by_id(ctx, written.subject_id)


async def sent_report(ctx: Context, written: Written) -> Report:
    """Return the report that was written."""
    return await report.by_id(ctx, written.subject_id)


async def answer(ctx: Context, written: Written) -> Answer:
    """Return the answer to the report that was written."""
    return await report.answer_to(ctx, await sent_report(ctx, written))


async def moved_report(ctx: Context, written: Written) -> Report:
    """Return the report with the patient that it was moved to."""
    change = (await sent_report(ctx, written)).change
    if change is None or change.replaced_by is None:
        raise NotFound
    return await report.by_id(ctx, change.replaced_by)


async def answer_to_moved(ctx: Context, written: Written) -> Answer:
    """Return the answer to the report as it stands with the patient it was moved to."""
    return await report.answer_to(ctx, await moved_report(ctx, written))


async def any_draft(ctx: Context, written: Written) -> Draft | None:
    """Return the draft that was written about, None when it was a part."""
    if not draft.is_one(written.subject_id):
        return None
    return await draft.by_id(ctx, written.subject_id)


async def offered(ctx: Context, written: Written) -> Handover | None:
    """Return the handover, None to those whose care relation ended, or who may not read it."""
    if not await access.still_seen(ctx, written.patient_id):
        return None
    try:
        return await handover.by_id(ctx, written.patient_id, written.subject_id)
    except NotPermitted:
        return None


async def member(ctx: Context, written: Written) -> TeamMember | None:
    """Return the member, None to those whose care relation ended with the membership."""
    if not await access.still_seen(ctx, written.patient_id):
        return None
    return await care_team.by_id(ctx, written.patient_id, written.subject_id)


async def claimed(ctx: Context, written: Written) -> ShiftTask | None:
    """Return the task, None once it no longer waits."""
    return await task.by_id(ctx, written.patient_id, written.subject_id)
