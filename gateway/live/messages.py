"""The messages of graphql-transport-ws, as its protocol document says, and how it closes."""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import Annotated, TypeAlias

import msgspec

from gateway.request import GraphQLRequest

PROTOCOL = "graphql-transport-ws"
_LONGEST_REASON = 123
_TEXT = 0x81


class Code(IntEnum):
    """Why we close; 4400 and up are the protocol's own, the others WebSocket's (RFC 6455, 7.4)."""

    SERVICE_RESTART = 1012
    TRY_AGAIN_LATER = 1013
    BAD_REQUEST = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INITIALISATION_TIMEOUT = 4408
    SUBSCRIBER_EXISTS = 4409
    TOO_MANY_INITIALISATIONS = 4429
    INTERNAL_ERROR = 4500


class Shown(msgspec.Struct, frozen=True):
    """What the first message shows of who asks: the values of two headers of HTTP."""

    authorization: str | None = None
    dpop: str = ""

    def __repr__(self) -> str:
        return "Shown()"


class Init(msgspec.Struct, frozen=True, tag="connection_init"):
    """The first message: it opens the connection for operations."""

    payload: Shown | None = None


class Ping(msgspec.Struct, frozen=True, tag="ping"):
    """A question whether we are there."""


class Pong(msgspec.Struct, frozen=True, tag="pong"):
    """The answer to one of ours, or a sign of life."""


class Subscribe(msgspec.Struct, frozen=True, tag="subscribe"):
    """Begins an operation of any kind under an id of the client's choosing."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    payload: GraphQLRequest


class Complete(msgspec.Struct, frozen=True, tag="complete"):
    """Ends an operation."""

    id: str


Message: TypeAlias = Init | Ping | Pong | Subscribe | Complete

decode = msgspec.json.Decoder(Message).decode
_encode = msgspec.json.encode

ACK = b'{"type":"connection_ack"}'
PING = b'{"type":"ping"}'
PONG = b'{"type":"pong"}'


def next_head(id: str) -> bytes:
    """Return a `next` up to its payload, which is followed by one more brace."""
    return b'{"id":' + _encode(id) + b',"type":"next","payload":'


def error(id: str, entries: object) -> bytes:
    """Return an `error`: an operation's last message."""
    return _encode({"id": id, "type": "error", "payload": entries})


def complete(id: str) -> bytes:
    """Return a `complete`: an operation's last message when nothing went wrong."""
    return _encode({"id": id, "type": "complete"})


def frame(message: bytes) -> bytes:
    """Return a message as one frame of text from a server (RFC 6455, 5.2)."""
    length = len(message)
    if length < 126:
        return struct.pack("!BB", _TEXT, length) + message
    if length < 65_536:
        return struct.pack("!BBH", _TEXT, 126, length) + message
    return struct.pack("!BBQ", _TEXT, 127, length) + message


def reason(code: str, sentence: str) -> str:
    """Return what a close says: a code for programs and a sentence, as short as it must be."""
    return f"{code}: {sentence}".encode()[:_LONGEST_REASON].decode(errors="ignore")
