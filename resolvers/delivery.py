"""What the record of the responsible organisation has been given, or waits for."""

from __future__ import annotations

from domain.access.patient import Patient
from domain.keeping.delivery import Delivery
from resolvers import access
from resolvers.context import Context
from store.listing import DELIVERIES


async def for_patient(ctx: Context, patient: Patient) -> list[Delivery]:
    """Return every delivery, newest first."""
    access.beyond_shared(ctx, patient.id)
    return await ctx.loaders.listed(DELIVERIES).load(patient.id)
