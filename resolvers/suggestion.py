"""What is suggested to a plan part."""

from __future__ import annotations

from msgspec.structs import replace

from domain.access.unseen import Unseen
from domain.cooperation.suggestion import Suggestion, SuggestionState
from domain.errors import NotFound
from domain.plan.part import PlanPart
from domain.written import Written
from resolvers import access, unseen
from resolvers import plan as plans
from resolvers.context import Context


async def for_part(
    ctx: Context, part: PlanPart, states: list[SuggestionState] | None = None
) -> list[Suggestion]:
    """Return what is suggested to a part, newest first; at most a hundred."""
    access.content(ctx, part.patient_id)
    access.beyond_shared(ctx, part.patient_id)
    left_out = await unseen.of_patient(ctx, part.patient_id)
    readers = await access.readers(ctx, part.patient_id)
    found = await ctx.loaders.suggestions.load((part.patient_id, part.id))
    return [
        _as_seen(each, left_out)
        for each in found
        if (states is None or each.state in states)
        and (each.is_by(readers[-1]) or not _is_of_other_parent(ctx, each))
        and not left_out.is_about(each.part_id, each.line_id)
    ]


async def written_suggestion(ctx: Context, written: Written) -> Suggestion:
    """Return the suggestion that was made or decided about."""
    access.permitted(ctx, await ctx.loaders.record.load(written.patient_id))
    access.beyond_shared(ctx, written.patient_id)
    found = await ctx.store.suggestion.by_id(written.patient_id, written.subject_id)
    left_out = await unseen.of_patient(ctx, written.patient_id)
    if found is None or left_out.is_about(found.part_id, found.line_id):
        raise NotFound
    return _as_seen(found, left_out)


async def written_part(ctx: Context, written: Written) -> PlanPart:
    """Return the part that the suggestion is about."""
    return await plans.part_by_id(ctx, (await written_suggestion(ctx, written)).part_id)


def _is_of_other_parent(ctx: Context, suggestion: Suggestion) -> bool:
    """Tell whether the viewer acts for the patient, and somebody else who does suggested it."""
    is_by_representative = suggestion.on_behalf_of is not None
    return ctx.decisions[suggestion.patient_id].is_representative and is_by_representative


def _as_seen(suggestion: Suggestion, left_out: Unseen) -> Suggestion:
    number = left_out.number(suggestion.part_id, suggestion.content_version)
    return replace(suggestion, content_version=number)
