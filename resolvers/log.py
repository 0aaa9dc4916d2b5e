"""The log of use, as far as the viewer may see it."""

from __future__ import annotations

from domain.access.audit import AuditEntry
from domain.access.decision import Access, Basis
from domain.access.patient import Patient
from domain.access.viewer import Viewer, ViewerRole
from resolvers import access
from resolvers.context import Context
from store.listing import LOG_LINES


async def for_patient(ctx: Context, patient: Patient) -> list[AuditEntry]:
    """Return the lines, newest first: all to the patient, their own to everyone else's staff."""
    access.beyond_shared(ctx, patient.id)
    decided = access.of_patient(ctx, patient)
    lines = await ctx.loaders.listed(LOG_LINES).load(patient.id)
    return [line for line in lines if _may_see(ctx.viewer, decided, line)]


def _may_see(viewer: Viewer, decided: Access, line: AuditEntry) -> bool:
    """Tell whether a line may be shown.

    A parent is not shown what the other parent did: lines of one home are none of the other's
    business, and could be dangerous there.
    """
    if viewer.role is not ViewerRole.CITIZEN:
        return viewer.hpr_number is not None and viewer.hpr_number == line.by.hpr_number
    if decided.relation is not None and decided.relation.basis is Basis.OWN:
        return True
    number = viewer.identity_number.value if viewer.identity_number else None
    return line.role is not ViewerRole.CITIZEN or line.by_number == number
