"""Reads comments on plan parts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Subquery, Text, cast, func, select

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
        patients = {ids.uuid_of(patient_id, ids.PATIENT) for patient_id, _ in keys}
        found: dict[UUID, list[Comment]] = {part: [] for part in parts}
        ranked = _ranked(patients, parts)
        newest = select(ranked.c.part_id, ranked.c.comment).where(ranked.c.rank <= MOST_COMMENTS)
        async with self._sessions() as session:
            for part_id, comment in await session.execute(newest.order_by(ranked.c.rank)):
                found[part_id].append(_decode(comment))
        return [found[part] for part in parts]


def _ranked(patients: set[UUID], parts: list[UUID]) -> Subquery:
    row = CommentRow
    comment = json_object(
        id=public_id(ids.COMMENT, row.id),
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
    return select(*columns).where(row.patient_id.in_(patients), row.part_id.in_(parts)).subquery()
