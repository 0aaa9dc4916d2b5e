"""Messages as work to be done: who wants one of a notice, what waits for whom, and what is due."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Text, cast, delete, func, select, union_all, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, join

from domain import ids
from domain.cooperation.message import Message, MessageState, Sorted
from domain.cooperation.notice import NoticeTo
from domain.cooperation.notice_choice import NoticeChoice
from store import saving
from store.listing import noun_json
from store.notice_choice import CHOICE
from store.notice_choice import decode as decode_choice
from store.session import Sessions
from store.tables import (
    IdentityNumberRow,
    MessageRow,
    NoticeChoiceRow,
    NoticeRow,
    NoticeWaitingRow,
    RepresentationRow,
)

_decode = msgspec.json.Decoder(Message).decode
_IS_OPEN = MessageRow.state == MessageState.WAITING.name


@dataclass(frozen=True)
class Waiting:
    """A person for whom something waits; nobody else looks at it until the unit ends."""

    choice: NoticeChoice
    notice_ids: tuple[str, ...]
    urgent: frozenset[str]
    open_until: datetime | None
    session: AsyncSession

    async def keep(self, done: Sorted) -> None:
        """Keep what becomes of what waited; what is neither kept nor sent is gone."""
        row = NoticeWaitingRow
        seen, kept = _events(self.notice_ids), _events(done.kept)
        of_person = (row.number == self.choice.number, row.message_id.is_(None))
        gone = row.event_id.in_(seen), row.event_id.not_in(kept)
        await self.session.execute(delete(row).where(*of_person, *gone))
        if done.message is not None:
            await saving.add(self.session, done.message)
            with_it = {"message_id": ids.uuid_of(done.message.id, ids.MESSAGE)}
            sent = update(row).where(*of_person, row.event_id.in_(kept)).values(with_it)
            await self.session.execute(sent)
        await _change_choice(self.session, self.choice.number, next_at=done.next_at)


@dataclass(frozen=True)
class DueMessage:
    """A message that stays locked until its unit ends, and what it is sent for."""

    message: Message
    choice: NoticeChoice
    notice_ids: tuple[str, ...]
    session: AsyncSession

    async def keep(self, tried: Message) -> None:
        """Keep what came of it; the person's row says since when they are told, or can't be."""
        await saving.change(self.session, tried)
        if tried.state is MessageState.SENT:
            found = {"last_sent_at": tried.settled_at, "unreached_since": None}
            await _change_choice(self.session, tried.number, **found)
        elif tried.state is MessageState.UNREACHED:
            since = self.choice.unreached_since or tried.settled_at
            await _change_choice(self.session, tried.number, unreached_since=since)


class MessageStore:
    """Every step is a transaction; what a killed process had begun is undone, and due again."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def pass_on(self, now: datetime, size: int) -> int:
        """Find who wants a message of the notices that are new, at most `size` of these.

        Return how many were new. Whether somebody may know of one is not asked here.
        """
        async with self._sessions.begin() as session:
            new = await _taken(session, size)
            if not new:
                return 0
            numbers = await session.scalars(_wait(new))
            row = NoticeChoiceRow
            found = select(row.number).where(row.number.in_(set(numbers))).order_by(row.number)
            await session.execute(found.with_for_update(key_share=True))
            soon = func.least(func.coalesce(row.next_at, now), now)
            await session.execute(update(row).where(row.number.in_(found)).values(next_at=soon))
        return len(new)

    @asynccontextmanager
    async def next_person(self, now: datetime) -> AsyncIterator[Waiting | None]:
        """Yield the person for whom something has been due for longest, locked for others."""
        row = NoticeChoiceRow
        due = (
            select(cast(CHOICE, Text))
            .where(row.next_at <= now)
            .order_by(row.next_at, row.number)
            .limit(1)
            .with_for_update(skip_locked=True, key_share=True, of=row)
        )
        async with self._sessions.begin() as session:
            found = await session.scalar(due)
            yield None if found is None else await _waiting(session, decode_choice(found))

    @asynccontextmanager
    async def next_due(self, now: datetime) -> AsyncIterator[DueMessage | None]:
        """Yield the message that has been due for longest and that nobody else is sending."""
        row = MessageRow
        due = (
            select(cast(noun_json(Message, row, ids.MESSAGE), Text), cast(CHOICE, Text))
            .join(NoticeChoiceRow, NoticeChoiceRow.number == row.number)
            .where(_IS_OPEN, row.next_try_at <= now)
            .order_by(row.next_try_at, row.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=row)
        )
        async with self._sessions.begin() as session:
            found = (await session.execute(due)).one_or_none()
            if found is None:
                yield None
                return
            message, choice = _decode(found[0]), decode_choice(found[1])
            key = ids.uuid_of(message.id, ids.MESSAGE)
            of_it = select(NoticeWaitingRow.event_id).where(NoticeWaitingRow.message_id == key)
            yield DueMessage(message, choice, _public(await session.scalars(of_it)), session)

    async def failed(self, since: datetime) -> int:
        """Return how many messages have been given up since a time."""
        row = MessageRow
        is_failed = row.state == MessageState.FAILED.name
        counted = select(func.count()).where(is_failed, row.settled_at >= since)
        async with self._sessions() as session:
            return await session.scalar(counted) or 0

    async def forget(self, before: datetime) -> None:
        """Forget messages that were settled before a time, and what they were sent for."""
        async with self._sessions.begin() as session:
            await session.execute(delete(MessageRow).where(MessageRow.settled_at < before))


