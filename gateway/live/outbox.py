"""What waits to be written to a client that reads more slowly than it is sent to."""

from __future__ import annotations

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
        self._waiting: list[bytes] | None = None  # nearly always: a list is made when one waits

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
        self._waiting = self._waiting or []
        self._waiting.append(message)
        self._bytes += len(message)

    def take(self) -> list[bytes]:
        """Return all that waits, and let go of it."""
        taken, self._waiting, self._bytes = self._waiting or [], None, 0
        return taken
