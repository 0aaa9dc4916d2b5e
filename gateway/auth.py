"""From what a caller shows to a viewer: who asks, as the issuer signed it or a code opened it."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum

from domain.access.opening import PREFIX
from domain.access.viewer import Viewer
from domain.errors import Unauthenticated
from gateway import dpop
from gateway.access_token import AccessToken, AccessTokens
from gateway.challenge import BEARER, DPOP, challenge
from gateway.credentials import Credentials
from gateway.dpop import Expected, Flaw, ProofRefused
from gateway.errors import TokenRefused
from gateway.keys import Keys
from gateway.replay import Marks, NoMarks
from resolvers.opening import Openings


class Misuse(Enum):
    """What is wrong with how a token came; the value is the sentence for developers."""

    BEARER_REFUSED = "Bearer tokens are not accepted here: get a token that is bound to a key."
    BOUND_TOKEN = "The token is bound to a key: send it as `DPoP`, with a proof."  # noqa: S105  # a sentence
    UNBOUND_TOKEN = "The token is bound to no key, so there is nothing to prove."  # noqa: S105  # a sentence


class Authenticator:
    """Finds out who asks, and says what is asked for where it is not shown.

    A token that is bound to a key is accepted with a proof for the very request, once; a token
    that is not, only where `accepts_bearer` says so. `public_url` is the address that clients know
    us by: a proof is held to it, never to what a proxy or a caller wrote in `Host`.
    """

    def __init__(
        self,
        keys: Keys,
        *,
        issuer: str,
        audience: str,
        public_url: str,
        accepts_bearer: bool,
        marks: Marks | None = None,
        openings: Openings | None = None,
        cached_tokens: int = 10_000,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._tokens = AccessTokens(
            keys, issuer=issuer, audience=audience, most=cached_tokens, clock=clock
        )
        self._public_url = public_url.rstrip("/")
        self._accepts_bearer = accepts_bearer
        self._marks: Marks = marks or NoMarks()
        self._openings = openings
        self._clock = clock

    async def viewer(self, shown: Credentials | None) -> Viewer:
        """Return who shows this, or raise TokenRefused.

        Raises a Fault when it can't be said: without the issuer's keys, or without marks.
        """
        if shown is None:
            raise self.refusal(Unauthenticated())
        try:
            return await self._viewer(shown)
        except Unauthenticated as refused:
            raise self.refusal(refused, shown.scheme) from None

    def refusal(self, cause: Unauthenticated, scheme: str | None = None) -> TokenRefused:
        """Return a refusal that says by `WWW-Authenticate` what would do."""
        return TokenRefused(cause, challenge(cause, scheme, accepts_bearer=self._accepts_bearer))

    async def _viewer(self, shown: Credentials) -> Viewer:
        if shown.scheme not in (BEARER, DPOP) or not shown.is_token:
            raise Unauthenticated
        if shown.scheme == BEARER:
            return await self._bearer(shown.token)
        token = await self._tokens.read(shown.token)
        await self._prove(token, shown)
        return token.viewer

    async def _bearer(self, token: str) -> Viewer:
        if token.startswith(PREFIX):
            return await self._recipient(token)
        if not self._accepts_bearer:
            raise _misused(Misuse.BEARER_REFUSED)
        found = await self._tokens.read(token)
        if found.thumbprint is not None:
            # RFC 9449, 7.2: else whoever stole it would only have to call it by another name.
            raise _misused(Misuse.BOUND_TOKEN)
        return found.viewer

    async def _recipient(self, token: str) -> Viewer:
        """Return whoever opened a share; looked up each time, since it may be withdrawn."""
        viewer = await self._openings.viewer(token) if self._openings else None
        if viewer is None:
            raise Unauthenticated
        return viewer

    async def _prove(self, token: AccessToken, shown: Credentials) -> None:
        if token.thumbprint is None:
            raise _misused(Misuse.UNBOUND_TOKEN)
        if not shown.proof:
            raise ProofRefused(Flaw.PROOF_MISSING)
        url = self._public_url + shown.path
        expected = Expected(shown.token, token.thumbprint, shown.method, url)
        mark = dpop.verified(shown.proof, expected, self._clock())
        if not await self._marks.is_new(mark):
            raise ProofRefused(Flaw.PROOF_REPLAYED)


def _misused(misuse: Misuse) -> Unauthenticated:
    return Unauthenticated(misuse.value, reason=misuse.name)
