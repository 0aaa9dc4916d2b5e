"""Webhooks as work to be done: one at a time, locked while somebody tells it of changes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.live.webhook import FORGOTTEN_AFTER, Failure, Lane, Webhook
from store.session import Sessions
from store.tables import WebhookLaneRow, WebhookProgressRow, WebhookRow
from store.webhook import IS_PARKED, webhook_of

_ROW, _LANE, _PROGRESS = WebhookRow, WebhookLaneRow, WebhookProgressRow


@dataclass(frozen=True)
class Secrets:
    """The sealed secrets that sign what is sent now, the newest first."""

    sealed: tuple[bytes, ...]


@dataclass
class Round:
    """One webhook's turn; its progress stays locked until it ends.

    Changes are kept when the turn ends, but for what is about the webhook itself: that is its
    vendor's row, and nobody waits for us there.
    """

    webhook: Webhook
    secrets: Secrets
    progress: WebhookProgressRow
    session: AsyncSession
    sessions: Sessions

    async def lanes(self, patient_ids: Collection[str]) -> set[str]:
        """Return those of these patients about whom something waits."""
        keys = [ids.uuid_of(each, ids.PATIENT) for each in patient_ids]
        found = select(_LANE.patient_id).where(self._mine, _LANE.patient_id.in_(keys))
        return {f"{ids.PATIENT}{key}" for key in await self.session.scalars(found)}

    async def due_lanes(self, now: datetime, size: int) -> list[Lane]:
        """Return lanes that are to be tried, those that have waited longest first."""
        statement = (
            select(_LANE)
            .where(self._mine, _LANE.next_try_at <= now, IS_PARKED.is_not(True))
            .order_by(_LANE.next_try_at, _LANE.patient_id)
            .limit(size)
        )
        return [_lane(row) for row in await self.session.scalars(statement)]

    async def keep(self, lanes: Iterable[Lane]) -> None:
        """Keep what waits."""
        for lane in lanes:
            values = _values(lane)
            added = insert(_LANE).values(values)
            await self.session.execute(
                added.on_conflict_do_update(
                    index_elements=["patient_id", "webhook_id"], set_=values
                )
            )

    async def done(self, patient_ids: Collection[str]) -> None:
        """Note that nothing waits about some patients."""
        keys = [ids.uuid_of(each, ids.PATIENT) for each in patient_ids]
        await self.session.execute(delete(_LANE).where(self._mine, _LANE.patient_id.in_(keys)))

    async def oldest(self, but: Collection[str]) -> int | None:
        """Return the place of what has waited longest, about others than some patients."""
        keys = [ids.uuid_of(each, ids.PATIENT) for each in but]
        found = select(func.min(_LANE.position)).where(self._mine, _LANE.patient_id.not_in(keys))
        return await self.session.scalar(found)

    async def failing(self) -> int:
        """Return about how many patients something has failed to be told."""
        has_failed = _LANE.failure.is_not(None) & (_LANE.failure != Failure.OURS.name)
        statement = select(_LANE.patient_id).where(self._mine, has_failed).limit(10)
        return len(list(await self.session.scalars(statement)))

    async def take_up(self, now: datetime) -> bool:
        """Do what the vendor has asked for since the last turn; tell whether there was anything.

        To go back in the log, or to try all that waits anew. The turn should end with it, since
        the vendor's row is locked from then on.
        """
        mine = _ROW.id == self.progress.webhook_id
        position = await self.session.scalar(select(_ROW.replay_from).where(mine))
        if position is None and self.webhook.resumed_at == self.progress.resumed_at:
            return False
        if position is not None:
            # What waits from before that place still waits: going on from it must not lose it.
            is_told_again = _LANE.position >= position
            await self.session.execute(delete(_LANE).where(self._mine, is_told_again))
            self.progress.position = position
            taken = update(_ROW).where(mine, _ROW.replay_from == position)
            await self.session.execute(taken.values(replay_from=None))
        fresh = {"attempts": 0, "failing_since": None, "next_try_at": now}
        await self.session.execute(update(_LANE).where(self._mine).values(fresh))
        self.progress.resumed_at = self.webhook.resumed_at
        self.progress.next_try_at = None
        self.progress.attempts, self.progress.failing_since = 0, None
        return True

    async def set(self, values: Mapping[str, Any]) -> None:
        """Write on the vendor's row, unless the vendor has changed it since."""
        async with self.sessions.begin() as session:
            await session.execute(update(_ROW).where(self._unchanged).values(dict(values)))

    async def is_current(self) -> bool:
        """Tell whether the webhook is there as it was when the turn began."""
        async with self.sessions() as session:
            return bool(await session.scalar(select(exists().where(self._unchanged))))

    @property
    def _mine(self) -> Any:
        return _LANE.webhook_id == self.progress.webhook_id

    @property
    def _unchanged(self) -> Any:
        is_same = _ROW.version == self.webhook.version
        return (_ROW.id == self.progress.webhook_id) & is_same


