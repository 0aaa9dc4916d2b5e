"""graphql-sse, distinct connections: one subscription is one answer that goes on.

An operation of another kind is answered by one event and the end (`gateway/response.py`).
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from gateway.errors import Entry
from gateway.live import streams
from gateway.live.http_stream import HttpStream
from gateway.live.stream import Ending
from gateway.request import EVENT_STREAM
from gateway.response import COMPLETE, content_type, encode, event

_RETRY_MILLISECONDS = (1_000, 5_000)
_AGAIN = frozenset({Ending.RESTARTING, Ending.TOKEN_EXPIRED})
"""Ends after which the client is to connect again: it is not told that all has been sent."""


class EventStream(HttpStream):
    """Where the payloads of one subscription go, as events."""

    protocol = streams.EVENT_STREAM
    content_type = content_type(EVENT_STREAM)[1]
    opening = keep_alive = b":\n\n"

    __slots__ = ()

    def written(self, payload: bytes, cursor: str | None) -> bytes:
        """Return a payload as an event."""
        return event(payload, cursor)

    def last(self, entries: Sequence[Entry], ending: Ending | None) -> bytes:
        """Return what is sent at the end."""
        last = event(encode({"errors": entries})) if entries else b""
        if ending is Ending.RESTARTING:  # nobody's error: clients come back by themselves
            last = b"retry: %d\n\n" % random.randint(*_RETRY_MILLISECONDS)  # noqa: S311 # no secret
        return last if ending in _AGAIN else last + COMPLETE
