"""Which proofs have been used: marks in Redis, shared by all processes of an installation."""

from __future__ import annotations

import asyncio
from typing import Protocol
from uuid import uuid4

from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.dpop import MOST_AGE, MOST_AHEAD
from gateway.errors import ReplayUnknown

# From the moment it is used, a proof may be good for its whole window; and a process whose clock
# is behind ours finds it good a little longer.
KEPT_SECONDS = MOST_AGE + 2 * MOST_AHEAD
_PREFIX = "dpop:"


class Marks(Protocol):
    """Remembers what was used, at least as long as it could be used again."""

    async def is_new(self, mark: str, /) -> bool:
        """Take note of a mark, and tell whether it was not there; raises ReplayUnknown."""


class RedisMarks:
    """Marks as keys that Redis forgets by itself; the keys are hashes and hold nothing of anybody.

    Needs Redis 7 or newer: of two who set one key, each is told who was first.
    """

    def __init__(self, redis: Redis, patience: float = 1.0) -> None:
        self._redis = redis
        self._patience = patience

    async def is_new(self, mark: str, /) -> bool:
        """Take note of a mark, and tell whether it was not there.

        Raises ReplayUnknown when Redis does not answer: what can't be excluded must be feared, and
        a process of its own memory would let each proof through once a process.
        """
        # The client asks again by itself when a connection breaks: then we find our own word.
        ours = uuid4().hex.encode()
        try:
            async with asyncio.timeout(self._patience):
                first = await self._redis.set(
                    _PREFIX + mark, ours, nx=True, get=True, ex=KEPT_SECONDS
                )
        except (RedisError, OSError, TimeoutError):
            raise ReplayUnknown from None
        return first is None or first == ours


class NoMarks:
    """Where there is nowhere to keep marks: no proof can be accepted."""

    async def is_new(self, _mark: str, /) -> bool:
        """Raise ReplayUnknown."""
        raise ReplayUnknown
