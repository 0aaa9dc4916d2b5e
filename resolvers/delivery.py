"""What the record of the responsible organisation has been given, or waits for."""

from __future__ import annotations

from msgspec.structs import replace

from domain.access.patient import Patient
from domain.access.unseen import Unseen
from domain.keeping.delivery import Delivery, Occasion
from resolvers import access, unseen
from resolvers.context import Context
from store.listing import DELIVERIES


async def for_patient(ctx: Context, patient: Patient) -> list[Delivery]:
    """Return every delivery, newest first."""
    access.beyond_shared(ctx, patient.id)
    found = await ctx.loaders.listed(DELIVERIES).load(patient.id)
    left_out = await unseen.of_patient(ctx, patient.id)
    return [_as_seen(each, left_out) for each in found if not _is_left_out(each, left_out)]


def _is_left_out(delivery: Delivery, left_out: Unseen) -> bool:
    """Tell whether what was delivered is hidden, or changed nothing that the viewer sees."""
    if left_out.is_about(delivery.part_id):
        return True
    part, number = left_out.parts.get(delivery.part_id), delivery.content_version
    is_of_change = delivery.occasion in (Occasion.ACTIVATED, Occasion.REVISED)
    return part is not None and is_of_change and part.number(number) == part.number(number - 1)


def _as_seen(delivery: Delivery, left_out: Unseen) -> Delivery:
    number = left_out.number(delivery.part_id, delivery.content_version)
    return replace(delivery, content_version=number)
