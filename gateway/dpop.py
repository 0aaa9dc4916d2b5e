"""Proof of possession (RFC 9449): is a proof by the token's own holder, for this request, now.

Pure: the time is an argument, and whether the proof was used before is asked elsewhere
(gateway/replay.py) of the mark that is returned. The checks and algorithms are those of NHN's own
samples for APIs behind HelseID.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlsplit

import msgspec

from domain.errors import Unauthenticated
from gateway.signature import (
    CHECKS,
    NotAKey,
    PublicKey,
    base64url,
    from_base64url,
    is_signed,
    key_of,
    public_part,
    thumbprint,
)

ALGORITHMS = tuple(CHECKS)
MOST_AGE = 60
"""Seconds that a proof is good for after its `iat`, differences between clocks included."""
MOST_AHEAD = 10
"""Seconds that its `iat` may be ahead of our clock, as in FAPI 2.0."""
_TYPE = "dpop+jwt"
_LONGEST_PROOF = 8_000
_LONGEST_ID = 256
_PORTS = {"http": 80, "https": 443}


class Flaw(Enum):
    """What is wrong with a proof, or with how it came; the value is the sentence for developers."""

    PROOF_MISSING = "The token is bound to a key: a DPoP proof must come with it."
    PROOF_UNREADABLE = "The DPoP proof is not a JWT with all that it must hold."
    PROOF_TYPE = "The DPoP proof's `typ` is not dpop+jwt."
    PROOF_ALGORITHM = "The DPoP proof's `alg` is not accepted."
    PROOF_KEY = "The DPoP proof's `jwk` is not the public key that the token is bound to."
    PROOF_SIGNATURE = "The DPoP proof is not signed with the key in its `jwk`."
    PROOF_TOKEN = "The DPoP proof's `ath` is not the hash of this token."  # noqa: S105  # a sentence
    PROOF_METHOD = "The DPoP proof's `htm` is not this request's method."
    PROOF_ADDRESS = "The DPoP proof's `htu` is not this address, as clients know it."
    PROOF_TIME = "The DPoP proof's `iat` is not now; compare your clock with the header `Date`."
    PROOF_REPLAYED = "The DPoP proof has been used before."


class ProofRefused(Unauthenticated):
    """A proof that proves nothing here; `reason` is its flaw."""

    remedy = "Make a new proof for each request; docs/errors.md says what each reason means."

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value, reason=flaw.name)


class Expected(msgspec.Struct, frozen=True):
    """What a proof must be for: a token, the key that it is bound to, and one request.

    `url` is the address as clients know it, without query.
    """

    token: str
    thumbprint: str
    method: str
    url: str

    def __repr__(self) -> str:
        return f"Expected(method={self.method!r})"


class _Header(msgspec.Struct):
    typ: str
    alg: str
    jwk: dict[str, object]
    crit: object = None


class _Claims(msgspec.Struct):
    jti: str
    htm: str
    htu: str
    iat: float
    ath: str
    exp: float | None = None
    nbf: float | None = None


_decode_header = msgspec.json.Decoder(_Header).decode
_decode_claims = msgspec.json.Decoder(_Claims).decode


def verified(proof: str, expected: Expected, now: float) -> str:
    """Return the mark that a second use of the proof would leave again; raises ProofRefused.

    The mark is a hash of the key's thumbprint and `jti`: it says nothing of anybody.
    """
    signed, header, signature = _read(proof)
    _check_header(header)
    public = _public(header)
    if thumbprint(public) != expected.thumbprint:
        raise ProofRefused(Flaw.PROOF_KEY)
    if not is_signed(header.alg, _key(public), signed, signature):
        raise ProofRefused(Flaw.PROOF_SIGNATURE)
    claims = _claims(signed)
    _check_claims(claims, expected, now)
    return base64url(sha256(f"{expected.thumbprint}.{claims.jti}".encode()).digest())


def hash_of(token: str) -> str:
    """Return the `ath` of an access token."""
    return base64url(sha256(token.encode("ascii")).digest())


def _read(proof: str) -> tuple[bytes, _Header, bytes]:
    signed, _, signature = proof.rpartition(".")
    if len(proof) > _LONGEST_PROOF or signed.count(".") != 1:
        raise ProofRefused(Flaw.PROOF_UNREADABLE)
    try:
        header = _decode_header(from_base64url(signed.partition(".")[0]))
        return signed.encode("ascii"), header, from_base64url(signature)
    except (ValueError, RecursionError):
        raise ProofRefused(Flaw.PROOF_UNREADABLE) from None


def _check_header(header: _Header) -> None:
    if header.typ.lower() != _TYPE:
        raise ProofRefused(Flaw.PROOF_TYPE)
    if header.alg not in CHECKS:
        raise ProofRefused(Flaw.PROOF_ALGORITHM)
    if header.crit is not None:  # extensions that we must know, and know none of (RFC 7515, 4.1.11)
        raise ProofRefused(Flaw.PROOF_UNREADABLE)


def _public(header: _Header) -> bytes:
    try:
        return public_part(header.jwk)
    except NotAKey:
        raise ProofRefused(Flaw.PROOF_KEY) from None


def _key(public: bytes) -> PublicKey:
    try:
        return key_of(public)
    except NotAKey:
        raise ProofRefused(Flaw.PROOF_KEY) from None


def _claims(signed: bytes) -> _Claims:
    try:
        claims = _decode_claims(from_base64url(signed.decode("ascii").partition(".")[2]))
    except (ValueError, RecursionError):
        raise ProofRefused(Flaw.PROOF_UNREADABLE) from None
    if not 0 < len(claims.jti) <= _LONGEST_ID:
        raise ProofRefused(Flaw.PROOF_UNREADABLE)
    return claims


def _check_claims(claims: _Claims, expected: Expected, now: float) -> None:
    if claims.ath != hash_of(expected.token):
        raise ProofRefused(Flaw.PROOF_TOKEN)
    if claims.htm != expected.method:
        raise ProofRefused(Flaw.PROOF_METHOD)
    if claims.htu != expected.url and _address(claims.htu) != _address(expected.url):
        raise ProofRefused(Flaw.PROOF_ADDRESS)
    if not _is_now(claims, now):
        raise ProofRefused(Flaw.PROOF_TIME)


def _is_now(claims: _Claims, now: float) -> bool:
    """Tell whether a proof is recent; an end or a beginning of its own is kept as well."""
    is_recent = now - MOST_AGE <= claims.iat <= now + MOST_AHEAD
    has_ended = claims.exp is not None and claims.exp + MOST_AHEAD <= now
    has_begun = claims.nbf is None or claims.nbf <= now + MOST_AHEAD
    return is_recent and has_begun and not has_ended


@lru_cache(maxsize=256)
def _address(url: str) -> tuple[str, str, int | None, str] | None:
    """Return what counts of an address: no case of scheme and host, usual port, query, fragment."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    if not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port, parts.path or "/"
