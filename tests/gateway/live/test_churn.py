"""Those who have come and gone leave nothing behind."""

from __future__ import annotations

import asyncio
import gc

from gateway.live.follower import Follower
from gateway.live.topic import Topic
from tests.gateway.live.following import CHANGED, Following
from tests.gateway.live.test_hub import VIEW
from tests.writing.clinic import OMAR

MANY = 300


def there() -> tuple[int, int]:
    gc.collect()
    live = sum(isinstance(each, Follower | Topic) for each in gc.get_objects())
    return live, len(asyncio.all_tasks())


async def test_hundreds_that_come_and_go_leave_no_task_and_no_follower(live: Following) -> None:
    await live.clinic.active()
    await live.told()
    before = there()
    for number in range(MANY):
        _, running = await live.follow(OMAR, VIEW if number % 3 else CHANGED)
        if number % 2:
            await asyncio.sleep(0)
        running.stop()
    del running
    async with asyncio.timeout(20):
        while live.hub.is_busy:  # noqa: ASYNC110 # nothing tells
            await asyncio.sleep(0.05)
    assert there() == before
