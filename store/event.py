"""Adds events: the patient's count is raised and its event inserted by one statement."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    Insert,
    ScalarSelect,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.event import Event, EventKind
from store.tables import CareTeamMemberRow, EventRow, HandoverRow, PatientRow, Row, ShareRow


async def add(
    session: AsyncSession,
    patient: UUID,
    kind: EventKind,
    subject_id: str,
    at: datetime,
    version: int | None,
    key: UUID | None = None,
) -> Event:
    """Add the next event of a patient and return it; the caller has locked the patient."""
    key = key or uuid4()
    told = {"key": key, "kind": kind.name, "subject": subject_id, "of_version": version, "time": at}
    number = await session.scalar(_NEXT, {"patient": patient, **told})
    return Event(
        patient_id=f"{ids.PATIENT}{patient}",
        number=int(number),
        id=str(key),
        kind=kind,
        subject_id=subject_id,
        version=version,
        at=at,
    )


async def is_known(session: AsyncSession, key: UUID) -> bool:
    """Tell whether there is an event with a key."""
    return await session.scalar(select(EventRow.number).where(EventRow.id == key)) is not None


def _next() -> Insert:
    patient, event = PatientRow, EventRow
    counted = (
        update(patient)
        .where(patient.id == bindparam("patient"))
        .values(event_count=patient.event_count + 1)
        .returning(patient.id, patient.event_count)
        .cte("counted")
    )
    filled: dict[Any, ColumnElement[Any]] = {
        event.patient_id: counted.c.id,
        event.number: counted.c.event_count,
        event.id: bindparam("key", type_=event.id.type),
        event.kind: bindparam("kind", type_=event.kind.type),
        event.subject_id: bindparam("subject", type_=event.subject_id.type),
        event.version: bindparam("of_version", type_=event.version.type),
        event.at: bindparam("time", type_=event.at.type),
        event.organisations: _organisations(),
    }
    table = Row.metadata.tables[event.__tablename__]
    return insert(table).from_select(list(filled), select(*filled.values())).returning(event.number)


def _organisations() -> ScalarSelect[list[str]]:
    """Return all that the patient is, or was, in the care of or shared with.

    That is more than may know of it: each is decided about when it is told. Who no longer may must
    hear that, too.
    """
    patient = bindparam("patient", type_=PatientRow.id.type)
    members, shares, handovers = CareTeamMemberRow, ShareRow, HandoverRow
    tied = union(
        select(members.organisation_number.label("number")).where(members.patient_id == patient),
        select(shares.organisation_number).where(shares.patient_id == patient),
        select(handovers.to_organisation).where(handovers.patient_id == patient),
    ).subquery("tied")
    found = func.array_agg(tied.c.number).filter(tied.c.number.is_not(None))
    return select(func.coalesce(found, literal_column("'{}'"))).scalar_subquery()


_NEXT = _next()
