"""From a bearer token to a viewer: who asks, as the issuer signed it or a code opened it."""

from __future__ import annotations

import base64
import binascii
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError

from domain.access.opening import PREFIX
from domain.access.viewer import Viewer
from domain.errors import Unauthenticated
from gateway.claims import viewer_of
from gateway.keys import Keys
from resolvers.opening import Openings

ALGORITHMS = ["ES256", "PS256", "RS256"]
SKEW_SECONDS = 10
_MAX_TOKEN = 16_000
_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})


class _Header(msgspec.Struct):
    alg: str
    kid: str
    typ: str = "jwt"


_decode_header = msgspec.json.Decoder(_Header).decode


class Authenticator:
    """Verifies access tokens, and remembers each good one until it expires."""

    def __init__(
        self,
        keys: Keys,
        *,
        issuer: str,
        audience: str,
        openings: Openings | None = None,
        cached_tokens: int = 10_000,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._openings = openings
        self._cached_tokens = cached_tokens
        self._clock = clock
        self._known: OrderedDict[bytes, tuple[float, Viewer]] = OrderedDict()

    async def viewer(self, authorization: str | None, event_id: str = "") -> Viewer:
        """Return the viewer of an `Authorization` header, or raise Unauthenticated."""
        token = _bearer(authorization)
        if token.startswith(PREFIX):
            return await self._recipient(token, event_id)
        digest = sha256(token.encode("ascii")).digest()
        known = self._known.get(digest)
        if known is not None and known[0] > self._clock():
            self._known.move_to_end(digest)
            return known[1]
        viewer = viewer_of(await self._verified(token))
        self._remember(digest, viewer)
        return viewer

    async def _recipient(self, token: str, event_id: str) -> Viewer:
        """Return whoever opened a share; looked up each time, since it may be withdrawn."""
        viewer = await self._openings.viewer(token, event_id) if self._openings else None
        if viewer is None:
            raise Unauthenticated
        return viewer

    async def _verified(self, token: str) -> dict[str, object]:
        header = _header(token)
        if header.alg not in ALGORITHMS or header.typ.lower() not in _TYPES:
            raise Unauthenticated
        key = await self._keys.find(header.kid)
        if key is None:
            raise Unauthenticated
        try:
            claims: dict[str, object] = jwt.decode(token, key, algorithms=ALGORITHMS).claims
            self._rules().validate(claims)
        except (JoseError, ValueError, TypeError):
            raise Unauthenticated from None
        if "cnf" in claims:
            # RFC 9449: a token bound to a key proves nothing when it comes without that proof.
            raise Unauthenticated("A sender-constrained token can't be used as a bearer token.")
        return claims

    def _rules(self) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=lambda: int(self._clock()),
            leeway=SKEW_SECONDS,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._audience},
            exp={"essential": True},
            iat={"essential": True},
        )

    def _remember(self, digest: bytes, viewer: Viewer) -> None:
        self._known[digest] = (viewer.expires_at.timestamp(), viewer)
        if len(self._known) > self._cached_tokens:
            self._known.popitem(last=False)


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token.isascii() or not 0 < len(token) <= _MAX_TOKEN:
        raise Unauthenticated
    return token


def _header(token: str) -> _Header:
    encoded = token.partition(".")[0]
    try:
        return _decode_header(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        raise Unauthenticated from None
