"""All that is open in this process: counted, kept alive by one timer, asked to leave at the end."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import Protocol

from gateway.errors import Fault
from gateway.health import NotReady
from gateway.live.calendar import Calendar, Entry
from gateway.live.outbox import Bounds
from gateway.live.streams import Streams

_LOOK_SECONDS = 0.1


class Leaving(Fault):
    """The process is about to end, or has as many connections as it may: another one has room."""

    code = "UNAVAILABLE"
    sentence = "No more connections are taken here just now."
    remedy = "Connect again in a few seconds."
    status = 503


class Member(Entry, Protocol):
    """One connection that lasts."""

    def leave(self, seconds: float) -> None:
        """Ask the client to connect again elsewhere, after so many seconds."""


class Connections:
    """The connections that subscriptions are sent by, whatever their protocol."""

    def __init__(
        self, *, most: int, keep_alive_seconds: float, bounds: Bounds, streams: Streams
    ) -> None:
        self.calendar = Calendar()
        self.streams = streams
        self.bounds = bounds
        self.keep_alive_seconds = keep_alive_seconds
        self._most = most
        self._members: set[Member] = set()
        self._is_leaving = False

    def __len__(self) -> int:
        return len(self._members)

    def check(self) -> None:
        """Raise Leaving where no further connection is taken."""
        if self._is_leaving or len(self._members) >= self._most:
            raise Leaving

    def add(self, member: Member, protocol: str) -> None:
        """Take note of a connection."""
        self._members.add(member)
        self.streams.connections.labels(protocol).inc()

    def remove(self, member: Member, protocol: str) -> None:
        """Forget a connection; forgetting it twice changes nothing."""
        if member in self._members:
            self._members.remove(member)
            self.streams.connections.labels(protocol).dec()

    def first_keep_alive(self) -> float:
        """Return when to look at a new connection first: those of one moment are spread out."""
        return random.uniform(0.5, 1) * self.keep_alive_seconds  # noqa: S311 # no secret

    async def accepting(self) -> None:
        """Raise NotReady once the process is about to end."""
        if self._is_leaving:
            raise NotReady("The process is about to end: send clients to another one.")

    async def drain(self, seconds: float, is_forced: Callable[[], bool]) -> None:
        """Ask all to leave, spread over so many seconds; return when they have or time is over."""
        self._is_leaving = True
        loop = asyncio.get_running_loop()
        for member in list(self._members):
            member.leave(random.uniform(0, seconds))  # noqa: S311 # no secret
        end = loop.time() + seconds + 2  # the calendar's second, and the client's answer
        while self._members and loop.time() < end and not is_forced():  # noqa: ASYNC110 # a signal sets it
            await asyncio.sleep(_LOOK_SECONDS)
