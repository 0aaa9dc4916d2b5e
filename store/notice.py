"""Reads the notices of a reader, newest first, and keeps which they have read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    TableValuedAlias,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    delete,
    func,
    literal,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.cooperation.notice import DEALS_WITH, Notice, NoticePosition, Recipient
from domain.event import Event, EventKind
from store.json import json_object
from store.plan import public_id
from store.session import Sessions
from store.tables import AuditEntryRow, EventRow, NoticeReadRow, NoticeRow

_decode = msgspec.json.Decoder(Notice).decode


class NoticeStore:
    """Notices by whom they are for; each is told of once, in however many ways it came."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def page(
        self,
        recipients: Sequence[Recipient],
        reader: str,
        after: NoticePosition | None,
        size: int,
        *,
        patient_id: str | None = None,
        is_unread: bool = False,
    ) -> list[Notice]:
        """Return at most `size` notices to any of the recipients, after a position.

        `reader` is the subject whose reading counts. With `patient_id`, only those about that
        patient; with `is_unread`, only what the reader has not read.
        """
        statement, asked = _page(after, size, patient_id, is_unread), _asked(recipients, reader)
        async with self._sessions() as session:
            connection = await session.connection()
            return [_decode(each) for each in await connection.scalars(statement, asked)]

    async def unread(
        self, notice_ids: Sequence[str], recipients: Sequence[Recipient], reader: str
    ) -> list[Notice]:
        """Return those of some notices that are still told to any of the recipients, and unread."""
        events = [ids.uuid_of(each, ids.NOTICE) for each in notice_ids]
        statement = _page(None, len(events), None, True, events)
        async with self._sessions() as session:
            connection = await session.connection()
            found = await connection.scalars(statement, _asked(recipients, reader))
            return [_decode(each) for each in found]

    async def mark_read(
        self,
        notice_ids: Sequence[str],
        recipients: Sequence[Recipient],
        reader: str,
        now: datetime,
    ) -> None:
        """Keep that a reader has read notices; what is not theirs, or was read before, is left."""
        row = NoticeReadRow
        events = [ids.uuid_of(each, ids.NOTICE) for each in notice_ids]
        told, event, to = NoticeRow, EventRow, _recipients()
        is_theirs = (
            event.id == any_(literal(events, ARRAY(Uuid))),
            # By the key, so that nothing else of theirs is looked at.
            told.patient_id == event.patient_id,
            told.event_id == event.id,
            told.to_kind == to.c.kind,
            told.to_key == to.c.key,
        )
        who = bindparam("reader", type_=Text)
        read = select(told.patient_id, told.event_id, who, literal(now)).where(*is_theirs)
        names = ["patient_id", "event_id", "reader", "at"]
        kept = insert(row).from_select(names, read.distinct()).on_conflict_do_nothing()
        async with self._sessions.begin() as session:
            connection = await session.connection()
            await connection.execute(kept, _asked(recipients, reader))


async def take_away(
    session: AsyncSession,
    event: Event,
    subjects: Sequence[str] = (),
    spares: Collection[EventKind] = (),
) -> None:
    """Take away the notices about an event's subject, and others, that it deals with.

    Those of some kinds may be spared, since not everybody sees what has happened.
    """
    dealt_with = DEALS_WITH.get(event.kind, frozenset()).difference(spares)
    if not dealt_with:
        return
    row, told_of = NoticeRow, EventRow
    is_dealt_with = select(told_of.id).where(
        told_of.id == row.event_id,
        told_of.kind.in_([kind.name for kind in dealt_with]),
        told_of.subject_id.in_([event.subject_id, *subjects]),
    )
    of_patient = row.patient_id == ids.uuid_of(event.patient_id, ids.PATIENT)
    await session.execute(delete(row).where(of_patient, is_dealt_with.exists()))


_TEXTS = ARRAY(Text)


def _asked(recipients: Sequence[Recipient], reader: str) -> dict[str, Any]:
    return {
        "kinds": [each.kind.name for each in recipients],
        "keys": [each.key for each in recipients],
        "reader": reader,
    }


def _recipients() -> TableValuedAlias:
    """Return the table of those whose notices are asked for."""
    lists = (bindparam(name, type_=_TEXTS) for name in ("kinds", "keys"))
    made = func.unnest(*lists).table_valued("kind", "key", name="recipient")
    return made.render_derived()


def _page(
    after: NoticePosition | None,
    size: int,
    patient_id: str | None,
    is_unread: bool,
    events: Sequence[UUID] | None = None,
) -> Select[str]:
    """Return the statement of a page: of all that the recipients are told, the newest.

    With `events`, of what is told of these alone.
    """
    to = _recipients()
    told_to_one = _newest(to, after, patient_id, is_unread)
    if events is not None:
        told_to_one = told_to_one.where(NoticeRow.event_id.in_(events))
    newest = told_to_one.limit(size).lateral("newest")
    once = (newest.c.patient_id, newest.c.event_id, newest.c.at)
    told = (
        select(*once, func.array_agg(newest.c.to_kind).label("told_as"))
        .select_from(to.join(newest, true()))
        .group_by(*once)
        .order_by(newest.c.at.desc(), newest.c.event_id.desc())
        .limit(size)
        .subquery("told")
    )
    event, audit = EventRow, AuditEntryRow
    is_its = and_(audit.patient_id == told.c.patient_id, audit.id == event.id)
    joined = told.join(event.__table__, event.id == told.c.event_id)
    return (
        select(cast(_notice(told.c), Text))
        .select_from(joined.outerjoin(audit.__table__, is_its))
        .order_by(told.c.at.desc(), told.c.event_id.desc())
    )


def _newest(
    to: TableValuedAlias, after: NoticePosition | None, patient_id: str | None, is_unread: bool
) -> Select[Any]:
    """Return what one recipient is told, newest first: read from the index, as far as is asked."""
    row = NoticeRow
    newest = select(row.__table__).where(row.to_kind == to.c.kind, row.to_key == to.c.key)
    if after is not None:
        place = (literal(after.at), literal(ids.uuid_of(after.id, ids.NOTICE)))
        newest = newest.where(tuple_(row.at, row.event_id) < tuple_(*place))
    if patient_id is not None:
        newest = newest.where(row.patient_id == ids.uuid_of(patient_id, ids.PATIENT))
    if is_unread:
        newest = newest.where(~_is_read(row).exists())
    return newest.order_by(row.at.desc(), row.event_id.desc())


def _notice(told: Any) -> ColumnElement[Any]:
    """Return the JSON object of what is told; Any: its columns."""
    event, audit = EventRow, AuditEntryRow
    return json_object(
        id=public_id(ids.NOTICE, event.id),
        kind=event.kind,
        at=told.at,
        listed_at=told.at,
        told_as=told.told_as,
        is_read=_is_read(told).exists(),
        patient_id=public_id(ids.PATIENT, told.patient_id),
        subject_id=event.subject_id,
        by=audit.by,
        by_number=audit.by_number,
    )


def _is_read(told: Any) -> Select[Any]:
    """Return the select of a reader's having read what is told; Any: a row or its columns."""
    read = NoticeReadRow
    return select(read.reader).where(
        read.patient_id == told.patient_id,
        read.event_id == told.event_id,
        read.reader == bindparam("reader"),
    )
