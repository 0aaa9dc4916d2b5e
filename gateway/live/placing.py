"""Gives events their places as soon as they are committed, and tells those who read them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from gateway.errors import log_fault
from store.outbox import Outbox

EVERY_SECONDS = 1.0


class Placing:
    """One task of a process that writes; it also places what a process left that has died."""

    def __init__(
        self,
        outbox: Outbox,
        placed: Callable[[], Awaitable[None]],
        every_seconds: float = EVERY_SECONDS,
    ) -> None:
        self._outbox = outbox
        self._placed = placed
        self._every_seconds = every_seconds
        self._has_work = asyncio.Event()

    def happened(self) -> None:
        """Take note that something was committed."""
        self._has_work.set()

    async def run(self) -> None:
        """Place for as long as the task lives; without a database, again later."""
        while True:
            await due(self._has_work, self._every_seconds)
            try:
                if await self._outbox.place():
                    await self._placed()
            except Exception as error:  # noqa: BLE001 # it is tried again; the events are safe
                log_fault(error, "-")
                await asyncio.sleep(self._every_seconds)


async def due(has_work: asyncio.Event, seconds: float) -> None:
    """Wait until there is work, or for some time; and clear what said so."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await has_work.wait()
    has_work.clear()