class Rounds:
    """Turns, each of one webhook; the lock goes with whoever holds it, however they end."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    @asynccontextmanager
    async def next_due(self, now: datetime) -> AsyncIterator[Round | None]:
        """Yield the webhook that has been due for longest and that nobody else attends to.

        Kept at the end, or left as it was if the turn fails.
        """
        async with self._sessions.begin() as session:
            progress = await session.scalar(_due(now))
            if progress is None:
                yield None
                return
            row = await session.get(_ROW, progress.webhook_id)
            if row is None:
                await _forget(session, progress.webhook_id)
                yield None
                return
            secrets = _secrets(row, now)
            yield Round(webhook_of(row), secrets, progress, session, self._sessions)

    async def postpone(self, id: str, until: datetime) -> None:
        """Let a webhook rest whose turn failed on our side."""
        mine = _PROGRESS.webhook_id == ids.uuid_of(id, ids.WEBHOOK)
        async with self._sessions.begin() as session:
            await session.execute(update(_PROGRESS).where(mine).values(due_at=until))

    async def forget_unseen(self, now: datetime) -> None:
        """Delete webhooks whose vendors have shown no token for a very long time."""
        async with self._sessions.begin() as session:
            gone = delete(_ROW).where(_ROW.seen_at < now - FORGOTTEN_AFTER)
            await session.execute(gone)


async def _forget(session: AsyncSession, key: UUID) -> None:
    """Delete what is left of a webhook that its vendor has deleted."""
    await session.execute(delete(_LANE).where(_LANE.webhook_id == key))
    await session.execute(delete(_PROGRESS).where(_PROGRESS.webhook_id == key))


def _due(now: datetime) -> Any:
    return (
        select(_PROGRESS)
        .where(_PROGRESS.due_at <= now)
        .order_by(_PROGRESS.due_at, _PROGRESS.webhook_id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _secrets(row: WebhookRow, now: datetime) -> Secrets:
    is_old_good = row.old_secret is not None and (row.old_secret_until or now) > now
    return Secrets((row.secret, *((row.old_secret,) if is_old_good and row.old_secret else ())))


def _lane(row: WebhookLaneRow) -> Lane:
    return Lane(
        patient_id=f"{ids.PATIENT}{row.patient_id}",
        webhook_id=f"{ids.WEBHOOK}{row.webhook_id}",
        position=row.position,
        next_try_at=row.next_try_at,
        attempts=row.attempts,
        failing_since=row.failing_since,
        failure=Failure[row.failure] if row.failure else None,
    )


def _values(lane: Lane) -> dict[str, Any]:
    told = msgspec.structs.asdict(lane)
    return told | {
        "patient_id": ids.uuid_of(lane.patient_id, ids.PATIENT),
        "webhook_id": ids.uuid_of(lane.webhook_id, ids.WEBHOOK),
        "failure": lane.failure.name if lane.failure else None,
    }
