"""Signs what is sent as Standard Webhooks 1.0 has it: HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime


def signature_of(secret: bytes, said: bytes) -> str:
    """Return the signature of bytes, with the scheme's own mark before it."""
    return "v1," + base64.b64encode(hmac.digest(secret, said, hashlib.sha256)).decode()


def signed(id: str, at: datetime, body: bytes, secrets: Sequence[bytes]) -> Mapping[str, str]:
    """Return the headers of a message: one signature of each secret, so that one can be renewed.

    `at` is when it is sent, `id` what it is known by however often it is; neither has a full stop.
    """
    seconds = str(int(at.timestamp()))
    said = b".".join((id.encode(), seconds.encode(), body))
    return {
        "webhook-id": id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(signature_of(each, said) for each in secrets),
    }
