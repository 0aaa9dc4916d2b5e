"""Comments on a plan part."""

from __future__ import annotations

from domain.comment import Comment
from domain.plan import PlanPart
from resolvers import access
from resolvers.context import Context

MOST_COMMENTS = 100


async def for_part(ctx: Context, part: PlanPart, first: int = 50) -> list[Comment]:
    """Return the newest comments on a part and its lines; at most MOST_COMMENTS."""
    access.content(ctx, part.patient_id)
    access.beyond_shared(ctx, part.patient_id)
    comments = await ctx.loaders.comments.load((part.patient_id, part.id))
    return comments[: min(max(first, 0), MOST_COMMENTS)]
