"""When followers are to be looked at though nothing happens; to the second, and each once."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from datetime import datetime

from gateway.live.follower import Follower


class Deadlines:
    """Followers by the second that they are due in; whoever leaves is forgotten at once."""

    def __init__(self) -> None:
        self._by_second: dict[int, set[Follower]] = {}
        self._seconds: list[int] = []

    def set(self, follower: Follower, at: datetime) -> None:
        """Let a follower be due at a time, and no longer at the one it had."""
        second = math.ceil(at.timestamp())
        if follower.due == second:
            return
        self.forget(follower)
        follower.due = second
        if second not in self._by_second:
            self._by_second[second] = set()
            heapq.heappush(self._seconds, second)
        self._by_second[second].add(follower)

    def forget(self, follower: Follower) -> None:
        """Let a follower not be due any more."""
        if follower.due is not None:
            self._by_second.get(follower.due, set()).discard(follower)
            follower.due = None

    def due(self, now: datetime) -> Iterator[Follower]:
        """Yield those who are due by now; they are not due again until they are set."""
        while self._seconds and self._seconds[0] <= now.timestamp():
            for follower in self._by_second.pop(heapq.heappop(self._seconds)):
                follower.due = None
                yield follower
