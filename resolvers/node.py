"""Anything with an id, found by that id."""

from __future__ import annotations

from domain import ids
from domain.access.patient import Patient
from domain.errors import NotFound
from domain.following.report import Report
from domain.plan.part import Plan, PlanPart
from resolvers import patient, plan, report
from resolvers.context import Context


async def by_id(ctx: Context, id: str) -> Patient | Plan | PlanPart | Report:
    """Return the patient, plan, plan part or report with a public id, behind the same policy."""
    if id.startswith(ids.PATIENT):
        return await patient.by_id(ctx, id)
    if id.startswith(ids.PLAN):
        return await plan.by_id(ctx, id)
    if id.startswith(ids.PART):
        return await plan.part_by_id(ctx, id)
    if id.startswith(ids.REPORT):
        return await report.by_id(ctx, id)
    raise NotFound