async def _taken(session: AsyncSession, size: int) -> list[tuple[UUID, UUID, str, str]]:
    """Take notices that nobody else does, and note that they are passed on."""
    row = NoticeRow
    key = (row.patient_id, row.event_id, row.to_kind, row.to_key)
    new = select(*key).where(~row.is_passed_on).order_by(row.at).limit(size)
    taken = new.with_for_update(skip_locked=True).cte("taken")
    same = [row.__table__.c[column.name] == taken.c[column.name] for column in key]
    passed = update(row).where(*same).values(is_passed_on=True).returning(*key)
    return [tuple(each) for each in (await session.execute(passed)).all()]  # type: ignore[misc]  # four columns


def _wait(new: list[tuple[UUID, UUID, str, str]]) -> Any:
    """Return the insert of what waits for whoever wants a message of the new notices."""
    row, found = NoticeWaitingRow, union_all(*_who_may_want(new)).subquery("found")
    event = (found.c.patient_id, found.c.event_id, found.c.number)
    wanted = select(*event, func.bool_or(found.c.is_urgent)).group_by(*event)
    names = ["patient_id", "event_id", "number", "is_urgent"]
    return insert(row).from_select(names, wanted).on_conflict_do_nothing().returning(row.number)


def _who_may_want(new: list[tuple[UUID, UUID, str, str]]) -> Iterator[Any]:
    """Return the ways from new notices to choices; that one may know of them is decided later.

    Each way goes by indexes, so that it takes as long however many have chosen.
    """
    told, choice, tie = NoticeRow, NoticeChoiceRow, RepresentationRow
    number, other = IdentityNumberRow, aliased(IdentityNumberRow)
    patients, events = {each[0] for each in new}, {each[1] for each in new}
    is_new = told.patient_id.in_(patients), told.event_id.in_(events)
    columns = (told.patient_id, told.event_id, choice.number, told.is_urgent)

    def of(to: NoticeTo, joined: Any) -> Any:
        return select(*columns).select_from(joined).where(*is_new, told.to_kind == to.name)

    of_patient = join(told, number, number.patient_id == told.patient_id)
    yield of(NoticeTo.PATIENT_SIDE, of_patient.join(choice, choice.number == number.value))
    acting = join(told, tie, tie.patient_id == told.patient_id)
    yield of(NoticeTo.PATIENT_SIDE, acting.join(choice, choice.number == tie.representative_number))
    yield of(NoticeTo.CITIZEN, join(told, choice, choice.number == told.to_key))
    earlier = join(told, other, other.value == told.to_key)
    by_now = earlier.join(number, number.patient_id == other.patient_id)
    yield of(NoticeTo.CITIZEN, by_now.join(choice, choice.number == number.value))
    yield of(NoticeTo.SENDER, join(told, choice, choice.subject == told.to_key))


async def _waiting(session: AsyncSession, choice: NoticeChoice) -> Waiting:
    row, sent = NoticeWaitingRow, MessageRow
    of_person = row.number == choice.number, row.message_id.is_(None)
    found = (await session.execute(select(row.event_id, row.is_urgent).where(*of_person))).all()
    open_until = await session.scalar(
        select(func.max(sent.next_try_at)).where(_IS_OPEN, sent.number == choice.number)
    )
    urgent = frozenset(_public(event for event, is_urgent in found if is_urgent))
    return Waiting(choice, _public(event for event, _ in found), urgent, open_until, session)


async def _change_choice(session: AsyncSession, number: str, **values: Any) -> None:
    row = NoticeChoiceRow
    await session.execute(update(row).where(row.number == number).values(values))


def _public(events: Any) -> tuple[str, ...]:
    return tuple(f"{ids.NOTICE}{each}" for each in events)


def _events(notice_ids: tuple[str, ...]) -> list[UUID]:
    return [ids.uuid_of(each, ids.NOTICE) for each in notice_ids]
