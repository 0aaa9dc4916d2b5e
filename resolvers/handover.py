"""Handovers of a patient's plan, as far as the viewer may see them."""

from __future__ import annotations

from domain.cooperation.handover import Handover
from domain.errors import NotFound
from domain.plan.part import Plan
from domain.wording.handover import sentence as words
from resolvers import access
from resolvers.context import Context


async def for_plan(ctx: Context, plan: Plan) -> list[Handover]:
    """Return the plan's handovers, newest first."""
    access.content(ctx, plan.patient_id)
    access.beyond_shared(ctx, plan.patient_id)
    return await _seen(ctx, plan.patient_id)


async def by_id(ctx: Context, patient_id: str, id: str) -> Handover:
    """Return a handover of a patient's."""
    record = access.permitted(ctx, await ctx.loaders.record.load(patient_id))
    access.beyond_shared(ctx, record.patient.id)
    for handover in await _seen(ctx, record.patient.id):
        if handover.id == id:
            return handover
    raise NotFound


def sentence(ctx: Context, handover: Handover) -> str:
    """Return where the handover stands, in words."""
    return words(handover, ctx.language)


async def _seen(ctx: Context, patient_id: str) -> list[Handover]:
    """Return what may be seen: one home's new whereabouts are not told to the other by this."""
    found = await ctx.loaders.handovers.load(patient_id)
    if not ctx.decisions[patient_id].is_representative:
        return found
    return [handover for handover in found if handover.move is None]
