"""What the patient's sources propose for the plan, for those who write it."""

from __future__ import annotations

import asyncio

from domain.access.patient import Patient
from domain.errors import NotPermitted
from domain.plan import proposal
from domain.plan.proposal import Proposals
from domain.refusal import Refusal
from resolvers import section, source
from resolvers.context import Context


async def for_patient(ctx: Context, patient: Patient) -> Proposals:
    """Return what each source proposes; what may not be seen is not asked for."""
    if not ctx.decisions[patient.id].sees_drafts:
        raise NotPermitted(reason=Refusal.ROLE.name)
    fetches = (source.MEDICATIONS, source.CRITICAL_INFO, source.CARE_TEAM)
    medications, critical_info, care_team = await asyncio.gather(
        *(section.for_patient(ctx, patient, fetch) for fetch in fetches)
    )
    return Proposals(
        from_medications=proposal.from_medications(medications),
        from_critical_info=proposal.from_critical_info(critical_info),
        from_care_team=proposal.from_care_team(care_team),
    )
