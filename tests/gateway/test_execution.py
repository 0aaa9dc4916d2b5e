from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message

from gateway.errors import Fault
from gateway.execution import until_gone
from gateway.request import ClientGone


async def never() -> Message:
    await asyncio.sleep(60)
    return {"type": "http.disconnect"}


async def test_work_is_cancelled_when_the_client_hangs_up() -> None:
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    async def hang_up() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    with pytest.raises(ClientGone):
        await until_gone(work(), hang_up)
    assert ended.is_set()


async def test_work_that_ends_first_gives_its_result() -> None:
    async def work() -> int:
        await asyncio.sleep(0)
        return 1

    assert await until_gone(work(), never) == 1


async def test_the_servers_own_cancellation_goes_through() -> None:
    task = asyncio.create_task(until_gone(asyncio.sleep(60), never))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_cancellation_that_nobody_asked_for_is_our_fault() -> None:
    async def work() -> None:
        raise asyncio.CancelledError

    with pytest.raises(Fault):
        await until_gone(work(), never)
