"""The worker as a process tells a receiver, is killed while it does, and tells it again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from gateway.settings import Settings
from tests.gateway.serving import serving
from tests.worker.backroom import Backroom
from tests.worker.test_process import environ, free_port, until, working
from tests.worker.vendor import MACHINE, Desk, Receiver, verified


async def test_killed_while_it_tells_it_tells_again_under_the_same_id(backroom: Backroom) -> None:
    receiver, clinic = Receiver(), backroom.clinic
    async with serving(receiver.app) as url:
        receiver.url = f"{url}/hook"
        settings = Settings.from_env(environ(backroom))
        desk = Desk(clinic.db, receiver, settings, now=datetime.now(UTC))
        await clinic.shared(await clinic.active(), MACHINE)
        await desk.register()

        async def is_verified() -> bool:
            return len(receiver.challenges) > 0

        async def has_come(times: int) -> bool:
            return len(receiver.got) >= times

        with working(backroom, free_port()) as process:
            await until(is_verified)
            receiver.hangs = asyncio.Event()
            await desk.happens(clinic, "s-1", "s-2")
            await until(lambda: has_come(1))
            process.kill()
            process.wait(10)
        receiver.hangs.set()
        with working(backroom, free_port()):
            await until(lambda: has_come(3))
        assert desk.client is not None
        await desk.client.close()
    assert [each.data["subjectId"] for each in receiver.got] == ["s-1", "s-1", "s-2"]
    assert receiver.got[0].id == receiver.got[1].id
    assert all(verified(receiver.secret, each.headers, each.body) for each in receiver.got)
    assert receiver.secret not in backroom.log.with_name("worker.log").read_text()
