"""Keeps the webhooks that clients register, each for its client at an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    case,
    cast,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from domain import ids
from domain.live.webhook import (
    LEAST_ATTEMPTS,
    PARK_LANE_AFTER,
    Failure,
    Waiting,
    Webhook,
    WebhookState,
    sections_of,
)
from domain.noun import Noun
from store.session import Sessions
from store.tables import EventRow, WebhookLaneRow, WebhookProgressRow, WebhookRow

_ROW, _LANE, _PROGRESS = WebhookRow, WebhookLaneRow, WebhookProgressRow
IS_PARKED = and_(
    _LANE.attempts >= LEAST_ATTEMPTS, _LANE.next_try_at - _LANE.failing_since >= PARK_LANE_AFTER
)
"""Whether a lane waits for its vendor, as `Lane.is_parked` has it."""
# What was never tried, or failed on our side, may be what nobody is to know of.
_IS_TOLD = and_(_LANE.failure.is_not(None), _LANE.failure != Failure.OURS.name)


class NoMoreWebhooks(Exception):
    """The client has as many webhooks at the organisation as it may."""


class Holder(Noun):
    """Whose a webhook is: a client, at an organisation of a legal entity."""

    client_id: str
    organisation: str
    legal_entity: str | None


@dataclass(frozen=True)
class Registered:
    """A webhook as its vendor finds it: with what waits, and until when two secrets sign."""

    webhook: Webhook
    waiting: Waiting
    old_secret_until: datetime | None


class WebhookStore:
    """Webhooks as their vendors see and change them; another's is as one that is not there."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def register(self, webhook: Webhook, secret: bytes, most: int) -> None:
        """Keep a new webhook, to be told of what comes from now on. Raises NoMoreWebhooks.

        One registration of a client at a time, so that two can't share the last room.
        """
        key = ids.uuid_of(webhook.id, ids.WEBHOOK)
        values = {**msgspec.structs.asdict(webhook), "id": key, "state": webhook.state.name}
        values["sections"] = [section.name for section in webhook.sections]
        async with self._sessions.begin() as session:
            await session.execute(_one_at_a_time(webhook.client_id))
            taken = select(func.count()).where(_is_of(_holder(webhook)))
            if (await session.scalar(taken) or 0) >= most:
                raise NoMoreWebhooks
            await session.execute(insert(_ROW).values(**values, secret=secret))
            newest = select(func.coalesce(func.max(EventRow.position), 0)).scalar_subquery()
            progress = {"webhook_id": key, "position": newest, "due_at": webhook.since}
            await session.execute(insert(_PROGRESS).values(**progress, attempts=0))

    async def of(self, holder: Holder, now: datetime) -> list[Registered]:
        """Return all that a client has for an organisation, the newest first; it has been seen."""
        async with self._sessions.begin() as session:
            await session.execute(update(_ROW).where(_is_of(holder)).values(seen_at=now))
            rows = await session.execute(_shown(_is_of(holder)))
            return [_registered(row) for row in rows]

    async def one(self, holder: Holder, id: str, now: datetime) -> Registered | None:
        """Return one of them, None when the client has none of this id."""
        return await self._change(holder, id, {"seen_at": now})

    async def change(
        self, holder: Holder, id: str, changes: Mapping[str, object], now: datetime
    ) -> Registered | None:
        """Change address or sections, by the names of their columns; what it needs is a version.

        Another address is told of nothing until it has answered its challenge.
        """
        values: dict[str, Any] = {"seen_at": now, "version": _ROW.version + 1, **changes}
        if "url" in changes:
            values |= {"state": WebhookState.UNVERIFIED.name, "since": now, "verified_at": None}
            values |= {"resumed_at": now}  # what waits is tried at the new address
        return await self._change(holder, id, values)

    async def resume(self, holder: Holder, id: str, now: datetime) -> Registered | None:
        """Have all that waits tried anew, now."""
        return await self._change(holder, id, _resumed(now))

    async def replay(
        self, holder: Holder, id: str, position: int, now: datetime
    ) -> Registered | None:
        """Have all after a place told, again where it was, and nothing before it."""
        return await self._change(holder, id, {**_resumed(now), "replay_from": position})

    async def renew_secret(
        self, holder: Holder, id: str, secret: bytes, until: datetime, now: datetime
    ) -> Registered | None:
        """Sign with a new secret, and until a time with the one before it as well."""
        values = {"secret": secret, "old_secret": _ROW.secret, "old_secret_until": until}
        return await self._change(holder, id, {**values, "seen_at": now})

    async def delete(self, holder: Holder, id: str) -> bool:
        """Forget a webhook; False when the client has none of this id."""
        gone = delete(_ROW).where(_is(holder, id)).returning(_ROW.id)
        async with self._sessions.begin() as session:
            return await session.scalar(gone) is not None

    async def parked(self) -> int:
        """Return how many webhooks wait for their vendors."""
        counted = select(func.count()).where(_ROW.state == WebhookState.PARKED.name)
        async with self._sessions() as session:
            return int(await session.scalar(counted) or 0)

    async def _change(
        self, holder: Holder, id: str, values: Mapping[str, Any]
    ) -> Registered | None:
        async with self._sessions.begin() as session:
            await session.execute(update(_ROW).where(_is(holder, id)).values(values))
            row = (await session.execute(_shown(_is(holder, id)))).one_or_none()
            return None if row is None else _registered(row)


