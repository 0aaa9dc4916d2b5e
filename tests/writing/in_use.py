"""A part in use, shared and commented on: what choices of the patient's end or hide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.plan.part import PlanKind
from resolvers.writing import activation, draft
from store.tables import PlanPartRow
from tests.builders import a_vendor
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, REVIEW, SAID, Clinic

SCHOOL = a_vendor(organisation="999000193")
SPOKEN_BY_KARI = {"by": "Kari Fjell", "how": "På telefon til avdelingen"}


async def drafted(clinic: Clinic, **fields: Any) -> str:
    """Begin a draft and return its id."""
    known = {
        "patient_id": clinic.patient_id,
        "kind": PlanKind.EGENBEHANDLINGSPLAN,
        "change_comment": "Første utkast",
        "content": SAID,
        "review_due": REVIEW,
    }
    return (await clinic.do(INGRID, draft.START, **known | fields)).subject_id


async def in_use(clinic: Clinic, **fields: Any) -> str:
    """Take a draft into use and return the id of its part."""
    done = await clinic.do(
        INGRID,
        activation.ACTIVATE,
        draft_id=await drafted(clinic, **fields),
        expected_version=1,
        change_comment="Tas i bruk",
    )
    return done.subject_id


async def shared(clinic: Clinic, part_id: str) -> None:
    """Share a part with the school."""
    await clinic.shared(part_id, str(SCHOOL.organisation))


async def commented(clinic: Clinic, part_id: str, text: str = "Hva nå?") -> str:
    """Comment on a part as the mother; return the comment's id."""
    part = PlanPartRow(patient_id=clinic.key, id=UUID(part_id.removeprefix("prt_")))
    comment = rows.a_comment(part, text=text)
    await add(clinic.db, comment)
    return f"cmt_{comment.id}"
