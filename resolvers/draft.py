"""Drafts, for those who may write them."""

from __future__ import annotations

from domain import ids
from domain.errors import NotFound, NotPermitted
from domain.plan.draft import Draft
from domain.plan.part import PlanPart
from domain.plan.version import DraftVersion
from domain.refusal import Refusal
from resolvers import access
from resolvers.context import Context


async def by_id(ctx: Context, id: str) -> Draft:
    """Return the draft with a public id, whatever became of it."""
    record = access.permitted(ctx, await ctx.store.patient.by_draft_id(id))
    patient_id = record.patient.id
    ctx.loaders.record.prime(patient_id, record)
    if not access.of_record(ctx, record).sees_drafts:
        raise NotFound
    access.plan(ctx, patient_id)
    access.content(ctx, patient_id)
    draft = await ctx.store.draft.by_id(patient_id, id)
    if draft is None:
        raise NotFound
    return draft


async def for_part(ctx: Context, part: PlanPart) -> list[Draft]:
    """Return the open drafts on top of a part."""
    if not ctx.decisions[part.patient_id].sees_drafts:
        raise NotPermitted(reason=Refusal.ROLE.name)
    access.content(ctx, part.patient_id)
    return await ctx.loaders.drafts.load((part.patient_id, part.id))


async def versions(ctx: Context, draft: Draft) -> list[DraftVersion]:
    """Return every content that was saved of a draft."""
    return await ctx.store.version.of_draft(draft.patient_id, draft.id)


def is_one(id: str) -> bool:
    """Tell whether a public id is a draft's."""
    return id.startswith(ids.DRAFT)
