"""Whether somebody has a plan, to machines that ask before anybody has logged in."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from domain.access.decision import Access
from domain.access.patient import PatientRecord
from domain.access.rule import RuleKind
from domain.identity_number import IdentityNumber
from domain.plan.part import IN_USE, Lifecycle, Plan, PlanPart
from domain.plan.sharing import ShareScope
from domain.plan.status import PlanStatus, PrivacySetting, status_of
from resolvers import access
from resolvers.context import Context

_decode: Callable[[msgspec.Raw], Plan | None] = msgspec.json.Decoder(Plan | None).decode


async def by_identity_number(ctx: Context, identity_number: IdentityNumber) -> PlanStatus | None:
    """Return where the plan of whoever has or had a number stands.

    None of whom the machine may not know: nobody, or somebody it is nothing to. Nothing in the
    answer tells them apart.
    """
    access.machine(ctx)
    record = await ctx.store.patient.by_identity_number(identity_number.value)
    decided = access.to_tell_status(ctx, record)
    if record is None or decided is None:
        return None
    plan = _decode(record.plan)
    parts = [part for part in (plan.parts if plan else ()) if _is_known(part, decided)]
    return status_of(parts, _privacy(ctx, record, decided))


def _is_known(part: PlanPart, decided: Access) -> bool:
    """Tell whether a part counts: all of them, or what is shared, of pieces while it is in use."""
    if not decided.sees_part(part.id, part.lifecycle is Lifecycle.DRAFT):
        return False
    is_whole = ShareScope.WHOLE_PART in (decided.shared or {}).get(
        part.id, (ShareScope.WHOLE_PART,)
    )
    return is_whole or part.lifecycle in IN_USE


def _privacy(ctx: Context, record: PatientRecord, decided: Access) -> PrivacySetting | None:
    """Return what decides how the plan is opened; not told to whom something is shared with."""
    if decided.is_by_share:
        return None
    facts = record.facts
    return PrivacySetting(
        has_consent=facts.has_consent,
        is_restricted=any(facts.holding(RuleKind.RESTRICTION, ctx.now)),
        is_blocked=any(facts.holding(RuleKind.BLOCK, ctx.now)),
    )
