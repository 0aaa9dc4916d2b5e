"""A JWS signature checked against a public JWK, with `cryptography` itself.

A proof comes with every request, so this is on every request's way: joserfc takes twice the time
for an elliptic key, and refuses headers that hold an RSA key. Algorithms of RFC 7518, section 3.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from hashlib import sha256
from typing import TypeAlias

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

PublicKey: TypeAlias = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
Check: TypeAlias = Callable[[PublicKey, bytes, bytes], None]
Jwk: TypeAlias = Mapping[str, object]

RSA_BITS = range(2048, 4097)
_MEMBERS = {"EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}
_CURVES: Mapping[str, type[ec.EllipticCurve]] = {
    "P-256": ec.SECP256R1,
    "P-384": ec.SECP384R1,
    "P-521": ec.SECP521R1,
}


class NotAKey(ValueError):
    """A JWK that is no public key of a kind that we take."""


def public_part(jwk: Jwk) -> bytes:
    """Return the members that make up a public key, in the form that RFC 7638 hashes.

    Raises NotAKey for a private or shared key, and for a kind of key that we don't take.
    """
    members = _MEMBERS.get(str(jwk.get("kty")), ())
    if not members or "d" in jwk or "k" in jwk:
        raise NotAKey
    public = {name: jwk.get(name) for name in members}
    if not all(isinstance(value, str) for value in public.values()):
        raise NotAKey
    return msgspec.json.encode(public)


def thumbprint(public: bytes) -> str:
    """Return the SHA-256 thumbprint of a key's public part (RFC 7638)."""
    return base64url(sha256(public).digest())


@lru_cache(maxsize=4096)
def key_of(public: bytes) -> PublicKey:
    """Return the key of a public part; raises NotAKey if it is none, too weak or too large."""
    jwk: dict[str, str] = msgspec.json.decode(public)
    try:
        if jwk["kty"] == "EC":
            curve = _CURVES[jwk["crv"]]()
            return ec.EllipticCurvePublicNumbers(_int(jwk["x"]), _int(jwk["y"]), curve).public_key()
        key = rsa.RSAPublicNumbers(_int(jwk["e"]), _int(jwk["n"])).public_key()
    except (KeyError, ValueError):
        raise NotAKey from None
    if key.key_size not in RSA_BITS:
        raise NotAKey
    return key


def is_signed(algorithm: str, key: PublicKey, signed: bytes, signature: bytes) -> bool:
    """Tell whether the signature is the key's own over these bytes, by an algorithm of its kind."""
    check = CHECKS.get(algorithm)
    try:
        if check is not None:
            check(key, signature, signed)
            return True
    except (InvalidSignature, NotAKey, ValueError):
        return False
    return False


def base64url(raw: bytes) -> str:
    """Encode without padding, as JOSE does."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Decode what JOSE has encoded; raises ValueError for anything else."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("This is not base64url.") from None
    return raw


def _int(text: str) -> int:
    return int.from_bytes(from_base64url(text), "big")


def _elliptic(
    curve: type[ec.EllipticCurve],
    digest: hashes.HashAlgorithm,
    key: PublicKey,
    signature: bytes,
    signed: bytes,
) -> None:
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, curve):
        raise NotAKey
    size = (key.curve.key_size + 7) // 8
    if len(signature) != 2 * size:
        raise InvalidSignature
    r, s = (int.from_bytes(half, "big") for half in (signature[:size], signature[size:]))
    key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(digest))


def _rsa(
    padded: padding.AsymmetricPadding,
    digest: hashes.HashAlgorithm,
    key: PublicKey,
    signature: bytes,
    signed: bytes,
) -> None:
    if not isinstance(key, rsa.RSAPublicKey):
        raise NotAKey
    key.verify(signature, signed, padded, digest)


def _pss(digest: hashes.HashAlgorithm) -> padding.PSS:
    return padding.PSS(padding.MGF1(digest), digest.digest_size)


_DIGESTS: Mapping[str, hashes.HashAlgorithm] = {
    "256": hashes.SHA256(),
    "384": hashes.SHA384(),
    "512": hashes.SHA512(),
}
CHECKS: Mapping[str, Check] = {
    "ES256": partial(_elliptic, ec.SECP256R1, _DIGESTS["256"]),
    "ES384": partial(_elliptic, ec.SECP384R1, _DIGESTS["384"]),
    "ES512": partial(_elliptic, ec.SECP521R1, _DIGESTS["512"]),
    **{f"PS{size}": partial(_rsa, _pss(digest), digest) for size, digest in _DIGESTS.items()},
    **{f"RS{size}": partial(_rsa, padding.PKCS1v15(), digest) for size, digest in _DIGESTS.items()},
}
