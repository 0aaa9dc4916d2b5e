"""How far other people's feeds have been read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from store.session import Sessions
from store.tables import FeedPositionRow


class FeedStore:
    """The places to go on reading from; one never goes back, unless its feed has begun anew."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def position(self, feed: str) -> int:
        """Return the place that a feed has been read to, 0 before the first time."""
        row = FeedPositionRow
        async with self._sessions() as session:
            return await session.scalar(select(row.position).where(row.feed == feed)) or 0

    async def advance(self, feed: str, position: int, heard_at: datetime | None = None) -> None:
        """Note that everything up to a place has been taken care of, as was heard at a time."""
        furthest = func.greatest(FeedPositionRow.position, position)
        await self._note(feed, position, heard_at, furthest)

    async def begin_anew(self, feed: str, position: int, heard_at: datetime) -> None:
        """Note the place in a feed that does not go on from where it was read to."""
        await self._note(feed, position, heard_at, position)

    async def _note(
        self, feed: str, position: int, heard_at: datetime | None, known: object
    ) -> None:
        row = FeedPositionRow
        added = insert(row).values(feed=feed, position=position, heard_at=heard_at)
        noted = {"position": known, "heard_at": func.greatest(row.heard_at, heard_at)}
        async with self._sessions.begin() as session:
            await session.execute(added.on_conflict_do_update(index_elements=["feed"], set_=noted))
