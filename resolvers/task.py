"""What waits for the viewer's organisation, and who there has taken it on."""

from __future__ import annotations

from domain.cooperation.comment import Comment
from domain.cooperation.handover import Handover
from domain.cooperation.task import ShiftTask, TaskKind
from domain.wording.task import sentence as words
from resolvers import access
from resolvers.context import Context


async def by_id(ctx: Context, patient_id: str, id: str) -> ShiftTask | None:
    """Return a task of the viewer's organisation, None once it no longer waits."""
    access.permitted(ctx, await ctx.loaders.record.load(patient_id))
    return await ctx.store.task.by_id(access.organisation_of(ctx), id, ctx.now)


async def handover(ctx: Context, task: ShiftTask) -> Handover | None:
    """Return the handover that waits, None when it is something else."""
    if task.kind is not TaskKind.HANDOVER:
        return None
    found = await ctx.loaders.handovers.load(task.patient_id)
    return next((each for each in found if each.id == task.subject_id), None)


async def comment(ctx: Context, task: ShiftTask) -> Comment | None:
    """Return the comment that waits; None when it is something else, or much has come since."""
    if task.kind is not TaskKind.COMMENT or task.part_id is None:
        return None
    access.permitted(ctx, await ctx.loaders.record.load(task.patient_id))
    access.content(ctx, task.patient_id)
    found = await ctx.loaders.comments.load((task.patient_id, task.part_id))
    return next((each for each in found if each.id == task.subject_id), None)


def sentence(ctx: Context, task: ShiftTask) -> str:
    """Return what waits and of which part, in words."""
    return words(task, ctx.language)
