"""Requests to correct or delete an entry: to the patient's side all, to personnel their own.

What was decided about an entry is also told to all who read the entry.
"""

from __future__ import annotations

from domain.access.patient import Patient
from domain.access.viewer import ViewerRole
from domain.cooperation.comment import Comment
from domain.cooperation.review import Review
from domain.cooperation.suggestion import Suggestion
from domain.errors import NotFound
from domain.following.measurement import Measurement
from domain.following.report import Report
from domain.keeping.correction import CorrectionRequest, standing_beside
from domain.wording import choice as choice_wording
from domain.written import Written
from resolvers import access, unseen
from resolvers.context import Context
from store.listing import CORRECTIONS


async def for_patient(ctx: Context, patient: Patient) -> list[CorrectionRequest]:
    """Return the requests, newest first; to personnel those that their organisation decides."""
    access.beyond_shared(ctx, patient.id)
    access.plan(ctx, patient.id)
    asked = await ctx.loaders.listed(CORRECTIONS).load(patient.id)
    left_out = await unseen.of_patient(ctx, patient.id)
    if left_out:
        asked = [each for each in asked if not left_out.leaves_out(each.id)]
        asked = [each for each in asked if not left_out.leaves_out(each.entry_id)]
    if access.of_patient(ctx, patient).is_representative:
        asked = [each for each in asked if not _is_of_another(ctx, patient, each)]
    if ctx.viewer.role is ViewerRole.CITIZEN:
        return asked
    return [each for each in asked if each.organisation_number == ctx.viewer.organisation]


def _is_of_another(ctx: Context, patient: Patient, request: CorrectionRequest) -> bool:
    """Tell whether somebody else asked who acts for the patient: that is their home's matter."""
    number = ctx.viewer.identity_number
    own = {each.value for each in patient.identity_numbers} | {number.value if number else ""}
    return request.asked_by_number is not None and request.asked_by_number not in own


async def beside(
    ctx: Context, entry: Report | Measurement | Comment | Suggestion | Review
) -> list[CorrectionRequest]:
    """Return the requests about an entry that were granted, or in part, newest first."""
    asked = await ctx.loaders.listed(CORRECTIONS).load(entry.patient_id)
    within = entry.report_id if isinstance(entry, Measurement) else None
    return standing_beside(asked, entry.id, within)


def decider(ctx: Context, request: CorrectionRequest) -> str | None:
    """Return who decided, by name: so much is told to those outside health care as well."""
    return None if request.decided_by is None else request.decided_by.name


def right_to_complain(ctx: Context, request: CorrectionRequest) -> str | None:
    """Return in words what can be done about a decision that refused anything."""
    return choice_wording.of_complaint(request.state, ctx.language)


async def of_written(ctx: Context, written: Written) -> CorrectionRequest:
    """Return the request that was written about."""
    record = access.permitted(ctx, await ctx.loaders.record.load(written.patient_id))
    for request in await for_patient(ctx, record.patient):
        if request.id == written.subject_id:
            return request
    raise NotFound
