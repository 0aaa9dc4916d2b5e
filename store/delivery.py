"""Deliveries that are due, one at a time, each locked while somebody carries it out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.access.patient import Patient
from domain.keeping.delivery import Delivery, DeliveryState
from domain.plan.part import PlanKind
from domain.plan.version import PlanVersion
from store import patient, saving, version
from store.listing import noun_json
from store.session import Sessions
from store.tables import DeliveryRow, PlanPartRow, PlanVersionRow

_decode = msgspec.json.Decoder(Delivery).decode
_IS_OPEN = DeliveryRow.state != DeliveryState.DELIVERED.name


@dataclass(frozen=True)
class Delivered:
    """What a document is made of, besides its delivery."""

    version: PlanVersion
    kind: PlanKind
    patient: Patient


@dataclass(frozen=True)
class DueDelivery:
    """A delivery that stays locked until its unit ends."""

    delivery: Delivery
    session: AsyncSession

    async def read(self) -> Delivered:
        """Return what the document is made of."""
        of = self.delivery
        connection = await self.session.connection()
        said = await version.one_of_part(connection, of.patient_id, of.part_id, of.content_version)
        kind = await self.session.scalar(
            select(PlanPartRow.kind).where(PlanPartRow.id == ids.uuid_of(of.part_id, ids.PART))
        )
        if said is None or kind is None:
            raise LookupError("A delivery without its version.")
        record = await patient.one(connection, ids.uuid_of(of.patient_id, ids.PATIENT))
        return Delivered(said, PlanKind[kind], record.patient)

    async def keep(self, delivery: Delivery) -> None:
        """Keep what came of it."""
        await saving.change(self.session, delivery)


class DeliveryStore:
    """Deliveries as work to be done; the lock goes with whoever holds it, however they end."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    @asynccontextmanager
    async def next_due(self, now: datetime) -> AsyncIterator[DueDelivery | None]:
        """Yield the delivery that has been due for longest and that nobody else is carrying out.

        Kept at the end, or left as it was if the unit fails.
        """
        async with self._sessions.begin() as session:
            yield await _next_due(session, now)

    async def waiting(self) -> tuple[int, int]:
        """Return how many deliveries wait, and how many of them somebody should look into."""
        has_failed = DeliveryRow.state == DeliveryState.FAILED.name
        counted = select(func.count(), func.count().filter(has_failed)).where(_IS_OPEN)
        async with self._sessions() as session:
            waiting, failed = (await session.execute(counted)).one()
        return waiting, failed


async def _next_due(session: AsyncSession, now: datetime) -> DueDelivery | None:
    row = DeliveryRow
    statement = (
        select(cast(noun_json(Delivery, row, ids.DELIVERY), Text))
        .where(_IS_OPEN, row.next_try_at <= now)
        .order_by(row.next_try_at, row.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=row)
    )
    due = await session.scalar(statement)
    return None if due is None else DueDelivery(_decode(due), session)


def undelivered(keys: Select[UUID]) -> ColumnElement[int]:
    """Return how many versions of a patient's ids no record has answered for yet."""
    row, said = DeliveryRow, PlanVersionRow
    still_open = select(func.count()).where(row.patient_id.in_(keys), _IS_OPEN).scalar_subquery()
    noted = select(row.id).where(
        row.patient_id == said.patient_id,
        row.part_id == said.part_id,
        row.content_version == said.number,
    )
    never_noted = select(func.count()).where(said.patient_id.in_(keys), ~noted.exists())
    return still_open + never_noted.scalar_subquery()
