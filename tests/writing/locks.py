"""Locks and what opens them, as the tests set and read them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from domain.access.rule import AccessRule
from domain.access.viewer import Viewer
from domain.errors import NotPermitted
from domain.given_word import SpokenWord, WordGiver
from domain.plan.part import PlanPart
from domain.written import Written
from resolvers import lock
from resolvers import patient as patients
from resolvers.writing import block, emergency, opened_access, restriction
from tests.writing.clinic import STRANGER, Clinic

KARI_SAYS = SpokenWord(by="Kari Fjell", giver=WordGiver.PARENT, how="På telefon til avdelingen")
WHY = "Bevisstløs på legevakten"


async def restricted(clinic: Clinic, *rights: Any) -> Written:
    """Restrict as the mother."""
    return await clinic.do(
        clinic.kari, restriction.SET, patient_id=clinic.patient_id, rights=rights
    )


async def blocked(clinic: Clinic, person: Viewer) -> Written:
    """Block somebody as the mother."""
    return await clinic.do(
        clinic.kari,
        block.BLOCK,
        patient_id=clinic.patient_id,
        hpr_number=person.hpr_number,
        name=person.name or "Vikaren",
    )


async def opened(clinic: Clinic, viewer: Viewer, **fields: Any) -> Any:
    """Open what is restricted on the mother's consent."""
    known = {"patient_id": clinic.patient_id, "spoken": KARI_SAYS}
    return await clinic.ask(viewer, opened_access.OPEN, **known | fields)


async def emergency_by(clinic: Clinic, viewer: Viewer = STRANGER, **fields: Any) -> Any:
    """Open emergency access."""
    known = {"patient_id": clinic.patient_id, "reason": WHY}
    key = {"idempotency_key": str(uuid4())}
    asked = emergency.OPEN.command(**key | known | fields)
    return await emergency.OPEN(clinic.context(viewer), asked)


async def content(clinic: Clinic, viewer: Viewer, part_id: str) -> str:
    """Return whether somebody reads what a part says: READ, or the reason why they don't."""
    try:
        part: PlanPart = await clinic.part(viewer, part_id)
    except NotPermitted as refused:
        return str(refused.reason)
    return "READ" if part.content else "WITHHELD"


async def listed(clinic: Clinic, viewer: Viewer, what: str) -> list[AccessRule]:
    """Return restrictions, blocks or opened access as somebody sees them."""
    ctx = clinic.context(viewer)
    patient = await patients.by_id(ctx, clinic.patient_id)
    found: list[AccessRule] = await getattr(lock, what)(ctx, patient)
    return found
