"""Reviews that were held, and what is left to do after one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from domain.cooperation.review import Remaining, Review, ReviewOutcome, remaining
from domain.errors import NotFound
from domain.plan.part import PlanPart
from domain.wording.review import sentence as words
from domain.written import Written
from resolvers import access, unseen
from resolvers.context import Context
from resolvers.plan import part_by_id


async def for_part(ctx: Context, part: PlanPart) -> list[Review]:
    """Return the reviews of a part, newest first; of what was entered in error, to personnel."""
    access.content(ctx, part.patient_id)
    access.beyond_shared(ctx, part.patient_id)
    if part.content is None and not ctx.decisions[part.patient_id].sees_drafts:
        return []
    left_out = await unseen.of_patient(ctx, part.patient_id)
    found = await ctx.loaders.reviews.load((part.patient_id, part.id))
    return [
        replace(each, content_version=left_out.number(part.id, each.content_version))
        for each in found
    ]


async def of_written(ctx: Context, written: Written) -> Review:
    """Return the review that was held."""
    review = await ctx.store.review.by_id(written.patient_id, written.subject_id)
    if review is None:
        raise NotFound
    await part_by_id(ctx, review.part_id)
    return review


async def part_of_written(ctx: Context, written: Written) -> PlanPart:
    """Return the part that was reviewed."""
    return await part_by_id(ctx, (await of_written(ctx, written)).part_id)


async def left_to_do(ctx: Context, written: Written) -> Sequence[Remaining]:
    """Return what is left before the part has ended, if that is what the review concluded."""
    review = await of_written(ctx, written)
    if review.outcome is not ReviewOutcome.END:
        return ()
    part = await part_by_id(ctx, review.part_id)
    key = (part.patient_id, part.id)
    drafts = await ctx.loaders.drafts.load(key)
    comments = await ctx.loaders.comments.load(key)
    handovers = await ctx.loaders.handovers.load(part.patient_id)
    return remaining(part, drafts, comments, handovers, ctx.now)


def sentence(ctx: Context, of: Remaining) -> str:
    """Return what is left, in words."""
    return words(of, ctx.language)
