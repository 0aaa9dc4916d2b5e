"""One timer for whatever lasts: each tells in how many seconds it wants to be called."""

from __future__ import annotations

import asyncio
from typing import Protocol

from gateway.errors import log_fault


class Entry(Protocol):
    """Somebody who is called when the time has come."""

    def due(self) -> None:
        """Do what was to be done then; whoever wants to be called again says so again."""


class Calendar:
    """Calls its entries in the second that they asked for, or soon after.

    A handle of the event loop for each of many thousand connections would cost more than all else
    that an idle one is made of; here each is a place in a set.
    """

    def __init__(self) -> None:
        self._seconds: dict[int, set[Entry]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def put(self, entry: Entry, seconds: float) -> int:
        """Have an entry called after so many seconds; return its place, to take it out by."""
        loop = asyncio.get_running_loop()
        place = int(loop.time() + max(seconds, 0)) + 1
        self._seconds.setdefault(place, set()).add(entry)
        if self._timer is None:
            self._wait(loop)
        return place

    def take(self, entry: Entry, place: int) -> None:
        """Take an entry out; nothing happens if it has been called."""
        if place in self._seconds:
            self._seconds[place].discard(entry)

    def _wait(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = loop.call_at(int(loop.time()) + 1, self._tick, loop)

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for place in sorted(place for place in self._seconds if place <= now):
            for entry in self._seconds.pop(place):
                try:
                    entry.due()
                except Exception as error:  # noqa: BLE001 # of one, which must not stop the rest
                    log_fault(error, "-")
        self._timer = None
        if self._seconds:
            self._wait(loop)
