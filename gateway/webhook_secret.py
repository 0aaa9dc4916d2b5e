"""Secrets that webhooks are signed with: shown once, and kept under a key that is elsewhere."""

from __future__ import annotations

import base64
import hashlib
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PREFIX = "whsec_"
_SECRET_BYTES = 32
_NONCE_BYTES = 12


class WebhookSecrets:
    """Seals secrets, each for its webhook, and opens what it has sealed."""

    def __init__(self, key: str) -> None:
        self._cipher = AESGCM(hashlib.sha256(b"dbep webhook\0" + key.encode()).digest())

    def new(self, id: str) -> tuple[str, bytes]:
        """Return a new secret as its vendor is shown it, and as it is kept."""
        secret, nonce = os.urandom(_SECRET_BYTES), os.urandom(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, secret, id.encode())
        return PREFIX + base64.b64encode(secret).decode(), sealed

    def open(self, sealed: bytes, id: str) -> bytes:
        """Return a secret; raises InvalidTag when it is another webhook's, or another key's."""
        nonce, kept = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        return self._cipher.decrypt(nonce, kept, id.encode())
