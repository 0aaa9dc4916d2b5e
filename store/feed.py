"""How far other people's feeds have been read."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from store.session import Sessions
from store.tables import FeedPositionRow


class FeedStore:
    """The places to go on reading from; one never goes back."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def position(self, feed: str) -> int:
        """Return the place that a feed has been read to, 0 before the first time."""
        row = FeedPositionRow
        async with self._sessions() as session:
            return await session.scalar(select(row.position).where(row.feed == feed)) or 0

    async def advance(self, feed: str, position: int) -> None:
        """Note that everything up to a place has been taken care of."""
        row = FeedPositionRow
        added = insert(row).values(feed=feed, position=position)
        furthest = func.greatest(row.position, added.excluded.position)
        async with self._sessions.begin() as session:
            await session.execute(
                added.on_conflict_do_update(index_elements=["feed"], set_={"position": furthest})
            )
