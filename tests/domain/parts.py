"""Parts of plans for the rules about them."""

from __future__ import annotations

from typing import Any

from domain.author import Author
from domain.plan.part import Lifecycle, PlanKind, PlanPart
from tests.builders import HOSPITAL, NOW
from tests.contents import a_content

INGRID = Author(
    name="Ingrid Haugen",
    role="Sykepleier",
    organisation="Barneavdelingen",
    hpr_number="9144897",
    organisation_number=HOSPITAL,
)


def a_part(id: str = "prt_1", **changes: Any) -> PlanPart:
    known: dict[str, Any] = {
        "patient_id": "pat_1",
        "kind": PlanKind.EGENBEHANDLINGSPLAN,
        "lifecycle": Lifecycle.ACTIVE,
        "version": 2,
        "content_version": 1,
        "responsible": INGRID,
        "updated_at": NOW,
        "updated_by": INGRID,
        "content": a_content(),
    }
    return PlanPart(id=id, **known | changes)
