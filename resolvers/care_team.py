"""Members of a plan's own care team."""

from __future__ import annotations

from domain.errors import NotFound
from domain.plan.care_team import TeamMember
from resolvers import access
from resolvers.context import Context
from resolvers.plan import for_patient


async def by_id(ctx: Context, patient_id: str, id: str) -> TeamMember:
    """Return a member of a patient's team, one who has left it too."""
    record = access.permitted(ctx, await ctx.loaders.record.load(patient_id))
    access.beyond_shared(ctx, record.patient.id)
    plan = await for_patient(ctx, record.patient)
    for member in plan.care_team if plan else ():
        if member.id == id:
            return member
    raise NotFound
