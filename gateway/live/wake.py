"""Wakes every process when there are new events. Losing it costs latency, never an event."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

CHANNEL = "dbep:events"
_PAUSE_SECONDS = 1.0
_PATIENCE_SECONDS = 0.25

log = logging.getLogger("dbep.live")


class Wake:
    """A bell that all processes hear; it says nothing but that it rings."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._listeners: list[Callable[[], None]] = []

    def listen(self, woken: Callable[[], None]) -> None:
        """Let a function be called at each ring."""
        self._listeners.append(woken)

    async def ring(self) -> None:
        """Wake all; without Redis, other processes find out by themselves within a second."""
        self._wake()
        try:
            # The client tries again by itself, for seconds; the next event can't wait for that.
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._redis.publish(CHANNEL, b"")
        except (RedisError, OSError, TimeoutError):
            return

    async def run(self) -> None:
        """Hear the others ring, for as long as the task lives."""
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as bell:
                    await bell.subscribe(CHANNEL)
                    self._wake()  # what rang while nobody heard it
                    async for _ in bell.listen():
                        self._wake()
            except (RedisError, OSError):
                log.info("Redis wakes nobody now: changes are looked for each second")
            await asyncio.sleep(_PAUSE_SECONDS)

    def _wake(self) -> None:
        for woken in self._listeners:
            woken()
