"""Reads the reviews that were held of plan parts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from domain import ids
from domain.cooperation.review import Review
from store.json import json_object
from store.of_part import OfPart
from store.plan import public_id
from store.session import Sessions
from store.tables import ReviewRow


class ReviewStore:
    """Reviews, newest first and at most 100 of a part."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_parts(self, keys: Sequence[tuple[str, str]]) -> list[list[Review]]:
        """Return the reviews of (patient id, part id) pairs, in their order."""
        async with self._sessions() as session:
            return await _REVIEWS.by_parts(await session.connection(), keys)

    async def by_id(self, patient_id: str, review_id: str) -> Review | None:
        """Return a review of a patient's plan."""
        async with self._sessions() as session:
            return await _REVIEWS.one(await session.connection(), patient_id, review_id)


_REVIEWS = OfPart(
    ReviewRow,
    json_object(
        id=public_id(ids.REVIEW, ReviewRow.id),
        patient_id=public_id(ids.PATIENT, ReviewRow.patient_id),
        part_id=public_id(ids.PART, ReviewRow.part_id),
        content_version=ReviewRow.content_version,
        held_at=ReviewRow.held_at,
        participants=ReviewRow.participants,
        outcome=ReviewRow.outcome,
        note=ReviewRow.note,
        next_due=ReviewRow.next_due,
        by=ReviewRow.by,
    ),
    ids.REVIEW,
    msgspec.json.Decoder(Review).decode,
    at=ReviewRow.held_at,
)
