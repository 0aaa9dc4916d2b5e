"""One HTTP exchange: the call as it was read, the answer as it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec
from starlette.types import Receive, Scope, Send

MAX_BODY = 1_000_000
MAX_EVENT_ID = 128

JSON = b"application/json"
FHIR_JSON = b"application/fhir+json"


@dataclass(slots=True)
class Call:
    """One request, read to its end. `forced` holds the privacy faults that hit it."""

    method: str
    path: str
    query: bytes
    headers: Mapping[bytes, bytes]
    body: bytes
    forced: frozenset[str] = frozenset()

    def header(self, name: bytes) -> str:
        """Return a header's text, empty if it is missing."""
        return self.headers.get(name, b"").decode("latin-1")

    @property
    def event_id(self) -> str:
        """The caller's correlation id."""
        return self.header(b"nhn-event-id")


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[bytes, bytes], ...] = ()
    content_type: bytes = JSON


class Refusal(Exception):
    """A call that is not answered: the reason in the source's own words, and its error code."""

    def __init__(self, status: int, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.code = code


Handler = Callable[[Call], Answer]


def json(value: object, status: int = 200) -> Answer:
    """Return a value as a JSON answer."""
    return Answer(msgspec.json.encode(value), status)


async def read(scope: Scope, receive: Receive) -> Call:
    """Read a request to its end; a body over the limit is dropped, so that nothing can be in it."""
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= MAX_BODY:
            chunks.append(chunk)
        more = message.get("more_body", False)
    return Call(
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"],
        headers=dict(scope["headers"]),
        body=b"".join(chunks) if size <= MAX_BODY else b"",
    )


async def respond(call: Call, answer: Answer, send: Send, announced: int | None = None) -> None:
    """Send an answer; announcing more than there is leaves it unfinished, as a fault wants."""
    headers = [
        (b"content-type", answer.content_type),
        (b"content-length", str(announced or len(answer.body)).encode()),
        (b"x-event-id", call.headers.get(b"nhn-event-id", b"")[:MAX_EVENT_ID]),
        *answer.headers,
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    unfinished = announced is not None
    await send({"type": "http.response.body", "body": answer.body, "more_body": unfinished})
