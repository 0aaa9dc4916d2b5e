"""Requests to correct or delete, asked by the mother and decided by personnel."""

from __future__ import annotations

from typing import Any

from domain.access.viewer import Viewer
from domain.keeping.correction import CorrectionDecision, CorrectionKind, CorrectionRequest
from resolvers import correction as corrections
from resolvers import patient as patients
from resolvers.writing import correction
from tests.writing.clinic import Clinic


async def ask(clinic: Clinic, entry_id: str, **fields: Any) -> Any:
    known = {
        "patient_id": clinic.patient_id,
        "kind": CorrectionKind.CORRECT,
        "entry_id": entry_id,
        "text": "Dette stemmer ikke. Hun er ikke redd for vann.",
    }
    return await clinic.ask(clinic.kari, correction.ASK, **known | fields)


async def decide(clinic: Clinic, viewer: Viewer, request_id: str, **fields: Any) -> Any:
    known = {
        "request_id": request_id,
        "expected_version": 1,
        "decision": CorrectionDecision.DECLINED,
        "reason": "Opplysningen er riktig og nødvendig.",
    }
    return await clinic.ask(viewer, correction.DECIDE, **known | fields)


async def seen(clinic: Clinic, viewer: Viewer) -> list[CorrectionRequest]:
    ctx = clinic.context(viewer)
    return await corrections.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
