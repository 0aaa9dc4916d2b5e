from __future__ import annotations

from store.feed import FeedStore
from store.session import Sessions


async def test_a_feed_is_read_on_from_the_furthest_place(db: Sessions) -> None:
    feeds = FeedStore(db)
    assert await feeds.position("x") == 0
    for place, furthest in ((7, 7), (3, 7), (2**40, 2**40)):
        await feeds.advance("x", place)
        assert await feeds.position("x") == furthest
    assert await feeds.position("y") == 0
