"""graphql-sse, distinct connections: one subscription is one answer that goes on.

An operation of another kind is answered by one event and the end (`gateway/response.py`).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, datetime

from starlette.types import Receive, Send

from gateway.errors import Entry
from gateway.live import streams
from gateway.live.connections import Connections
from gateway.live.outbox import Outbox
from gateway.live.stream import Ending, Subscription
from gateway.request import EVENT_STREAM
from gateway.response import COMPLETE, Header, content_type, encode, event

KEEP_ALIVE = b":\n\n"
_RETRY_MILLISECONDS = (1_000, 5_000)
_AGAIN = frozenset({Ending.RESTARTING, Ending.TOKEN_EXPIRED})
"""Ends after which the client is to connect again: it is not told that all has been sent."""
# A proxy must not keep events until it has enough of them (nginx).
_UNBUFFERED = (b"x-accel-buffering", b"no")


class EventStream:
    """Where the payloads of one subscription go, over an answer of HTTP.

    Nothing runs here while nothing happens, but for the request's own task, which waits for the
    client to hang up.
    """

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
            self._put(event(payload, cursor))

    def end(self, entries: Sequence[Entry], ending: Ending | None) -> None:
        """Take the last word."""
        if self._ended is not None:
            return
        self._ended = ending.name if ending else streams.COMPLETED
        last = event(encode({"errors": entries})) if entries else b""
        if ending is Ending.RESTARTING:  # nobody's error: clients come back by themselves
            last = b"retry: %d\n\n" % random.randint(*_RETRY_MILLISECONDS)  # noqa: S311 # no secret
        self._put(last if ending in _AGAIN else last + COMPLETE)

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
                self._put(KEEP_ALIVE)
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
        connections.add(self, streams.EVENT_STREAM)
        connections.streams.started(streams.EVENT_STREAM)
        self._wait(connections.first_keep_alive())
        try:
            await send(_start(headers))
            self._send = send
            self._put(KEEP_ALIVE)
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            connections.calendar.take(self, self._place)
            connections.remove(self, streams.EVENT_STREAM)
            if self._ended is None:
                self._ended = streams.CLIENT_GONE
                subscription.stop()
            connections.streams.ended(streams.EVENT_STREAM, self._ended)
            if self._draining is not None:
                self._draining.cancel()

    def _put(self, message: bytes) -> None:
        self._outbox.put(message)
        if self._draining is None and self._send is not None:
            self._draining = asyncio.create_task(self._drain(self._send))

    async def _drain(self, send: Send) -> None:
        while (message := self._outbox.pop()) is not None:
            await send({"type": "http.response.body", "body": message, "more_body": True})
        if self._ended is not None:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        self._draining = None

    def _stop(self, ending: Ending) -> None:
        if self._subscription is not None:
            self._subscription.stop()
        self.end([_entry(ending)], ending)

    def _wait(self, seconds: float) -> None:
        self._place = self._connections.calendar.put(self, min(seconds, self._left()))

    def _left(self) -> float:
        return (self._until - datetime.now(UTC)).total_seconds()


class StreamAnswer:
    """An answer that goes on, sent as others are."""

    def __init__(self, stream: EventStream, subscription: Subscription, receive: Receive) -> None:
        self._stream = stream
        self._subscription = subscription
        self._receive = receive

    async def send(self, send: Send, *extra: Header) -> None:
        """Send until it is over."""
        await self._stream.serve(self._subscription, self._receive, send, extra)


def _start(headers: Sequence[Header]) -> dict[str, object]:
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return {
        "type": "http.response.start",
        "status": 200,
        "headers": [content_type(EVENT_STREAM), _UNBUFFERED, *raw],
    }


def _entry(ending: Ending) -> Entry:
    remedy = "Connect again; docs/live.md says how nothing is missed."
    return {"message": ending.value, "extensions": {"code": ending.name, "remedy": remedy}}
