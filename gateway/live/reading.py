"""Reads the log of events once for all who follow something in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from domain.event import PlacedEvent
from gateway.errors import log_fault
from gateway.live.placing import EVERY_SECONDS, due
from store.outbox import Outbox

_AT_ONCE = 500


class Reading:
    """One task; it reads nothing while nobody follows anything."""

    def __init__(
        self,
        outbox: Outbox,
        take: Callable[[Sequence[PlacedEvent]], None],
        is_followed: Callable[[], bool],
        every_seconds: float = EVERY_SECONDS,
    ) -> None:
        self._outbox = outbox
        self._take = take
        self._is_followed = is_followed
        self._every_seconds = every_seconds
        self._has_work = asyncio.Event()
        self._position: int | None = None
        self._starting = asyncio.Lock()

    @property
    def position(self) -> int:
        """The place up to which everything has been handed on; `start` comes first."""
        if self._position is None:
            raise RuntimeError("Nothing is read yet.")
        return self._position

    async def start(self) -> int:
        """Return the place from which on all events are handed on."""
        async with self._starting:
            if self._position is None:
                self._position = await self._outbox.newest()
            return self._position

    def wake(self) -> None:
        """Look for events now."""
        self._has_work.set()

    async def run(self) -> None:
        """Read for as long as the task lives; without a database, again later."""
        while True:
            await due(self._has_work, self._every_seconds)
            try:
                await self._read()
            except Exception as error:  # noqa: BLE001 # it is tried again from the same place
                log_fault(error, "-")
                await asyncio.sleep(self._every_seconds)

    async def _read(self) -> None:
        while self._position is not None:
            if not self._is_followed():
                self._position = None
                return
            found = await self._outbox.after(self._position, _AT_ONCE)
            if found:
                self._position = found[-1].position
                self._take(found)
            if len(found) < _AT_ONCE:
                return
