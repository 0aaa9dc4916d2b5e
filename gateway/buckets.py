"""Buckets of cost that fill by themselves: in Redis for all processes, or in one process's memory.

A bucket is one number, the moment at which it will be full again (GCRA): taking from it moves that
moment on, and it may lie no more than PERIOD ahead.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Protocol

import msgspec
from redis.asyncio import Redis
from redis.exceptions import RedisError

PERIOD = 60
"""Seconds in which an empty bucket fills."""
_PREFIX = "cost:"

# Redis's own clock, so that the processes' clocks need not agree. Everything in microseconds.
_TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local holds, need, want = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local period = tonumber(ARGV[4]) * 1000000
local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
local left = math.floor((now + period - full) * holds / period)
if left < need then
  return {0, left, math.ceil((need - left) * period / holds / 1000)}
end
local taken = math.min(want, left)
full = full + taken * period / holds
local lasts = math.ceil((full - now) / 1000)
if lasts > 0 then
  redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', lasts)
else
  redis.call('DEL', KEYS[1])
end
return {taken, left - taken, 0}
"""


class Payer(msgspec.Struct, frozen=True):
    """Whose bucket, and the cost that it holds when it is full."""

    name: str
    holds: int


class Empty(Exception):
    """There is too little in the bucket; there will be enough after so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Taken(msgspec.Struct, frozen=True):
    """What was taken out of a bucket, and what is left in it."""

    cost: int
    left: int


class Unreachable(Exception):
    """The buckets can't be had just now."""


class Buckets(Protocol):
    """Takes cost out of buckets, atomically."""

    async def take(self, payer: Payer, need: int, want: int) -> Taken:
        """Take `want`, or less if less is left, but no less than `need`; or put back, if negative.

        Raises Empty, having taken nothing, and Unreachable.
        """


class RedisBuckets:
    """Buckets for all processes; their keys are hashes, and Redis forgets those that are full."""

    def __init__(self, redis: Redis, patience: float = 1.0) -> None:
        self._redis = redis
        self._patience = patience
        self._script = redis.register_script(_TAKE)

    async def take(self, payer: Payer, need: int, want: int) -> Taken:
        """Take cost out of a bucket, in one round trip."""
        key = _PREFIX + sha256(payer.name.encode()).hexdigest()
        try:
            async with asyncio.timeout(self._patience):
                taken, left, wait = await self._script(
                    keys=[key], args=[payer.holds, need, want, PERIOD]
                )
        except (RedisError, OSError, TimeoutError):
            raise Unreachable from None
        if wait:
            raise Empty(wait / 1000)
        return Taken(taken, left)


class LocalBuckets:
    """Buckets of one process by itself."""

    def __init__(self, most: int = 10_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._most = most
        self._full: OrderedDict[str, float] = OrderedDict()

    async def take(self, payer: Payer, need: int, want: int) -> Taken:
        """Take cost out of a bucket."""
        now = self._clock()
        full = max(now, self._full.get(payer.name, 0))
        left = int((now + PERIOD - full) * payer.holds / PERIOD)
        if left < need:
            raise Empty((need - left) * PERIOD / payer.holds)
        taken = min(want, left)
        self._full[payer.name] = full + taken * PERIOD / payer.holds
        self._full.move_to_end(payer.name)
        if len(self._full) > self._most:
            self._full.popitem(last=False)
        return Taken(taken, left - taken)
