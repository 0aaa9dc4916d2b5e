"""Who has been given a plan part, and the code that somebody else opens it with."""

from __future__ import annotations

from datetime import datetime

from domain.access.opening import CODE_LIFETIME
from domain.errors import NotFound
from domain.plan.part import PlanPart
from domain.plan.sharing import Share, Sharing, SharingState
from domain.written import Written
from resolvers import access
from resolvers import plan as plans
from resolvers.context import Context


def of_part(ctx: Context, part: PlanPart) -> Sharing:
    """Return who has been given the part."""
    access.beyond_shared(ctx, part.patient_id)
    return part.sharing


def state(ctx: Context, sharing: Sharing) -> SharingState:
    """Return where sharing stands now."""
    return sharing.state(ctx.now)


def is_open(ctx: Context, share: Share) -> bool:
    """Tell whether the recipient has it now."""
    return share.is_open(ctx.now)


async def written_part(ctx: Context, written: Written) -> PlanPart:
    """Return the part whose share was written."""
    return (await _written(ctx, written))[0]


async def written_share(ctx: Context, written: Written) -> Share:
    """Return the share that was written."""
    return (await _written(ctx, written))[1]


def code_until(ctx: Context, written: Written) -> datetime:
    """Return when the code that was made can no longer be used."""
    return written.receipt.at + CODE_LIFETIME


async def _written(ctx: Context, written: Written) -> tuple[PlanPart, Share]:
    record = access.permitted(ctx, await ctx.loaders.record.load(written.patient_id))
    plan = await plans.for_patient(ctx, record.patient)
    for part in plan.parts if plan else ():
        for share in part.sharing.shares:
            if share.id == written.subject_id:
                access.beyond_shared(ctx, part.patient_id)
                return part, share
    raise NotFound
