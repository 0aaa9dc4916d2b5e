"""Reads what is suggested to plan parts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ids
from domain.cooperation.suggestion import Suggestion
from store.json import json_object
from store.of_part import OfPart
from store.plan import public_id
from store.session import Sessions
from store.tables import SuggestionRow


class SuggestionStore:
    """Suggestions, newest first and at most 100 of a part."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_parts(self, keys: Sequence[tuple[str, str]]) -> list[list[Suggestion]]:
        """Return what is suggested to (patient id, part id) pairs, in their order."""
        async with self._sessions() as session:
            return await _SUGGESTIONS.by_parts(await session.connection(), keys)

    async def by_id(self, patient_id: str, suggestion_id: str) -> Suggestion | None:
        """Return a suggestion to a patient's plan."""
        async with self._sessions() as session:
            return await one(await session.connection(), patient_id, suggestion_id)


async def one(
    connection: AsyncConnection, patient_id: str, suggestion_id: str
) -> Suggestion | None:
    """Return a suggestion to a patient's plan as the caller's transaction sees it."""
    return await _SUGGESTIONS.one(connection, patient_id, suggestion_id)


_SUGGESTIONS = OfPart(
    SuggestionRow,
    json_object(
        id=public_id(ids.SUGGESTION, SuggestionRow.id),
        patient_id=public_id(ids.PATIENT, SuggestionRow.patient_id),
        part_id=public_id(ids.PART, SuggestionRow.part_id),
        kind=SuggestionRow.kind,
        section=SuggestionRow.section,
        line_id=SuggestionRow.line_id,
        text=SuggestionRow.text,
        why=SuggestionRow.why,
        content_version=SuggestionRow.content_version,
        author=SuggestionRow.author,
        author_number=SuggestionRow.author_number,
        on_behalf_of=SuggestionRow.on_behalf_of,
        created_at=SuggestionRow.created_at,
        state=SuggestionRow.state,
        version=SuggestionRow.version,
        decided_by=SuggestionRow.decided_by,
        decided_at=SuggestionRow.decided_at,
        reason=SuggestionRow.reason,
        draft_id=public_id(ids.DRAFT, SuggestionRow.draft_id),
    ),
    ids.SUGGESTION,
    msgspec.json.Decoder(Suggestion).decode,
    at=SuggestionRow.created_at,
)
