"""Reads codes and the access they opened, and counts how often codes are tried."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, case, delete, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.access.opening import Opening
from domain.author import Author
from store.session import Sessions
from store.tables import OpeningRow, OpeningTriesRow, ShareRow


class OpeningStore:
    """Openings, found by the digest of the code or token that somebody has."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_code(self, digest: bytes, now: datetime) -> Opening | None:
        """Return the opening whose code can still be used."""
        row = OpeningRow
        is_fresh = row.opened_at.is_(None) & (row.code_expires_at > now)
        return await self._find(row.code_digest == digest, is_fresh, now)

    async def by_token(self, digest: bytes, now: datetime) -> Opening | None:
        """Return the opening whose access has not ended."""
        return await self._find(OpeningRow.token_digest == digest, OpeningRow.expires_at > now, now)

    async def count_try(self, place: str, now: datetime, window: timedelta) -> int:
        """Count a try from a place on the network, at once for all; return how many there were.

        They are counted anew when the first is older than the window. Old ones are forgotten.
        """
        row = OpeningTriesRow
        is_over = row.since <= now - window
        counted = (
            insert(row)
            .values(place=place, since=now, tries=1)
            .on_conflict_do_update(
                index_elements=[row.place],
                set_={
                    "since": case((is_over, now), else_=row.since),
                    "tries": case((is_over, 1), else_=row.tries + 1),
                },
            )
            .returning(row.tries)
        )
        async with self._sessions.begin() as session:
            tries = int((await session.execute(counted)).scalar_one())
        await self._forget_tries(now - window)
        return tries

    async def forgive_try(self, place: str) -> None:
        """Take back one counted try, since it was no wrong one."""
        row = OpeningTriesRow
        async with self._sessions.begin() as session:
            fewer = update(row).where(row.place == place, row.tries > 0)
            await session.execute(fewer.values(tries=row.tries - 1))

    async def _forget_tries(self, until: datetime) -> None:
        """Forget places that nothing came from since; one that somebody counts now is left."""
        row = OpeningTriesRow
        old = select(row.place).where(row.since <= until).with_for_update(skip_locked=True)
        async with self._sessions.begin() as session:
            await session.execute(delete(row).where(row.place.in_(old)))

    async def _find(
        self, is_it: ColumnElement[bool], is_good: ColumnElement[bool], now: datetime
    ) -> Opening | None:
        """Return the opening if all of it is good; one statement, whatever is wrong with it."""
        share = ShareRow
        is_open = (
            share.withdrawn_at.is_(None),
            or_(share.until.is_(None), share.until > now),
            (share.patient_id == OpeningRow.patient_id) & (share.id == OpeningRow.share_id),
        )
        found = select(OpeningRow).where(is_it, is_good, exists().where(*is_open))
        async with self._sessions() as session:
            return _opening(await session.scalar(found))


async def one(session: AsyncSession, patient_id: str, opening_id: str) -> Opening | None:
    """Return an opening of a patient's, as the caller's transaction sees it."""
    key = (ids.uuid_of(patient_id, ids.PATIENT), ids.uuid_of(opening_id, ids.OPENING))
    return _opening(await session.get(OpeningRow, key))


def _opening(row: OpeningRow | None) -> Opening | None:
    if row is None:
        return None
    known: dict[str, Any] = {name: getattr(row, name) for name in Opening.__struct_fields__}
    public = {
        "id": f"{ids.OPENING}{row.id}",
        "patient_id": f"{ids.PATIENT}{row.patient_id}",
        "share_id": f"{ids.SHARE}{row.share_id}",
        "made_by": msgspec.convert(row.made_by, Author),
    }
    return Opening(**known | public)
