"""What is left out of the viewer's view of a patient; looked for only where something is hidden."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from domain.access.patient import PatientRecord
from domain.access.unseen import NOTHING_UNSEEN, Unseen, traces_asked, unseen
from domain.plan.part import Plan
from resolvers.context import Context

_decode: Callable[[msgspec.Raw], Plan | None] = msgspec.json.Decoder(Plan | None).decode


async def of_patient(ctx: Context, patient_id: str) -> Unseen:
    """Return what a viewer who has been let through is not to know of."""
    decided = ctx.decisions[patient_id]
    if not decided.hidden:
        return NOTHING_UNSEEN
    if patient_id not in ctx.unseen:
        record = await ctx.loaders.record.load(patient_id)
        traces = await ctx.loaders.traces.load(traces_asked(ctx.viewer, decided, patient_id))
        ctx.unseen[patient_id] = unseen(decided.hidden, _plan_of(record), traces)
    return ctx.unseen[patient_id]


def _plan_of(record: PatientRecord | None) -> Plan | None:
    return None if record is None else _decode(record.plan)
