"""Reads what has happened to the patients on an organisation's worklist, and what waits unseen."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute

from domain import ids
from domain.content.zone import ZoneLevel
from domain.cooperation.shift import ChangePosition, ShiftChange
from domain.event import CHANGES_NOTHING
from domain.following.report import URGENT, Report
from domain.following.urgent import UrgentPosition, UrgentReport
from domain.plan.part import PlanKind
from store.json import json_object
from store.plan import public_id
from store.report import report_json
from store.session import Sessions
from store.tables import (
    AuditEntryRow,
    CommentRow,
    DraftRow,
    EventRow,
    PlanPartRow,
    ReportRow,
    ReviewRow,
    ShareRow,
    SuggestionRow,
    WorklistEntryRow,
)

# What belongs to a part, or to none where it was reported without one, by its ids' prefix.
_ABOUT: tuple[tuple[Any, str], ...] = (
    (DraftRow, ids.DRAFT),
    (ReviewRow, ids.REVIEW),
    (CommentRow, ids.COMMENT),
    (SuggestionRow, ids.SUGGESTION),
    (ShareRow, ids.SHARE),
    (ReportRow, ids.REPORT),
)
_decode = msgspec.json.Decoder(ShiftChange).decode
_decode_report = msgspec.json.Decoder(Report).decode


class ShiftStore:
    """Changes and reports, paged by position; only patients with something new are looked at."""

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

    async def reports(
        self,
        organisation: str,
        since: datetime,
        after: UrgentPosition | None,
        size: int,
        now: datetime,
    ) -> list[UrgentReport]:
        """Return at most `size` yellow and red reports after a position.

        They are those that nobody has seen, however old, and those that came, were taken or were
        changed from `since` on.
        """
        statement = _urgent(after, size)
        asked = {"organisation": organisation, "since": since, "now": now}
        async with self._sessions() as session:
            connection = await session.connection()
            found = await connection.execute(statement, asked)
            return [_urgent_report(*row) for row in found]


def _urgent_report(rank: int, part_kind: str | None, report: str) -> UrgentReport:
    kind = None if part_kind is None else PlanKind(part_kind)
    return UrgentReport(rank=rank, report=_decode_report(report), part_kind=kind)


def _subject(prefix: str) -> ColumnElement[Any]:
    """Return the UUID of an event's subject if it is of a kind, null if it isn't."""
    subject = EventRow.subject_id
    is_one = func.left(subject, len(prefix)) == prefix
    return case((is_one, cast(func.substr(subject, len(prefix) + 1), Uuid)))


def _of_part() -> ColumnElement[Any]:
    return func.coalesce(_subject(ids.PART), *(row.part_id for row, _ in _ABOUT))


def _joined() -> FromClause:
    """Return events with who made them and the part they are about, each found by its key."""
    event, audit, part = EventRow, AuditEntryRow, PlanPartRow
    of_patient = event.patient_id == WorklistEntryRow.patient_id
    joined = WorklistEntryRow.__table__.join(event.__table__, of_patient)
    is_its = and_(audit.patient_id == event.patient_id, audit.id == event.id)
    joined = joined.outerjoin(audit.__table__, is_its)
    for row, prefix in _ABOUT:
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
    told = event.kind.not_in([literal(kind.name) for kind in CHANGES_NOTHING])
    return (
        select(cast(change, Text))
        .select_from(_joined())
        .where(
            *_listed(),
            entry.changed_at >= bindparam("since"),
            event.at >= bindparam("since"),
            told,
        )
        .order_by(event.at.desc(), event.patient_id, event.number.desc())
    )


def _listed() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that an entry is on the organisation's worklist."""
    entry = WorklistEntryRow
    is_open = or_(entry.until.is_(None), entry.until > bindparam("now"))
    return entry.organisation == bindparam("organisation"), is_open


def _ranked(
    rank: ColumnElement[int], *where: ColumnElement[bool]
) -> Select[UUID, UUID, datetime, int]:
    row = ReportRow
    place = (row.patient_id, row.id, row.received_at, rank.label("rank"))
    joined = WorklistEntryRow.__table__.join(
        row.__table__, row.patient_id == WorklistEntryRow.patient_id
    )
    return select(*place).select_from(joined).where(*_listed(), *where)


def _rank_of(level: InstrumentedAttribute[str | None], worst: int) -> ColumnElement[int]:
    return case((level == ZoneLevel.RED.name, worst), else_=worst + 1)


def _places() -> Subquery:
    """Return where each report stands: unseen before taken, red before yellow, oldest first."""
    row, entry = ReportRow, WorklistEntryRow
    unseen = _ranked(
        _rank_of(row.waits_as, 0),
        entry.unseen_reds + entry.unseen_yellows > 0,
        row.waits_as.is_not(None),
    )
    taken = _ranked(
        _rank_of(row.urgency, 2),
        entry.changed_at >= bindparam("since"),
        row.waits_as.is_(None),
        row.urgency.in_([literal_column(f"'{level.name}'") for level in URGENT]),
        row.stands_since >= bindparam("since"),
    )
    return unseen.union_all(taken).subquery("urgent")


def _urgent(after: UrgentPosition | None, size: int) -> Select[int, str, str]:
    """Return the statement of a page; the reports are put together for those on it only."""
    found, row = _PLACES.c, ReportRow
    order = (found.rank, found.received_at, found.id)
    page = select(found.patient_id, *order).order_by(*order).limit(size)
    if after is not None:
        report_id = ids.uuid_of(after.report_id, ids.REPORT)
        place = (literal(after.rank), literal(after.received_at), literal(report_id))
        page = page.where(tuple_(*order) > tuple_(*place))
    on_page = page.subquery("on_page")
    is_it = and_(row.patient_id == on_page.c.patient_id, row.id == on_page.c.id)
    part = PlanPartRow
    is_its = and_(part.patient_id == row.patient_id, part.id == row.part_id)
    reports = on_page.join(row.__table__, is_it).outerjoin(part.__table__, is_its)
    return (
        select(on_page.c.rank, part.kind, cast(report_json(), Text))
        .select_from(reports)
        .order_by(on_page.c.rank, on_page.c.received_at, on_page.c.id)
    )


def _is_after(position: ChangePosition) -> ColumnElement[bool]:
    event = EventRow
    patient_id = ids.uuid_of(position.patient_id, ids.PATIENT)
    of_next = event.patient_id > patient_id
    of_same = and_(event.patient_id == patient_id, event.number < position.number)
    earlier = or_(event.at < position.at, and_(event.at == position.at, or_(of_next, of_same)))
    return and_(event.at <= position.at, earlier)


_CHANGES = _changes()
_PLACES = _places()
