"""What is followed while the store can't be read, or Redis rings for nobody."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import Redis
from sqlalchemy import text

from gateway.live.cursors import Place
from gateway.live.wake import Wake
from resolvers.writing import comment
from store.session import Sessions
from tests.gateway.live.following import CURSORS, Following
from tests.gateway.live.test_hub import VIEW
from tests.writing.clinic import INGRID, OMAR

A_MOMENT = 0.3


@asynccontextmanager
async def without(table: str, db: Sessions) -> AsyncIterator[None]:
    await _run(db, f"ALTER TABLE {table} RENAME TO away")
    try:
        yield
    finally:
        await _run(db, f"ALTER TABLE away RENAME TO {table}")


async def _run(db: Sessions, sql: str) -> None:
    async with db.begin() as session:
        await session.execute(text(sql))


async def test_what_could_not_be_told_is_told_later(live: Following) -> None:
    clinic = live.clinic
    part = await clinic.active()
    await live.told()
    seen, _ = await live.follow(OMAR)
    view, _ = await live.follow(OMAR, VIEW)
    await live.settled()
    await clinic.do(INGRID, comment.COMMENT, part_id=part, text="Mens noe mangler")
    async with without("patient", clinic.db):
        await live.told()
        await asyncio.sleep(A_MOMENT)
    await seen.until(lambda it: it.kinds == ["COMMENTED"])
    await view.until(lambda it: len(it.payloads) == 2)
    await clinic.do(INGRID, comment.COMMENT, part_id=part, text="Etterpå")
    await live.settled()
    assert seen.kinds == ["COMMENTED", "COMMENTED"]


async def test_whoever_begins_to_follow_meanwhile_is_told_from_then_on(live: Following) -> None:
    clinic = live.clinic
    part = await clinic.active()
    await live.told()
    async with without("event", clinic.db):
        seen, _ = await live.follow(OMAR)
        view, _ = await live.follow(OMAR, VIEW)
        await asyncio.sleep(A_MOMENT)
    await view.until(lambda it: len(it.payloads) == 1)
    await live.settled()
    await clinic.do(INGRID, comment.COMMENT, part_id=part, text="Nå")
    await live.settled()
    assert seen.kinds == ["COMMENTED"]


async def test_a_cursor_of_a_process_that_has_read_further_is_known(live: Following) -> None:
    clinic = live.clinic
    await live.follow(OMAR)
    await live.settled()
    part = await clinic.active()
    await clinic.store.outbox.place()  # and this process has not heard of it
    cursor = CURSORS.seal(Place(await clinic.store.outbox.newest(), clinic.now), clinic.patient_id)
    seen, _ = await live.follow(OMAR, after=cursor)
    await live.settled()
    await clinic.do(INGRID, comment.COMMENT, part_id=part, text="Nå")
    await live.settled()
    assert seen.kinds == ["COMMENTED"]


async def test_a_view_that_nobody_waits_for_any_more_leaves_the_others_as_they_are(
    live: Following,
) -> None:
    clinic = live.clinic
    part = await clinic.active()
    for _ in range(3):
        _, gone = await live.follow(OMAR, VIEW)
        gone.stop()
        seen, running = await live.follow(INGRID)
        await live.settled()
        await clinic.ask(INGRID, comment.COMMENT, part_id=part, text="Hei")
        await live.settled()
        assert seen.kinds[-1] == "COMMENTED"
        running.stop()


async def test_placing_does_not_wait_for_a_redis_that_is_gone() -> None:
    rung: list[int] = []
    async with Redis.from_url("redis://127.0.0.1:9") as redis:
        wake = Wake(redis)
        wake.listen(lambda: rung.append(1))
        begun = time.monotonic()
        await wake.ring()
        assert time.monotonic() - begun < 1
    assert rung == [1]
