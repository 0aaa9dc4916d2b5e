"""Proofs of possession as clients make them (RFC 9449): a new one for every request."""

from __future__ import annotations

import time
import uuid
from hashlib import sha256

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from joserfc.util import urlsafe_b64encode

Key = ECKey | RSAKey


def new_key() -> ECKey:
    """Return a key to bind tokens to; it never leaves its holder."""
    return ECKey.generate_key("P-256")


def proof(key: Key, method: str, url: str, *, token: str = "", nonce: str = "") -> str:
    """Return a proof for one request, with a token or, where one is asked for, without.

    `nonce` is what the issuer gave in `DPoP-Nonce`.
    """
    claims = claims_of(method, url, token) | ({"nonce": nonce} if nonce else {})
    return signed(key, claims)


def claims_of(method: str, url: str, token: str = "") -> dict[str, object]:
    """Return what a proof says: once, now, for this request and token."""
    claims: dict[str, object] = {"jti": str(uuid.uuid4()), "iat": int(time.time())}
    claims |= {"htm": method, "htu": url}
    if token:
        claims["ath"] = urlsafe_b64encode(sha256(token.encode("ascii")).digest()).decode()
    return claims


def signed(key: Key, claims: dict[str, object], algorithm: str = "ES256") -> str:
    """Return claims as a proof."""
    header = {"alg": algorithm, "typ": "dpop+jwt", "jwk": key.as_dict(private=False)}
    return jwt.encode(header, claims, key, [algorithm])
