from __future__ import annotations

from sqlalchemy import select

from store.feed import FeedStore
from store.session import Sessions
from store.tables import FeedPositionRow
from tests.store.rows import NOW


async def test_a_feed_is_read_on_from_the_furthest_place(db: Sessions) -> None:
    feeds = FeedStore(db)
    assert await feeds.position("x") == 0
    for place, furthest in ((7, 7), (3, 7), (2**40, 2**40)):
        await feeds.advance("x", place)
        assert await feeds.position("x") == furthest
    assert await feeds.position("y") == 0


async def test_a_feed_that_has_begun_anew_is_read_from_its_own_place(db: Sessions) -> None:
    feeds = FeedStore(db)
    await feeds.advance("z", 7)
    await feeds.begin_anew("z", 3, NOW)
    assert await feeds.position("z") == 3
    await feeds.begin_anew("new", 5, NOW)
    assert await feeds.position("new") == 5


async def test_when_a_feed_was_heard_is_kept_whoever_reads_it(db: Sessions) -> None:
    feeds = FeedStore(db)
    await feeds.advance("w", 7, NOW)
    await feeds.advance("w", 8)
    async with db() as session:
        row = FeedPositionRow
        assert await session.scalar(select(row.heard_at).where(row.feed == "w")) == NOW
