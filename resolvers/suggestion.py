"""What is suggested to a plan part."""

from __future__ import annotations

from domain.cooperation.suggestion import Suggestion, SuggestionState
from domain.errors import NotFound
from domain.plan.part import PlanPart
from domain.written import Written
from resolvers import access
from resolvers import plan as plans
from resolvers.context import Context


async def for_part(
    ctx: Context, part: PlanPart, states: list[SuggestionState] | None = None
) -> list[Suggestion]:
    """Return what is suggested to a part, newest first; at most a hundred."""
    access.content(ctx, part.patient_id)
    access.beyond_shared(ctx, part.patient_id)
    found = await ctx.loaders.suggestions.load((part.patient_id, part.id))
    return [each for each in found if states is None or each.state in states]


async def written_suggestion(ctx: Context, written: Written) -> Suggestion:
    """Return the suggestion that was made or decided about."""
    access.permitted(ctx, await ctx.loaders.record.load(written.patient_id))
    access.beyond_shared(ctx, written.patient_id)
    found = await ctx.store.suggestion.by_id(written.patient_id, written.subject_id)
    if found is None:
        raise NotFound
    return found


async def written_part(ctx: Context, written: Written) -> PlanPart:
    """Return the part that the suggestion is about."""
    return await plans.part_by_id(ctx, (await written_suggestion(ctx, written)).part_id)
