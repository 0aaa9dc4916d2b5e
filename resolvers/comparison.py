"""Why a part may be outdated, as far as the viewer may know, and what that rests on."""

from __future__ import annotations

from domain.access.right import RIGHT_OF_SECTION
from domain.outdated.comparison import Comparison, ComparisonState, shown
from domain.outdated.reason import OutdatedReason
from domain.plan.part import IN_USE, PlanPart
from domain.wording.comparison import reason_sentence, state_sentence
from resolvers import access, unseen
from resolvers.context import Context


async def reasons(ctx: Context, part: PlanPart) -> list[OutdatedReason] | None:
    """Return why a part in use may be outdated, first noticed first; None when nothing was found.

    A reason comes from a source's section, and is told to those alone who may see that.
    """
    compared = await for_part(ctx, part)
    decided = ctx.decisions[part.patient_id]
    hidden = (await unseen.of_patient(ctx, part.patient_id)).hidden
    found = [
        reason
        for each in compared
        if RIGHT_OF_SECTION[each.section] not in hidden.rights
        for reason in shown(
            each,
            part.content,
            to_guardian=decided.is_parent,
            unseen=hidden.lines_of(part.id),
        )
    ]
    return sorted(found, key=lambda each: each.noticed_at) or None


async def for_part(ctx: Context, part: PlanPart) -> list[Comparison]:
    """Return how far a part in use is compared with each section that the viewer may see."""
    access.content(ctx, part.patient_id)
    access.beyond_shared(ctx, part.patient_id)
    if part.lifecycle not in IN_USE:
        return []
    decided = ctx.decisions[part.patient_id]
    compared = await ctx.loaders.comparisons.load((part.patient_id, part.id))
    return [each for each in compared if decided.section(each.section).is_allowed]


def state(ctx: Context, comparison: Comparison) -> ComparisonState:
    """Return what may be concluded from a comparison now."""
    return comparison.state(ctx.now)


def state_in_words(ctx: Context, comparison: Comparison) -> str:
    """Return the same in words."""
    return state_sentence(comparison.state(ctx.now), ctx.language)


def sentence(ctx: Context, reason: OutdatedReason) -> str:
    """Return a reason in words, without what the source says."""
    return reason_sentence(reason, ctx.language)
