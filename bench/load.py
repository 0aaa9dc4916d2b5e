"""A closed-loop HTTP/1.1 client: each connection asks again as soon as it is answered.

It knows just enough HTTP for servers that state their content length, so that it costs little
next to what it measures.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import cast

Matches = Callable[[bytes], bool]

PATIENCE_SECONDS = 60.0
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Tally:
    """What happened under load: seconds of each answer, and how often it went wrong and how."""

    latencies: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def requests(self) -> int:
        """How many requests were answered or failed."""
        return len(self.latencies) + self.failures.total()


@dataclass(frozen=True)
class Aim:
    """Whom to ask, what to send, and how to know a right answer."""

    host: str
    port: int
    request: bytes
    matches: Matches


class Connection(asyncio.Protocol):
    """One connection; it stops asking at a time, and is done when the last answer is there."""

    def __init__(self, aim: Aim, tally: Tally) -> None:
        self._aim = aim
        self._tally = tally
        self._received = bytearray()
        self._body_at = 0
        self._end = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def start(self, until: float) -> None:
        """Ask until a time of `perf_counter`."""
        self._until = until
        self._ask()

    def close(self) -> None:
        """Hang up."""
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Not by isinstance: uvloop has transports of its own line.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if (self._end or self._read_head()) and len(self._received) >= self._end:
            self._answered(perf_counter())

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.done.done():
            self._tally.failures["connection lost"] += 1
            self.done.set_result(None)

    def _ask(self) -> None:
        self._received.clear()
        self._end = 0
        self._sent_at = perf_counter()
        self._transport.write(self._aim.request)

    def _read_head(self) -> bool:
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return False
        length = _LENGTH.search(self._received, 0, end)
        if length is None:
            self._transport.abort()
            return False
        self._body_at = end + 4
        self._end = self._body_at + int(length[1])
        return True

    def _answered(self, now: float) -> None:
        wrong = self._wrong()
        if wrong is None:
            self._tally.latencies.append(now - self._sent_at)
        else:
            self._tally.failures[wrong] += 1
        if now < self._until:
            self._ask()
        elif not self.done.done():
            self.done.set_result(None)

    def _wrong(self) -> str | None:
        status = bytes(self._received[9:12])
        if status != b"200":
            return f"status {status.decode('latin-1')}"
        body = bytes(self._received[self._body_at : self._end])
        return None if self._aim.matches(body) else "wrong answer"


async def run(aim: Aim, connections: int, seconds: float) -> Tally:
    """Ask over some connections for a time, and wait for the answers that are still under way.

    The time measured ends with the last answer, so that no work is cut off or counted twice.
    """
    tally = Tally()
    opened = [await _open(aim, tally) for _ in range(connections)]
    began = perf_counter()
    for connection in opened:
        connection.start(began + seconds)
    _, late = await asyncio.wait([c.done for c in opened], timeout=seconds + PATIENCE_SECONDS)
    tally.seconds = perf_counter() - began
    tally.failures.update({"no answer": len(late)} if late else {})
    for connection in opened:
        connection.done.cancel()
        connection.close()
    return tally


async def _open(aim: Aim, tally: Tally) -> Connection:
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(lambda: Connection(aim, tally), aim.host, aim.port)
    return connection
