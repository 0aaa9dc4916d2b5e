"""Rows for store tests: a patient with a plan of one active part, all overridable."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from domain.access.rule import RuleKind
from store.session import Sessions
from store.tables import (
    AccessRuleRow,
    CareTeamMemberRow,
    CommentRow,
    ConsentRow,
    EventRow,
    HandoverRow,
    IdentityNumberRow,
    PatientRow,
    PlanPartRow,
    PlanRow,
    PlanVersionRow,
    RepresentationRow,
    ReviewRow,
    Row,
    ShareRow,
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
        "head_version": number + 1,
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


def a_share(part: PlanPartRow, **changes: Any) -> ShareRow:
    known = {
        "id": uuid4(),
        "recipient": "Skolen",
        "kind": "ORGANISATION",
        "setting": "HEALTH",
        "scopes": ["WHOLE_PART"],
        "shared_by": "Kari Fjell",
        "since": NOW - timedelta(days=2),
        "version": 1,
    }
    return ShareRow(patient_id=part.patient_id, part_id=part.id, **known | changes)


def a_handover(patient: UUID, to: str, **changes: Any) -> HandoverRow:
    known = {
        "id": uuid4(),
        "version": 1,
        "state": "OPEN",
        "part_ids": [],
        "from_organisation": "1",
        "to_organisation": to,
        "reason": "Utskriving",
        "open_actions": [],
        "opened_by": AUTHOR,
        "opened_at": NOW,
        "left_out": [],
    }
    return HandoverRow(patient_id=patient, **known | changes)


def a_review(part: PlanPartRow, **changes: Any) -> ReviewRow:
    known = {
        "id": uuid4(),
        "content_version": 1,
        "held_at": NOW,
        "participants": ["Kari Fjell", "Ingrid Nes"],
        "outcome": "KEEP",
        "note": "Planen virker.",
        "next_due": date(2027, 5, 1),
        "by": AUTHOR,
    }
    return ReviewRow(patient_id=part.patient_id, part_id=part.id, **known | changes)


def a_comment(part: PlanPartRow, **changes: Any) -> CommentRow:
    known = {
        "id": uuid4(),
        "text": "Hva nå?",
        "author": {"name": "Kari Fjell", "role": "Forelder"},
        "status": "OPEN",
        "visibility": "EVERYONE",
        "version": 1,
        "created_at": NOW,
    }
    return CommentRow(patient_id=part.patient_id, part_id=part.id, **known | changes)


def an_event(patient: UUID, number: int, subject_id: str, **changes: Any) -> EventRow:
    known = {"id": uuid4(), "kind": "PART_REVISED", "at": NOW}
    return EventRow(patient_id=patient, number=number, subject_id=subject_id, **known | changes)


def a_rule(patient: UUID, kind: RuleKind, **changes: Any) -> AccessRuleRow:
    known = {
        "id": uuid4(),
        "kind": kind.name,
        "version": 1,
        "set_by": {"name": "Omar Said"},
        "since": NOW - timedelta(days=99),
        "rights": [],
    }
    return AccessRuleRow(patient_id=patient, **known | changes)


def a_consent(patient: UUID, **changes: Any) -> ConsentRow:
    word = {"at": NOW - timedelta(days=99), "by": "Kari Fjell", "giver": "PARENT"}
    known = {"id": uuid4(), "kind": "HAVE_PLAN", "version": 1, "given": word}
    return ConsentRow(patient_id=patient, **known | changes)
