"""A subscription that is one HTTP answer which goes on, however its payloads are written."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar

from starlette.types import Message, Receive, Send

from gateway.errors import Entry
from gateway.live import streams
from gateway.live.connections import Connections
from gateway.live.outbox import Outbox
from gateway.live.stream import Ending, Subscription, entry_of
from gateway.response import UNBUFFERED, Header


class HttpStream(ABC):
    """Where the payloads of one subscription go, over an answer of HTTP.

    Nothing runs here while nothing happens, but for the request's own task, which waits for the
    client to hang up. `opening` is written before all else.
    """

    protocol: ClassVar[str]
    content_type: ClassVar[bytes]
    opening: ClassVar[bytes]
    keep_alive: ClassVar[bytes]

    __slots__ = (
        *("_connections", "_draining", "_ended", "_is_leaving", "_outbox", "_place", "_send"),
        *("_subscription", "_until"),
    )

    def __init__(self, connections: Connections, until: datetime) -> None:
        self._connections = connections
        self._until = until
        self._outbox = Outbox(connections.bounds)
        self._ended: str | None = None
        self._is_leaving = False
        self._send: Send | None = None
        self._draining: asyncio.Task[None] | None = None
        self._subscription: Subscription | None = None

    @property
    def is_full(self) -> bool:
        """Whether so much waits to be written that nothing more is taken."""
        return self._outbox.is_full

    def send(self, payload: bytes, cursor: str | None) -> None:
        """Take a payload."""
        if self._ended is None:
            self._put(self.written(payload, cursor))

    def end(self, entries: Sequence[Entry], ending: Ending | None) -> None:
        """Take the last word."""
        if self._ended is not None:
            return
        self._ended = ending.name if ending else streams.COMPLETED
        self._put(self.last(entries, ending))

    @abstractmethod
    def written(self, payload: bytes, cursor: str | None) -> bytes:
        """Return a payload as it is sent."""

    @abstractmethod
    def last(self, entries: Sequence[Entry], ending: Ending | None) -> bytes:
        """Return what is sent at the end."""

    def due(self) -> None:
        """Show the client, and what stands between us, that the stream is alive."""
        if self._ended is not None:
            return
        if self._is_leaving:
            self._stop(Ending.RESTARTING)
        elif self._left() <= 0:
            self._stop(Ending.TOKEN_EXPIRED)
        else:
            if not self._outbox:
                self._put(self.keep_alive)
            self._wait(self._connections.keep_alive_seconds)

    def leave(self, seconds: float) -> None:
        """Ask the client to connect again, after so many seconds."""
        self._is_leaving = True
        self._connections.calendar.take(self, self._place)
        self._wait(seconds)

    async def serve(
        self, subscription: Subscription, receive: Receive, send: Send, headers: Sequence[Header]
    ) -> None:
        """Write what comes until it ends, or the client hangs up."""
        self._subscription = subscription
        connections = self._connections
        connections.add(self, self.protocol)
        connections.streams.started(self.protocol)
        self._wait(connections.first_keep_alive())
        try:
            await send(self._start(headers))
            await send(_body(self.opening))
            self._send = send
            self._write()
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            connections.calendar.take(self, self._place)
            connections.remove(self, self.protocol)
            if self._ended is None:
                self._ended = streams.CLIENT_GONE
                subscription.stop()
            connections.streams.ended(self.protocol, self._ended)
            if self._draining is not None:
                self._draining.cancel()

    def _start(self, headers: Sequence[Header]) -> Message:
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-type", self.content_type), UNBUFFERED, *raw],
        }

    def _put(self, message: bytes) -> None:
        self._outbox.put(message)
        self._write()

    def _write(self) -> None:
        if self._outbox and self._draining is None and self._send is not None:
            self._draining = asyncio.create_task(self._drain(self._send))

    async def _drain(self, send: Send) -> None:
        while (message := self._outbox.pop()) is not None:
            await send(_body(message))
        if self._ended is not None:
            await send(_body(b"", is_last=True))
        self._draining = None

    def _stop(self, ending: Ending) -> None:
        """End the stream from our side; a restart is nobody's error."""
        if self._subscription is not None:
            self._subscription.stop()
        self.end([] if ending is Ending.RESTARTING else [entry_of(ending)], ending)

    def _wait(self, seconds: float) -> None:
        self._place = self._connections.calendar.put(self, min(seconds, self._left()))

    def _left(self) -> float:
        return (self._until - datetime.now(UTC)).total_seconds()


class StreamAnswer:
    """An answer that goes on, sent as others are."""

    def __init__(self, stream: HttpStream, subscription: Subscription, receive: Receive) -> None:
        self._stream = stream
        self._subscription = subscription
        self._receive = receive

    async def send(self, send: Send, *extra: Header) -> None:
        """Send until it is over."""
        await self._stream.serve(self._subscription, self._receive, send, extra)


def _body(body: bytes, *, is_last: bool = False) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": not is_last}
