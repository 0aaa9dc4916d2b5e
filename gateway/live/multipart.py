"""Apollo's multipart subscriptions, 1.0: one subscription is one answer that goes on, in parts.

https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol. An
execution result stands under `payload`; `{}` says that the stream is alive. Cursors have no place
of their own here: the client selects them, and subscribes again with `after`.
"""

from __future__ import annotations

from collections.abc import Sequence

from gateway.errors import Entry
from gateway.live import streams
from gateway.live.http_stream import HttpStream
from gateway.live.stream import Ending, entry_of
from gateway.multipart import BEGIN, END, content_type, part
from gateway.response import encode


class MultipartStream(HttpStream):
    """Where the payloads of one subscription go, as parts."""

    protocol = streams.MULTIPART
    content_type = content_type('subscriptionSpec="1.0"')
    keep_alive = part(b"{}")
    opening = BEGIN + keep_alive

    __slots__ = ()

    def written(self, payload: bytes, cursor: str | None) -> bytes:  # noqa: ARG002 # has no place
        """Return a payload as a part."""
        return part(b'{"payload":' + payload + b"}")

    def last(self, entries: Sequence[Entry], ending: Ending | None) -> bytes:
        """Return what is sent at the end; that we end it is no result of the operation.

        A client does not connect again by itself, so it is told even of a restart.
        """
        if ending is not None:
            entries = entries or [entry_of(ending)]
            return part(encode({"payload": None, "errors": entries})) + END
        errors = part(encode({"payload": {"errors": entries}})) if entries else b""
        return errors + END
