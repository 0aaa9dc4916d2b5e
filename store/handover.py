"""Reads handovers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ARRAY, Select, Text, Uuid, any_, bindparam, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ids
from domain.cooperation.handover import Handover
from store.json import json_object
from store.plan import public_id
from store.session import Sessions
from store.tables import HandoverRow

MOST_HANDOVERS = 100

_decode = msgspec.json.Decoder(Handover).decode


class HandoverStore:
    """Handovers, newest first and at most MOST_HANDOVERS of a patient."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_patients(self, patient_ids: Sequence[str]) -> list[list[Handover]]:
        """Return the handovers of patients, in the order of their public ids."""
        async with self._sessions() as session:
            return await of_patients(await session.connection(), patient_ids)


async def of_patients(
    connection: AsyncConnection, patient_ids: Sequence[str]
) -> list[list[Handover]]:
    """Return the handovers of patients as the caller's transaction sees them."""
    keys = [ids.uuid_of(patient_id, ids.PATIENT) for patient_id in patient_ids]
    found: dict[UUID, list[Handover]] = {key: [] for key in keys}
    for key, handover in await connection.execute(_NEWEST, {"patients": keys}):
        found[key].append(_decode(handover))
    return [found[key] for key in keys]


def _newest() -> Select[Any]:
    row = HandoverRow
    handover = json_object(
        id=public_id(ids.HANDOVER, row.id),
        patient_id=public_id(ids.PATIENT, row.patient_id),
        version=row.version,
        state=row.state,
        part_ids=row.part_ids,
        from_organisation=row.from_organisation,
        from_organisation_name=row.from_organisation_name,
        to_organisation=row.to_organisation,
        to_organisation_name=row.to_organisation_name,
        reason=row.reason,
        message=row.message,
        move=row.move,
        open_actions=row.open_actions,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision_reason=row.decision_reason,
        left_out=row.left_out,
    )
    newest = func.row_number().over(
        partition_by=row.patient_id, order_by=(row.opened_at.desc(), row.id)
    )
    columns = (row.patient_id, cast(handover, Text).label("handover"), newest.label("rank"))
    asked = row.patient_id == any_(bindparam("patients", type_=ARRAY(Uuid)))
    ranked = select(*columns).where(asked).subquery()
    some = ranked.c.rank <= MOST_HANDOVERS
    return select(ranked.c.patient_id, ranked.c.handover).where(some).order_by(ranked.c.rank)


_NEWEST = _newest()
