"""An access token: signed by the issuer, meant for us, good now; remembered until it ends."""

from __future__ import annotations

import base64
import binascii
from collections import OrderedDict
from collections.abc import Callable, Mapping
from hashlib import sha256

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError

from domain.access.viewer import Viewer
from domain.errors import Unauthenticated
from gateway.claims import viewer_of
from gateway.keys import Keys

ALGORITHMS = ["ES256", "PS256", "RS256"]
SKEW_SECONDS = 10
_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})


class _Header(msgspec.Struct):
    alg: str
    kid: str
    typ: str = "jwt"


_decode_header = msgspec.json.Decoder(_Header).decode


class AccessToken(msgspec.Struct, frozen=True):
    """What a good token says: who its holder is, and which key they must prove to have.

    `thumbprint` is None for a token that whoever bears it may use, and empty for one that is bound
    by another means than a key of DPoP.
    """

    viewer: Viewer
    thumbprint: str | None


class AccessTokens:
    """Verifies access tokens of one issuer, and remembers each good one until it expires."""

    def __init__(
        self, keys: Keys, *, issuer: str, audience: str, most: int, clock: Callable[[], float]
    ) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._most = most
        self._clock = clock
        self._known: OrderedDict[bytes, tuple[float, AccessToken]] = OrderedDict()

    async def read(self, token: str) -> AccessToken:
        """Return what a token says; raises Unauthenticated, and KeysUnavailable when unknown."""
        digest = sha256(token.encode("ascii")).digest()
        known = self._known.get(digest)
        if known is not None and known[0] > self._clock():
            self._known.move_to_end(digest)
            return known[1]
        claims = await self._verified(token)
        found = AccessToken(viewer_of(claims), _thumbprint(claims))
        self._remember(digest, found)
        return found

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

    def _remember(self, digest: bytes, found: AccessToken) -> None:
        self._known[digest] = (found.viewer.expires_at.timestamp(), found)
        if len(self._known) > self._most:
            self._known.popitem(last=False)


def _thumbprint(claims: Mapping[str, object]) -> str | None:
    if "cnf" not in claims:
        return None
    bound = claims["cnf"]
    found = bound.get("jkt") if isinstance(bound, dict) else None
    return found if isinstance(found, str) else ""


def _header(token: str) -> _Header:
    encoded = token.partition(".")[0]
    try:
        return _decode_header(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        raise Unauthenticated from None
