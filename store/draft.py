"""Reads drafts at their newest version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ids
from domain.plan.draft import Draft, DraftState
from store.json import json_object
from store.plan import public_id
from store.session import Sessions
from store.tables import DraftRow, DraftVersionRow

_decode = msgspec.json.Decoder(Draft).decode


class DraftStore:
    """Drafts, newest change first."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_parts(self, keys: Sequence[tuple[str, str]]) -> list[list[Draft]]:
        """Return the open drafts of (patient id, part id) pairs, in their order."""
        parts = [ids.uuid_of(part_id, ids.PART) for _, part_id in keys]
        patients = list({ids.uuid_of(patient_id, ids.PATIENT) for patient_id, _ in keys})
        found: dict[UUID, list[Draft]] = {part: [] for part in parts}
        async with self._sessions() as session:
            connection = await session.connection()
            of_parts = {"patients": patients, "parts": parts}
            for part_id, draft in await connection.execute(_OPEN, of_parts):
                found[part_id].append(_decode(draft))
        return [found[part] for part in parts]

    async def by_id(self, patient_id: str, draft_id: str) -> Draft | None:
        """Return a patient's draft, whatever became of it."""
        async with self._sessions() as session:
            return await one(await session.connection(), patient_id, draft_id)


async def one(connection: AsyncConnection, patient_id: str, draft_id: str) -> Draft | None:
    """Return a patient's draft as the caller's transaction sees it."""
    key = {
        "patient": ids.uuid_of(patient_id, ids.PATIENT),
        "draft": ids.uuid_of(draft_id, ids.DRAFT),
    }
    found = (await connection.execute(_ONE, key)).scalar()
    return None if found is None else _decode(found)


async def of_part(connection: AsyncConnection, patient_id: str, part_id: str) -> list[Draft]:
    """Return the open drafts on top of a part as the caller's transaction sees them."""
    key = {
        "patients": [ids.uuid_of(patient_id, ids.PATIENT)],
        "parts": [ids.uuid_of(part_id, ids.PART)],
    }
    return [_decode(draft) for _, draft in await connection.execute(_OPEN, key)]


async def being_written(connection: AsyncConnection, patient_id: str) -> list[Draft]:
    """Return a patient's open drafts as the caller's transaction sees them."""
    key = {"patient": ids.uuid_of(patient_id, ids.PATIENT)}
    return [_decode(each) for each in await connection.scalars(_OPEN_OF_PATIENT, key)]


def _draft() -> ColumnElement[Any]:
    row, version = DraftRow, DraftVersionRow
    return json_object(
        id=public_id(ids.DRAFT, row.id),
        patient_id=public_id(ids.PATIENT, row.patient_id),
        part_id=public_id(ids.PART, row.part_id),
        state=row.state,
        version=row.version,
        content_version=row.content_version,
        based_on=row.based_on,
        content=version.content,
        author=row.author,
        created_at=row.created_at,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        change_comment=version.change_comment,
        review_due=row.review_due,
        activated_as=row.activated_as,
        approval=version.approval,
    )


def _drafts(*columns: ColumnElement[Any]) -> Select[Any]:
    row, version = DraftRow, DraftVersionRow
    newest = (
        (version.patient_id == row.patient_id)
        & (version.draft_id == row.id)
        & (version.number == row.content_version)
    )
    found = select(*columns, cast(_draft(), Text).label("draft"))
    return found.select_from(row.__table__.join(version.__table__, newest))


_PATIENTS, _PARTS = (bindparam(name, type_=ARRAY(Uuid)) for name in ("patients", "parts"))
_OPEN = (
    _drafts(DraftRow.__table__.c.part_id)
    .where(
        DraftRow.patient_id == any_(_PATIENTS),
        DraftRow.part_id == any_(_PARTS),
        DraftRow.state == DraftState.OPEN.name,
    )
    .order_by(DraftRow.updated_at.desc(), DraftRow.id)
)
_OPEN_OF_PATIENT = _drafts().where(
    DraftRow.patient_id == bindparam("patient"), DraftRow.state == DraftState.OPEN.name
)
_ONE = _drafts().where(
    DraftRow.patient_id == bindparam("patient"), DraftRow.id == bindparam("draft")
)
