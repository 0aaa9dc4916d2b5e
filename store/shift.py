"""Reads what has happened to the patients on an organisation's worklist since a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from domain import ids
from domain.cooperation.shift import NOT_TOLD, ChangePosition, ShiftChange
from store.json import json_object
from store.plan import public_id
from store.session import Sessions
from store.tables import (
    AuditEntryRow,
    CommentRow,
    DraftRow,
    EventRow,
    PlanPartRow,
    ReviewRow,
    WorklistEntryRow,
)

_decode = msgspec.json.Decoder(ShiftChange).decode


class ShiftStore:
    """Changes, newest first; paged by position, and only patients with a change are looked at."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def changes(
        self,
        organisation: str,
        since: datetime,
        after: ChangePosition | None,
        size: int,
        now: datetime,
    ) -> list[ShiftChange]:
        """Return at most `size` changes after a position, from `since` on."""
        statement = _CHANGES if after is None else _CHANGES.where(_is_after(after))
        asked = {"organisation": organisation, "since": since, "now": now}
        async with self._sessions() as session:
            connection = await session.connection()
            changes = await connection.scalars(statement.limit(size), asked)
            return [_decode(change) for change in changes]


def _subject(prefix: str) -> ColumnElement[Any]:
    """Return the UUID of an event's subject if it is of a kind, null if it isn't."""
    subject = EventRow.subject_id
    is_one = func.left(subject, len(prefix)) == prefix
    return case((is_one, cast(func.substr(subject, len(prefix) + 1), Uuid)))


def _of_part() -> ColumnElement[Any]:
    about = (DraftRow.part_id, ReviewRow.part_id, CommentRow.part_id)
    return func.coalesce(_subject(ids.PART), *about)


def _joined() -> FromClause:
    """Return events with who made them and the part they are about, each found by its key."""
    event, audit, part = EventRow, AuditEntryRow, PlanPartRow
    of_patient = event.patient_id == WorklistEntryRow.patient_id
    joined = WorklistEntryRow.__table__.join(event.__table__, of_patient)
    is_its = and_(audit.patient_id == event.patient_id, audit.id == event.id)
    joined = joined.outerjoin(audit.__table__, is_its)
    subjects = ((DraftRow, ids.DRAFT), (ReviewRow, ids.REVIEW), (CommentRow, ids.COMMENT))
    for row, prefix in subjects:
        is_it = and_(row.patient_id == event.patient_id, row.id == _subject(prefix))
        joined = joined.outerjoin(row.__table__, is_it)
    is_part = and_(part.patient_id == event.patient_id, part.id == _of_part())
    return joined.outerjoin(part.__table__, is_part)


def _changes() -> Select[str]:
    entry, event = WorklistEntryRow, EventRow
    change = json_object(
        patient_id=public_id(ids.PATIENT, event.patient_id),
        number=event.number,
        kind=event.kind,
        subject_id=event.subject_id,
        at=event.at,
        by=AuditEntryRow.by,
        part_id=public_id(ids.PART, PlanPartRow.id),
        part_kind=PlanPartRow.kind,
    )
    on_list = (
        entry.organisation == bindparam("organisation"),
        or_(entry.until.is_(None), entry.until > bindparam("now")),
        entry.changed_at >= bindparam("since"),
    )
    not_told = event.kind.not_in([literal(kind.name) for kind in NOT_TOLD])
    return (
        select(cast(change, Text))
        .select_from(_joined())
        .where(*on_list, event.at >= bindparam("since"), not_told)
        .order_by(event.at.desc(), event.patient_id, event.number.desc())
    )


def _is_after(position: ChangePosition) -> ColumnElement[bool]:
    event = EventRow
    patient_id = ids.uuid_of(position.patient_id, ids.PATIENT)
    of_next = event.patient_id > patient_id
    of_same = and_(event.patient_id == patient_id, event.number < position.number)
    earlier = or_(event.at < position.at, and_(event.at == position.at, or_(of_next, of_same)))
    return and_(event.at <= position.at, earlier)


_CHANGES = _changes()
