"""Rows for store tests: a patient with a plan of one active part, all overridable."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from store.session import Sessions
from store.tables import (
    CareTeamMemberRow,
    ConsentRow,
    IdentityNumberRow,
    PatientRow,
    PlanPartRow,
    PlanRow,
    PlanVersionRow,
    RepresentationRow,
    Row,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
AUTHOR = {"name": "Ingrid Nes", "role": "Sykepleier", "organisation": "Barneavdelingen"}
CONTENT: dict[str, object] = {
    "title": "Egenbehandling ved astma",
    "whatMattersToMe": "Å kunne spille håndball – og sove borte æøå",
    "problems": [{"id": "p1", "concept": {"text": "Astma", "code": "R96"}}],
    "selfCare": {
        "zones": [{"level": "GREEN", "condition": "Som vanlig", "whatToDo": "Følg planen"}]
    },
}


async def add(db: Sessions, *rows: Row) -> None:
    async with db.begin() as session:
        for row in rows:
            session.add(row)
            await session.flush()


def a_patient(id: UUID, **changes: Any) -> PatientRow:
    known = {"given_name": "Nora", "family_name": "Fjell", "birth_date": date(2015, 1, 20)}
    return PatientRow(id=id, **known | {"gender": "FEMALE"} | changes)


def a_number(patient: UUID, value: str, **changes: Any) -> IdentityNumberRow:
    return IdentityNumberRow(patient_id=patient, value=value, **{"kind": "NATIONAL"} | changes)


def a_member(patient: UUID, organisation: str, **changes: Any) -> CareTeamMemberRow:
    known = {
        "id": uuid4(),
        "name": "Ingrid Nes",
        "role_code": "SP",
        "since": NOW - timedelta(days=9),
    }
    return CareTeamMemberRow(
        patient_id=patient, organisation_number=organisation, **known | changes
    )


def a_plan(patient: UUID) -> PlanRow:
    return PlanRow(patient_id=patient, id=uuid4())


def a_part(plan: PlanRow, **changes: Any) -> PlanPartRow:
    known = {
        "id": uuid4(),
        "kind": "EGENBEHANDLINGSPLAN",
        "lifecycle": "ACTIVE",
        "version": 1,
        "content_version": 1,
        "responsible": AUTHOR,
        "updated_at": NOW,
        "updated_by": AUTHOR,
    }
    return PlanPartRow(patient_id=plan.patient_id, plan_id=plan.id, **known | changes)


def a_version(part: PlanPartRow, number: int = 1, **changes: Any) -> PlanVersionRow:
    known = {
        "content": CONTENT,
        "author": AUTHOR,
        "change_comment": "Første utgave",
        "created_at": NOW,
        "approval": {},
    }
    return PlanVersionRow(
        patient_id=part.patient_id, part_id=part.id, number=number, **known | changes
    )


def a_parent(patient: UUID, number: str, **changes: Any) -> RepresentationRow:
    known = {
        "id": uuid4(),
        "kind": "PARENT",
        "representative_number": number,
        "representative_name": "Kari Fjell",
        "origin": "Folkeregisteret",
        "since": NOW - timedelta(days=999),
    }
    return RepresentationRow(patient_id=patient, **known | changes)


def a_consent(patient: UUID, **changes: Any) -> ConsentRow:
    word = {"at": NOW - timedelta(days=99), "by": "Kari Fjell", "giver": "PARENT"}
    known = {"id": uuid4(), "kind": "HAVE_PLAN", "version": 1, "given": word}
    return ConsentRow(patient_id=patient, **known | changes)
