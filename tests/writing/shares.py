"""Recipients for tests, and how parts are shared with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.access.viewer import Viewer
from domain.plan.part import PlanPart
from domain.plan.sharing import RecipientKind, RecipientSetting, Share, ShareScope
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.writing import sharing
from tests.builders import NOW, a_citizen, a_number
from tests.writing.clinic import INGRID, Clinic

DAY = timedelta(days=1)
SCHOOL: dict[str, Any] = {
    "recipient": "Fjordvik skole",
    "kind": RecipientKind.ORGANISATION,
    "setting": RecipientSetting.SCHOOL,
    "scopes": (ShareScope.ZONE_SHEET, ShareScope.CONTACTS),
    "until": NOW + 90 * DAY,
}
ASSISTANT: dict[str, Any] = {
    "recipient": "Berit Sand",
    "kind": RecipientKind.PERSON,
    "setting": RecipientSetting.PERSONAL_ASSISTANT,
    "scopes": (ShareScope.ZONE_SHEET, ShareScope.ROUTINES),
    "until": NOW + 30 * DAY,
    "recipient_number": a_number("21878336590"),
}
THERAPIST: dict[str, Any] = {
    "recipient": "Fjordvik fysioterapi",
    "kind": RecipientKind.TEAM,
    "setting": RecipientSetting.HEALTH,
    "scopes": (ShareScope.WHOLE_PART,),
    "organisation_number": "999000150",
}
BERIT = a_citizen("21878336590", subject="s-berit", name="Berit Sand")


async def shared(clinic: Clinic, part_id: str, by: Viewer | None = None, **fields: Any) -> Share:
    to = SCHOOL | fields
    done = await clinic.do(by or clinic.kari, sharing.SHARE, part_id=part_id, **to)
    return await share_of(clinic, part_id, done.subject_id)


async def share_of(clinic: Clinic, part_id: str, share_id: str) -> Share:
    found = (await clinic.part(INGRID, part_id)).sharing.shares
    return next(share for share in found if share.id == share_id)


async def part_of_recipient(clinic: Clinic, viewer: Viewer) -> PlanPart | None:
    """Return the one part that a recipient finds, starting from nothing but who they are."""
    ctx = clinic.context(viewer)
    known = {patient.id: patient for patient in await patients.of_viewer(ctx, viewer)}
    found = known.get(clinic.patient_id)
    if found is None:
        return None
    plan = await plans.for_patient(ctx, found)
    assert plan is not None
    [only] = plans.parts(ctx, plan)
    return only
