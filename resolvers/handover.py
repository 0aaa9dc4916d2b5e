"""Handovers of a patient's plan, as far as the viewer may see them."""

from __future__ import annotations

from msgspec.structs import replace

from domain.access.unseen import Unseen
from domain.cooperation.handover import Handover
from domain.errors import NotFound
from domain.plan.part import Plan
from domain.wording.handover import sentence as words
from resolvers import access, unseen
from resolvers.context import Context


async def for_plan(ctx: Context, plan: Plan) -> list[Handover]:
    """Return the plan's handovers, newest first."""
    access.content(ctx, plan.patient_id)
    access.beyond_shared(ctx, plan.patient_id)
    return await _seen(ctx, plan.patient_id)


async def by_id(ctx: Context, patient_id: str, id: str) -> Handover:
    """Return a handover of a patient's, to whom the plan's handovers are told."""
    record = access.permitted(ctx, await ctx.loaders.record.load(patient_id))
    access.guarded(ctx, record.patient.id, "Plan.handovers")
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
    is_representative = ctx.decisions[patient_id].is_representative
    left_out = await unseen.of_patient(ctx, patient_id)
    return [
        _as_seen(each, left_out)
        for each in found
        if not (is_representative and each.move) and not left_out.leaves_out(each.id)
    ]


def _as_seen(handover: Handover, left_out: Unseen) -> Handover:
    """Return a handover without the parts and actions that are hidden."""
    if not left_out:
        return handover
    return replace(
        handover,
        part_ids=tuple(id for id in handover.part_ids if not left_out.is_about(id)),
        left_out=tuple(id for id in handover.left_out if not left_out.is_about(id)),
        open_actions=tuple(
            each
            for each in handover.open_actions
            if not left_out.is_about(each.part_id)
            and not left_out.is_about(each.part_id, each.line_id)
        ),
    )
