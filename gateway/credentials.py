"""What a caller shows of who they are, from wherever it came."""

from __future__ import annotations

import msgspec
from starlette.datastructures import Headers
from starlette.types import Scope

LONGEST_TOKEN = 16_000


class Credentials(msgspec.Struct, frozen=True):
    """An access token under its scheme, and the proof for the request it comes with.

    `method` and `path` are the request's. A WebSocket has none of these headers: there `scheme`,
    token and proof come in `connection_init`, and the request is the handshake, a GET.
    """

    scheme: str
    token: str
    proof: str
    method: str
    path: str

    def __repr__(self) -> str:
        return f"Credentials(scheme={self.scheme!r})"

    @property
    def is_token(self) -> bool:
        """Tell whether the token could be one, whatever it says."""
        return self.token.isascii() and 0 < len(self.token) <= LONGEST_TOKEN


def credentials(authorization: str, proof: str, method: str, path: str) -> Credentials:
    """Return what an `Authorization` and a `DPoP` of these values show."""
    scheme, _, token = authorization.partition(" ")
    return Credentials(scheme.lower(), token.strip(), proof.strip(), method, path)


def of_request(scope: Scope, headers: Headers) -> Credentials | None:
    """Return what an HTTP request shows, None when it names nobody.

    Headers that come more than once are joined (RFC 9110, 5.3), and so are no token and no proof.
    """
    given = headers.getlist("authorization")
    if not given:
        return None
    proof = ", ".join(headers.getlist("dpop"))
    return credentials(", ".join(given), proof, scope["method"], scope["path"])
