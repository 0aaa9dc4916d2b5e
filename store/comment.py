"""Reads comments on plan parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ARRAY, Select, Text, Uuid, any_, bindparam, cast, func, select

from domain import ids
from domain.comment import Comment
from store.json import json_object
from store.plan import public_id
from store.session import Sessions
from store.tables import CommentRow

MOST_COMMENTS = 100

_decode = msgspec.json.Decoder(Comment).decode


class CommentStore:
    """Comments, newest first and at most MOST_COMMENTS of a part."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_parts(self, keys: Sequence[tuple[str, str]]) -> list[list[Comment]]:
        """Return the comments of (patient id, part id) pairs, in their order."""
        parts = [ids.uuid_of(part_id, ids.PART) for _, part_id in keys]
        patients = list({ids.uuid_of(patient_id, ids.PATIENT) for patient_id, _ in keys})
        found: dict[UUID, list[Comment]] = {part: [] for part in parts}
        async with self._sessions() as session:
            connection = await session.connection()
            of_parts = {"patients": patients, "parts": parts}
            for part_id, comment in await connection.execute(_NEWEST, of_parts):
                found[part_id].append(_decode(comment))
        return [found[part] for part in parts]


def _newest() -> Select[Any]:
    row = CommentRow
    comment = json_object(
        id=public_id(ids.COMMENT, row.id),
        patient_id=public_id(ids.PATIENT, row.patient_id),
        part_id=public_id(ids.PART, row.part_id),
        text=row.text,
        author=row.author,
        created_at=row.created_at,
        status=row.status,
        line_id=row.line_id,
        on_behalf_of=row.on_behalf_of,
        answer_to=public_id(ids.COMMENT, row.answer_to),
    )
    newest = func.row_number().over(
        partition_by=row.part_id, order_by=(row.created_at.desc(), row.id)
    )
    columns = (row.part_id, cast(comment, Text).label("comment"), newest.label("rank"))
    patients, parts = (bindparam(name, type_=ARRAY(Uuid)) for name in ("patients", "parts"))
    asked = (row.patient_id == any_(patients), row.part_id == any_(parts))
    ranked = select(*columns).where(*asked).subquery()
    some = ranked.c.rank <= MOST_COMMENTS
    return select(ranked.c.part_id, ranked.c.comment).where(some).order_by(ranked.c.rank)


_NEWEST = _newest()