def webhook_of(row: WebhookRow) -> Webhook:
    """Return the webhook of a row."""
    return Webhook(
        id=f"{ids.WEBHOOK}{row.id}",
        client_id=row.client_id,
        organisation=row.organisation,
        legal_entity=row.legal_entity,
        url=row.url,
        sections=sections_of(row.sections),
        state=WebhookState[row.state],
        since=row.since,
        version=row.version,
        registered_at=row.registered_at,
        seen_at=row.seen_at,
        verified_at=row.verified_at,
        resumed_at=row.resumed_at,
    )


def _holder(webhook: Webhook) -> Holder:
    return Holder(
        client_id=webhook.client_id,
        organisation=webhook.organisation,
        legal_entity=webhook.legal_entity,
    )


def _is_of(holder: Holder) -> ColumnElement[bool]:
    return and_(
        _ROW.client_id == holder.client_id,
        _ROW.organisation == holder.organisation,
        _ROW.legal_entity.is_not_distinct_from(holder.legal_entity),
    )


def _is(holder: Holder, id: str) -> ColumnElement[bool]:
    return and_(_ROW.id == ids.uuid_of(id, ids.WEBHOOK), _is_of(holder))


def _resumed(now: datetime) -> dict[str, Any]:
    """Return what resumes: an address that has not answered its challenge is challenged anew."""
    return {
        "seen_at": now,
        "resumed_at": now,
        "version": _ROW.version + 1,
        "since": now,
        "state": case(
            (_ROW.verified_at.is_not(None), WebhookState.ACTIVE.name),
            else_=WebhookState.UNVERIFIED.name,
        ),
    }


def _one_at_a_time(client_id: str) -> Select[Any]:
    return select(func.pg_advisory_xact_lock(func.hashtextextended(cast(client_id, Text), 1)))


def _shown(condition: ColumnElement[bool]) -> Select[Any]:
    waiting = (
        select(
            func.count().label("patients"),
            func.count().filter(IS_PARKED).label("parked"),
            func.min(_LANE.failing_since).label("lane_since"),
            func.max(_LANE.failure).label("lane_failure"),
        )
        .where(_LANE.webhook_id == _ROW.id, _IS_TOLD)
        .lateral()
    )
    return (
        select(_ROW, waiting, _PROGRESS.failing_since, _PROGRESS.failure)
        .join(waiting, onclause=_ROW.id.is_not(None))
        .outerjoin(_PROGRESS, _PROGRESS.webhook_id == _ROW.id)
        .where(condition)
        .order_by(_ROW.registered_at.desc(), _ROW.id)
    )


def _registered(row: Row[Any]) -> Registered:
    of, patients, parked, lane_since, lane_failure, since, failure = tuple(row)
    name = failure or lane_failure
    waiting = Waiting(
        patients=patients,
        parked=parked,
        since=since or lane_since,
        failure=Failure[name] if name else None,
    )
    return Registered(webhook_of(of), waiting, of.old_secret_until)
