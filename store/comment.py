"""Reads comments on plan parts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ids
from domain.cooperation.comment import Comment
from store.json import json_object
from store.of_part import OfPart
from store.plan import public_id
from store.session import Sessions
from store.tables import CommentRow


class CommentStore:
    """Comments, newest first and at most 100 of a part."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_parts(self, keys: Sequence[tuple[str, str]]) -> list[list[Comment]]:
        """Return the comments of (patient id, part id) pairs, in their order."""
        async with self._sessions() as session:
            return await _COMMENTS.by_parts(await session.connection(), keys)

    async def by_id(self, patient_id: str, comment_id: str) -> Comment | None:
        """Return a patient's comment."""
        async with self._sessions() as session:
            return await one(await session.connection(), patient_id, comment_id)


async def one(connection: AsyncConnection, patient_id: str, comment_id: str) -> Comment | None:
    """Return a patient's comment as the caller's transaction sees it."""
    return await _COMMENTS.one(connection, patient_id, comment_id)


_COMMENTS = OfPart(
    CommentRow,
    json_object(
        id=public_id(ids.COMMENT, CommentRow.id),
        patient_id=public_id(ids.PATIENT, CommentRow.patient_id),
        part_id=public_id(ids.PART, CommentRow.part_id),
        text=CommentRow.text,
        author=CommentRow.author,
        author_number=CommentRow.author_number,
        created_at=CommentRow.created_at,
        status=CommentRow.status,
        visibility=CommentRow.visibility,
        seen_by_number=CommentRow.seen_by_number,
        version=CommentRow.version,
        line_id=CommentRow.line_id,
        on_behalf_of=CommentRow.on_behalf_of,
        answer_to=public_id(ids.COMMENT, CommentRow.answer_to),
    ),
    ids.COMMENT,
    msgspec.json.Decoder(Comment).decode,
    at=CommentRow.created_at,
)
