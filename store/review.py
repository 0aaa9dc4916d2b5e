"""Reads the reviews that were held of plan parts."""

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
    func,
    select,
)

from domain import ids
from domain.cooperation.review import Review
from store.json import json_object
from store.plan import public_id
from store.session import Sessions
from store.tables import ReviewRow

MOST_REVIEWS = 100

_decode = msgspec.json.Decoder(Review).decode


class ReviewStore:
    """Reviews, newest first and at most MOST_REVIEWS of a part."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_parts(self, keys: Sequence[tuple[str, str]]) -> list[list[Review]]:
        """Return the reviews of (patient id, part id) pairs, in their order."""
        parts = [ids.uuid_of(part_id, ids.PART) for _, part_id in keys]
        patients = list({ids.uuid_of(patient_id, ids.PATIENT) for patient_id, _ in keys})
        found: dict[UUID, list[Review]] = {part: [] for part in parts}
        async with self._sessions() as session:
            connection = await session.connection()
            of_parts = {"patients": patients, "parts": parts}
            for part_id, review in await connection.execute(_NEWEST, of_parts):
                found[part_id].append(_decode(review))
        return [found[part] for part in parts]

    async def by_id(self, patient_id: str, review_id: str) -> Review | None:
        """Return a review of a patient's plan."""
        key = {
            "patient": ids.uuid_of(patient_id, ids.PATIENT),
            "review": ids.uuid_of(review_id, ids.REVIEW),
        }
        async with self._sessions() as session:
            connection = await session.connection()
            found = (await connection.execute(_ONE, key)).scalar()
        return None if found is None else _decode(found)


def _review() -> ColumnElement[Any]:
    row = ReviewRow
    return json_object(
        id=public_id(ids.REVIEW, row.id),
        patient_id=public_id(ids.PATIENT, row.patient_id),
        part_id=public_id(ids.PART, row.part_id),
        content_version=row.content_version,
        held_at=row.held_at,
        participants=row.participants,
        outcome=row.outcome,
        note=row.note,
        next_due=row.next_due,
        by=row.by,
    )


def _newest() -> Select[Any]:
    row = ReviewRow
    newest = func.row_number().over(partition_by=row.part_id, order_by=(row.held_at.desc(), row.id))
    columns = (row.part_id, cast(_review(), Text).label("review"), newest.label("rank"))
    patients, parts = (bindparam(name, type_=ARRAY(Uuid)) for name in ("patients", "parts"))
    asked = (row.patient_id == any_(patients), row.part_id == any_(parts))
    ranked = select(*columns).where(*asked).subquery()
    some = ranked.c.rank <= MOST_REVIEWS
    return select(ranked.c.part_id, ranked.c.review).where(some).order_by(ranked.c.rank)


_NEWEST = _newest()
_ONE = select(cast(_review(), Text)).where(
    ReviewRow.patient_id == bindparam("patient"), ReviewRow.id == bindparam("review")
)
