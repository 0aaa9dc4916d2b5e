"""Comments on a plan part, for those they are meant for."""

from __future__ import annotations

from domain.cooperation.comment import Comment, CommentStatus
from domain.errors import NotFound
from domain.plan.part import PlanPart
from domain.wording.comment import deleted, withdrawn
from domain.written import Written
from resolvers import access, correction, unseen
from resolvers import plan as plans
from resolvers.context import Context

MOST_COMMENTS = 100


async def for_part(ctx: Context, part: PlanPart, first: int = 50) -> list[Comment]:
    """Return the newest comments on a part and its lines; at most MOST_COMMENTS."""
    access.content(ctx, part.patient_id)
    access.beyond_shared(ctx, part.patient_id)
    readers = await access.readers(ctx, part.patient_id)
    comments = await ctx.loaders.comments.load((part.patient_id, part.id))
    left_out = await unseen.of_patient(ctx, part.patient_id)
    seen = [
        comment
        for comment in comments
        if all(map(comment.is_for, readers))
        and not left_out.is_about(comment.part_id, comment.line_id)
    ]
    return seen[: min(max(first, 0), MOST_COMMENTS)]


async def text(ctx: Context, comment: Comment) -> str:
    """Return what is said; of what was taken back, only its author still reads it.

    What a decision took away is read by nobody.
    """
    if comment.status is not CommentStatus.WITHDRAWN:
        return comment.text
    if any(each.takes_out for each in await correction.beside(ctx, comment)):
        return deleted(ctx.language)
    is_own = all(map(comment.is_by, await access.readers(ctx, comment.patient_id)))
    return comment.text if is_own else withdrawn(ctx.language)


async def written_comment(ctx: Context, written: Written) -> Comment:
    """Return the comment that was written or moved."""
    access.permitted(ctx, await ctx.loaders.record.load(written.patient_id))
    access.beyond_shared(ctx, written.patient_id)
    found = await ctx.store.comment.by_id(written.patient_id, written.subject_id)
    readers = await access.readers(ctx, written.patient_id)
    if found is None or not all(map(found.is_for, readers)):
        raise NotFound
    if (await unseen.of_patient(ctx, written.patient_id)).is_about(found.part_id, found.line_id):
        raise NotFound
    return found


async def written_part(ctx: Context, written: Written) -> PlanPart:
    """Return the part that the comment is on."""
    return await plans.part_by_id(ctx, (await written_comment(ctx, written)).part_id)
