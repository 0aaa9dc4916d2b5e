"""What is sent to a receiver, and what it must answer to a challenge."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

import msgspec

from connectors.webhook import signature_of, signed
from domain.live.change import ChangeNotice

_encode = msgspec.json.Encoder().encode


class Message(msgspec.Struct, frozen=True):
    """A body under its id, which is the same however often it is sent."""

    id: str
    body: bytes

    def headers(self, at: datetime, keys: Sequence[bytes]) -> Mapping[str, str]:
        """Return the headers that say when it is sent and by whom."""
        return signed(self.id, at, self.body, keys)


class _Response(msgspec.Struct):
    response: str


_decode = msgspec.json.Decoder(_Response).decode


def of_change(notice: ChangeNotice) -> Message:
    """Return the message about a change: the id is the event's own."""
    return Message(f"evt_{notice.id}", _body("change", notice.at, notice))


def a_challenge(now: datetime) -> tuple[str, Message]:
    """Return a new challenge, and the message that puts it."""
    challenge = secrets.token_urlsafe(24)
    return challenge, Message(f"chg_{uuid4()}", _body("challenge", now, {"challenge": challenge}))


def is_answered(challenge: str, keys: Sequence[bytes], said: bytes) -> bool:
    """Tell whether an answer proves that the receiver has a secret: its signature of the challenge.

    Echoing the challenge would prove less: whoever sends back what they are sent would do.
    """
    try:
        response = _decode(said).response.encode()
    except (ValueError, RecursionError):
        return False
    expected = [signature_of(key, challenge.encode()).encode() for key in keys]
    return any(hmac.compare_digest(response, each) for each in expected)


def _body(kind: str, at: datetime, data: object) -> bytes:
    return _encode({"type": kind, "timestamp": at, "data": data})
