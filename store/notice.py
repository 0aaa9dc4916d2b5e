"""Reads the notices of a reader, newest first, and keeps which they have read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ARRAY,
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
from domain.event import Event
from domain.notice import DEALS_WITH, Notice, NoticePosition, Recipient
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
        told, to = NoticeRow, _recipients()
        is_theirs = (told.to_kind == to.c.kind, told.to_key == to.c.key)
        read = (
            select(told.patient_id, told.event_id, bindparam("reader", type_=Text), literal(now))
            .where(*is_theirs, told.event_id == any_(literal(events, ARRAY(Uuid))))
            .distinct()
        )
        names = ["patient_id", "event_id", "reader", "at"]
        kept = insert(row).from_select(names, read).on_conflict_do_nothing()
        async with self._sessions.begin() as session:
            connection = await session.connection()
            await connection.execute(kept, _asked(recipients, reader))


async def take_away(session: AsyncSession, event: Event, subjects: Sequence[str] = ()) -> None:
    """Take away the notices about an event's subject, and others, that it deals with."""
    dealt_with = DEALS_WITH.get(event.kind)
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
    after: NoticePosition | None, size: int, patient_id: str | None, is_unread: bool
) -> Select[str]:
    """Return the statement of a page; each recipient's own newest are looked up, and no more."""
    row = NoticeRow
    to = _recipients()
    newest = select(row.__table__).where(row.to_kind == to.c.kind, row.to_key == to.c.key)
    if after is not None:
        place = (literal(after.at), literal(ids.uuid_of(after.id, ids.NOTICE)))
        newest = newest.where(tuple_(row.at, row.event_id) < tuple_(*place))
    if patient_id is not None:
        newest = newest.where(row.patient_id == ids.uuid_of(patient_id, ids.PATIENT))
    if is_unread:
        newest = newest.where(~_is_read(row).exists())
    of_one = newest.order_by(row.at.desc(), row.event_id.desc()).limit(size).lateral("newest")
    order = (of_one.c.at.desc(), of_one.c.event_id.desc())
    each = (
        select(
            of_one.c.patient_id,
            of_one.c.event_id,
            of_one.c.at,
            func.array_agg(of_one.c.to_kind).label("told_as"),
        )
        .select_from(to.join(of_one, true()))
        .group_by(of_one.c.patient_id, of_one.c.event_id, of_one.c.at)
        .order_by(*order)
        .limit(size)
        .subquery("told")
    )
    event, audit = EventRow, AuditEntryRow
    joined = each.join(event.__table__, event.id == each.c.event_id).outerjoin(
        audit.__table__, and_(audit.patient_id == each.c.patient_id, audit.id == event.id)
    )
    notice = json_object(
        id=public_id(ids.NOTICE, event.id),
        kind=event.kind,
        at=each.c.at,
        listed_at=each.c.at,
        told_as=each.c.told_as,
        is_read=_is_read(each.c).exists(),
        patient_id=public_id(ids.PATIENT, each.c.patient_id),
        subject_id=event.subject_id,
        by=audit.by,
        by_number=audit.by_number,
    )
    return (
        select(cast(notice, Text))
        .select_from(joined)
        .order_by(each.c.at.desc(), each.c.event_id.desc())
    )


def _is_read(told: Any) -> Select[Any]:
    """Return the select of a reader's having read what is told; Any: a row or its columns."""
    read = NoticeReadRow
    return select(read.reader).where(
        read.patient_id == told.patient_id,
        read.event_id == told.event_id,
        read.reader == bindparam("reader"),
    )
