"""Places in the log of events as clients hold them: sealed, so that they tell nothing.

Each time a place is sealed it looks different. So nobody can count what they were not told of, or
see that two of them were told of the same.
"""

from __future__ import annotations

import base64
import hashlib
import os
import struct
from binascii import Error as NotBase64
from datetime import UTC, datetime

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_PLACE = struct.Struct(">qq")
_LONGEST = 100
_ORGANISATION = "organisation:"


class Place(msgspec.Struct, frozen=True):
    """A place in the log, and when it was the newest that its holder knew of."""

    position: int
    at: datetime


class CursorUnknown(Exception):
    """A cursor that is none of ours, or of something else that is followed."""


class Cursors:
    """Seals places, and opens what it has sealed, in any process with the same key."""

    def __init__(self, key: str) -> None:
        self._cipher = AESGCM(hashlib.sha256(b"dbep cursor\0" + key.encode()).digest())

    def seal(self, place: Place, of: str) -> str:
        """Return a cursor for a place in what is followed: a patient, or an organisation."""
        nonce = os.urandom(_NONCE_BYTES)
        plain = _PLACE.pack(place.position, int(place.at.timestamp()))
        sealed = nonce + self._cipher.encrypt(nonce, plain, of.encode())
        return base64.urlsafe_b64encode(sealed).decode().removesuffix("=")  # it is always one

    def open(self, cursor: str, of: str) -> Place:
        """Return the place of a cursor; raise CursorUnknown when it is not one of this."""
        try:
            sealed = base64.b64decode(cursor[:_LONGEST] + "=", altchars=b"-_", validate=True)
            nonce, kept = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            position, seconds = _PLACE.unpack(self._cipher.decrypt(nonce, kept, of.encode()))
        except (NotBase64, ValueError, InvalidTag):
            raise CursorUnknown from None
        return Place(position, datetime.fromtimestamp(seconds, UTC))


def topic_of(organisation: str) -> str:
    """Return what cursors of an organisation are sealed for, wherever it is told of changes."""
    return f"{_ORGANISATION}{organisation}"


def organisation_of(topic: str) -> str:
    """Return the organisation whose topic it is."""
    return topic.removeprefix(_ORGANISATION)
