"""What an accepted write was about, looked up anew under today's access."""

from __future__ import annotations

from domain.draft import Draft
from domain.plan import PlanPart
from domain.written import Written
from resolvers import draft, plan
from resolvers.context import Context


async def part(ctx: Context, written: Written) -> PlanPart:
    """Return the part that was written about, or the part of the draft that was."""
    if draft.is_one(written.subject_id):
        return await plan.part_by_id(ctx, (await draft.by_id(ctx, written.subject_id)).part_id)
    return await plan.part_by_id(ctx, written.subject_id)


async def only_draft(ctx: Context, written: Written) -> Draft:
    """Return the draft that was written."""
    return await draft.by_id(ctx, written.subject_id)


async def any_draft(ctx: Context, written: Written) -> Draft | None:
    """Return the draft that was written about, None when it was a part."""
    if not draft.is_one(written.subject_id):
        return None
    return await draft.by_id(ctx, written.subject_id)
