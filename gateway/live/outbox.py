"""What waits to be written to a client that reads more slowly than it is sent to."""

from __future__ import annotations

from collections import deque

import msgspec


class Bounds(msgspec.Struct, frozen=True):
    """How much may wait for one connection."""

    bytes: int
    messages: int


class Outbox:
    """Messages in order. Nothing is refused: whoever puts asks `is_full` first."""

    __slots__ = ("_bounds", "_bytes", "_waiting")

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._bytes = 0
        # Nearly always nothing waits, and an empty deque would be half a kilobyte.
        self._waiting: deque[bytes] | None = None

    def __bool__(self) -> bool:
        return self._waiting is not None

    @property
    def is_full(self) -> bool:
        """Tell whether as much waits as may."""
        waiting = self._waiting
        return waiting is not None and (
            self._bytes >= self._bounds.bytes or len(waiting) >= self._bounds.messages
        )

    def put(self, message: bytes) -> None:
        """Let a message wait."""
        if self._waiting is None:
            self._waiting = deque()
        self._waiting.append(message)
        self._bytes += len(message)

    def pop(self) -> bytes | None:
        """Return what has waited longest, or None when nothing waits."""
        if self._waiting is None:
            return None
        message = self._waiting.popleft()
        self._bytes -= len(message)
        self._waiting = self._waiting or None
        return message

    def clear(self) -> None:
        """Let go of all that waits."""
        self._waiting, self._bytes = None, 0
