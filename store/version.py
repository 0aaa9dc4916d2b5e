"""Reads content versions: those a part has had, and those saved of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Integer, Select, Text, Uuid, bindparam, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ids
from domain.plan.version import DraftVersion, PlanVersion
from store.asked import asked_table
from store.json import json_object
from store.plan import public_id
from store.session import Sessions
from store.tables import DraftVersionRow, PlanVersionRow

_decode_of_part = msgspec.json.Decoder(PlanVersion).decode
_decode_of_draft = msgspec.json.Decoder(DraftVersion).decode


class VersionStore:
    """Content versions, newest first."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def of_part(self, patient_id: str, part_id: str) -> list[PlanVersion]:
        """Return every content version that a part has had."""
        async with self._sessions() as session:
            return await all_of_part(await session.connection(), patient_id, part_id)

    async def by_numbers(self, keys: Sequence[tuple[str, str, int]]) -> list[PlanVersion | None]:
        """Return the content versions of (patient id, part id, number) keys, in their order."""
        found: list[PlanVersion | None] = [None for _ in keys]
        asked = {
            "patients": [ids.uuid_of(patient_id, ids.PATIENT) for patient_id, _, _ in keys],
            "parts": [ids.uuid_of(part_id, ids.PART) for _, part_id, _ in keys],
            "numbers": [number for _, _, number in keys],
        }
        async with self._sessions() as session:
            connection = await session.connection()
            for place, version in await connection.execute(_BY_NUMBERS, asked):
                found[place - 1] = _decode_of_part(version)
        return found

    async def of_draft(self, patient_id: str, draft_id: str) -> list[DraftVersion]:
        """Return every content version that was saved of a draft."""
        async with self._sessions() as session:
            connection = await session.connection()
            key = _key(patient_id, ids.uuid_of(draft_id, ids.DRAFT))
            return [_decode_of_draft(each) for each in await connection.scalars(_OF_DRAFT, key)]


async def all_of_part(
    connection: AsyncConnection, patient_id: str, part_id: str
) -> list[PlanVersion]:
    """Return every content version of a part as the caller's transaction sees it, newest first."""
    key = _key(patient_id, ids.uuid_of(part_id, ids.PART))
    return [_decode_of_part(each) for each in await connection.scalars(_OF_PART, key)]


async def one_of_part(
    connection: AsyncConnection, patient_id: str, part_id: str, number: int
) -> PlanVersion | None:
    """Return one content version of a part as the caller's transaction sees it."""
    key = _key(patient_id, ids.uuid_of(part_id, ids.PART)) | {"number": number}
    found = (await connection.execute(_ONE_OF_PART, key)).scalar()
    return None if found is None else _decode_of_part(found)


async def one_of_draft(
    connection: AsyncConnection, patient_id: str, draft_id: str, number: int
) -> DraftVersion | None:
    """Return one content version of a draft as the caller's transaction sees it."""
    key = _key(patient_id, ids.uuid_of(draft_id, ids.DRAFT)) | {"number": number}
    found = (await connection.execute(_ONE_OF_DRAFT, key)).scalar()
    return None if found is None else _decode_of_draft(found)


async def seen_of_draft(
    connection: AsyncConnection, patient_id: str, draft_id: str, head_version: int
) -> DraftVersion | None:
    """Return what a draft said when it had a version that somebody has seen."""
    key = _key(patient_id, ids.uuid_of(draft_id, ids.DRAFT)) | {"seen": head_version}
    found = (await connection.execute(_SEEN_OF_DRAFT, key)).scalar()
    return None if found is None else _decode_of_draft(found)


async def seen_of_part(
    connection: AsyncConnection, patient_id: str, part_id: str, head_version: int
) -> PlanVersion | None:
    """Return what a part said when it had a version that somebody has seen."""
    key = _key(patient_id, ids.uuid_of(part_id, ids.PART)) | {"seen": head_version}
    found = (await connection.execute(_SEEN_OF_PART, key)).scalar()
    return None if found is None else _decode_of_part(found)


def _key(patient_id: str, document: object) -> dict[str, Any]:
    return {"patient": ids.uuid_of(patient_id, ids.PATIENT), "document": document}


def _version(
    row: type[PlanVersionRow | DraftVersionRow], **document: ColumnElement[Any]
) -> ColumnElement[Any]:
    return json_object(
        patient_id=public_id(ids.PATIENT, row.patient_id),
        number=row.number,
        head_version=row.head_version,
        content=row.content,
        author=row.author,
        created_at=row.created_at,
        change_comment=row.change_comment,
        approval=row.approval,
        **document,
    )


def _of(row: type[PlanVersionRow | DraftVersionRow], version: ColumnElement[Any]) -> Select[Any]:
    return (
        select(cast(version, Text))
        .where(row.patient_id == bindparam("patient"))
        .order_by(row.number.desc())
    )


def _by_numbers() -> Select[Any]:
    row = PlanVersionRow
    asked = asked_table({"patients": Uuid, "parts": Uuid, "numbers": Integer})
    meant = (
        (row.patient_id == asked.c.patients)
        & (row.part_id == asked.c.parts)
        & (row.number == asked.c.numbers)
    )
    found = asked.join(row.__table__, meant)
    return select(asked.c.place, cast(_VERSION_OF_PART, Text)).select_from(found)


_VERSION_OF_PART = _version(PlanVersionRow, part_id=public_id(ids.PART, PlanVersionRow.part_id))
_VERSION_OF_DRAFT = _version(
    DraftVersionRow, draft_id=public_id(ids.DRAFT, DraftVersionRow.draft_id)
)
_BY_NUMBERS = _by_numbers()
_OF_PART = _of(PlanVersionRow, _VERSION_OF_PART).where(
    PlanVersionRow.part_id == bindparam("document")
)
_OF_DRAFT = _of(DraftVersionRow, _VERSION_OF_DRAFT).where(
    DraftVersionRow.draft_id == bindparam("document")
)
_ONE_OF_PART = _OF_PART.where(PlanVersionRow.number == bindparam("number"))
_ONE_OF_DRAFT = _OF_DRAFT.where(DraftVersionRow.number == bindparam("number"))
_SEEN_OF_PART = _OF_PART.where(PlanVersionRow.head_version <= bindparam("seen")).limit(1)
_SEEN_OF_DRAFT = _OF_DRAFT.where(DraftVersionRow.head_version <= bindparam("seen")).limit(1)
