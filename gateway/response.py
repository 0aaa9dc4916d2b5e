"""Writes one GraphQL answer: encoded once, with the status that its media type asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from starlette.types import Send

from domain.access.opening import TRIES_WINDOW
from domain.errors import CallerError
from gateway.errors import (
    DocumentRefused,
    Entry,
    Fault,
    caller_entry,
    fault_entry,
    status_of,
)
from gateway.request import EVENT_STREAM, GRAPHQL_JSON, JSON

Header = tuple[str, str]
encode = msgspec.json.Encoder().encode
_CONTENT_TYPE = {
    JSON: b"application/json; charset=utf-8",
    GRAPHQL_JSON: b"application/graphql-response+json; charset=utf-8",
    EVENT_STREAM: b"text/event-stream; charset=utf-8",
}
# A proxy must not keep what is sent until it has enough of it (nginx).
UNBUFFERED = (b"x-accel-buffering", b"no")
COMPLETE = b"event: complete\ndata:\n\n"
"""The event that says that all has been sent; without `data`, browsers would not tell of it."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A complete HTTP answer."""

    body: bytes
    media_type: str = JSON
    status: int = 200
    headers: tuple[Header, ...] = ()

    async def send(self, send: Send, *extra: Header) -> None:
        """Send the answer in one start and one body message."""
        headers = [
            content_type(self.media_type),
            (b"content-length", str(len(self.body)).encode("ascii")),
        ]
        for name, value in (*self.headers, *extra):
            headers.append((name.encode("latin-1"), value.encode("latin-1")))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def executed(content: Mapping[str, object], media_type: str) -> Answer:
    """Return the answer of an operation that ran, wholly or in part."""
    return Answer(body=_written(content, media_type), media_type=media_type)


def not_executed(errors: Sequence[Entry], media_type: str) -> Answer:
    """Return the answer of a request whose document or variables were refused: no `data`."""
    status = 400 if media_type == GRAPHQL_JSON else 200
    body = _written({"errors": errors}, media_type)
    return Answer(body=body, media_type=media_type, status=status)


def refused(error: CallerError, media_type: str = JSON) -> Answer:
    """Return the answer to a request that the caller must mend."""
    if isinstance(error, DocumentRefused):
        return not_executed([caller_entry(error)], media_type)
    return Answer(
        body=encode({"errors": [caller_entry(error)]}),
        media_type=_of_errors(media_type),
        status=status_of(error),
        headers=_headers(error),
    )


def failed(error: Exception, event_id: str, media_type: str = JSON) -> Answer:
    """Return the answer to a request that failed on our side."""
    return Answer(
        body=encode({"errors": [fault_entry(error, event_id)]}),
        media_type=_of_errors(media_type),
        status=error.status if isinstance(error, Fault) else Fault.status,
    )


def content_type(media_type: str) -> tuple[bytes, bytes]:
    """Return the header that says what an answer is."""
    return (b"content-type", _CONTENT_TYPE[media_type])


def event(payload: bytes, cursor: str | None = None) -> bytes:
    """Return one execution result as an event; `cursor` is what `Last-Event-ID` says later.

    Lines end in LF alone: clients are known that can't read another end (urql).
    """
    place = b"" if cursor is None else b"id: " + cursor.encode("ascii") + b"\n"
    return place + b"event: next\ndata: " + payload + b"\n\n"


def _written(content: Mapping[str, object], media_type: str) -> bytes:
    """Return the only result of an operation, in JSON or as a stream of one event."""
    body = encode(content)
    return event(body) + COMPLETE if media_type == EVENT_STREAM else body


def _of_errors(media_type: str) -> str:
    """Return what a refusal is written in: no stream has begun."""
    return JSON if media_type == EVENT_STREAM else media_type


def _headers(error: CallerError) -> tuple[Header, ...]:
    if error.code == "TOO_MANY_TRIES":
        return (("retry-after", str(int(TRIES_WINDOW.total_seconds()))),)
    return getattr(error, "headers", ())
