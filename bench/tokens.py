"""What it costs to know who asks: a token that is remembered, and a proof with every request."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from statistics import median
from uuid import uuid4

import aiohttp
import msgspec
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey, import_key
from redis.asyncio import Redis

from bench.record import Spread
from gateway import dpop
from gateway.auth import Authenticator
from gateway.credentials import Credentials, credentials
from gateway.dpop import Expected
from gateway.keys import Key, Keys
from gateway.replay import RedisMarks
from local.proof import claims_of, new_key, proof, signed
from local.token import AUDIENCE, ISSUER, token_for

ADDRESS = "https://plan.example"
URL = f"{ADDRESS}/graphql"
Work = Callable[[], Awaitable[None]]
Prepare = Callable[[int], Work]
"""Makes all that is needed to do one thing so many times."""


class Check(msgspec.Struct, frozen=True, rename="camel"):
    """What one check takes, over the rounds."""

    name: str
    microseconds: Spread


class _Held(Keys):
    """The issuer's key at hand."""

    def __init__(self, key: ECKey, session: aiohttp.ClientSession) -> None:
        super().__init__("", session)
        self._key = key

    async def find(self, _kid: str) -> Key | None:
        return self._key


class Bench:
    """A token, the key that it is bound to, and who checks both."""

    def __init__(self, issuer: ECKey, session: aiohttp.ClientSession, redis: Redis) -> None:
        self._own = new_key()
        self._token = token_for("citizen", issuer, cnf={"jkt": self._own.thumbprint()})
        self._bearer = token_for("citizen", issuer)
        self._held = _Held(issuer, session)
        self._marks = RedisMarks(redis)
        self._remembering = self._authenticator(cached_tokens=10)
        self._forgetting = self._authenticator(cached_tokens=0)

    def works(self) -> dict[str, Prepare]:
        """Return what is measured, by its name."""
        return {
            "token, remembered": lambda times: self._asking(self._remembering, self._bare(times)),
            "token, seen anew": lambda times: self._asking(self._forgetting, self._bare(times)),
            "proof, ES256": lambda times: self._proving(self._own, "ES256", times),
            "proof, RS256": lambda times: self._proving(_RSA, "RS256", times),
            "proof, ES256 by joserfc": self._proving_by_joserfc,
            "mark of a proof in Redis": self._marking,
            "token, proof and mark": lambda times: self._asking(
                self._remembering, self._proved(times)
            ),
        }

    def _authenticator(self, cached_tokens: int) -> Authenticator:
        return Authenticator(
            self._held,
            issuer=ISSUER,
            audience=AUDIENCE,
            public_url=ADDRESS,
            accepts_bearer=True,
            marks=self._marks,
            cached_tokens=cached_tokens,
        )

    def _bare(self, times: int) -> list[Credentials]:
        return [credentials(f"Bearer {self._bearer}", "", "POST", "/graphql")] * times

    def _proved(self, times: int) -> list[Credentials]:
        made = (proof(self._own, "POST", URL, token=self._token) for _ in range(times))
        return [credentials(f"DPoP {self._token}", each, "POST", "/graphql") for each in made]

    def _asking(self, authenticator: Authenticator, shown: Sequence[Credentials]) -> Work:
        async def work() -> None:
            for each in shown:
                await authenticator.viewer(each)

        return work

    def _proving(self, key: ECKey | RSAKey, algorithm: str, times: int) -> Work:
        made = signed(key, claims_of("POST", URL, self._token), algorithm)
        expected = Expected(self._token, key.thumbprint(), "POST", URL)

        async def work() -> None:
            for _ in range(times):
                dpop.verified(made, expected, time.time())

        return work

    def _proving_by_joserfc(self, times: int) -> Work:
        made = proof(self._own, "POST", URL, token=self._token)
        shown = self._own.as_dict(private=False)

        async def work() -> None:
            for _ in range(times):
                key = import_key(shown)
                key.thumbprint()
                jwt.decode(made, key, algorithms=["ES256"])

        return work

    def _marking(self, times: int) -> Work:
        async def work() -> None:
            for _ in range(times):
                await self._marks.is_new(uuid4().hex)

        return work


_RSA = RSAKey.generate_key(2048)


async def measure(redis_url: str, rounds: int, times: int) -> list[Check]:
    """Measure every check so many times in each round; a first one warms up and does not count."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        redis = await stack.enter_async_context(Redis.from_url(redis_url))
        issuer = ECKey.generate_key("P-256", {"kid": "bench", "use": "sig", "alg": "ES256"})
        works = Bench(issuer, session, redis).works()
        taken: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(rounds + 1):
            for name, prepare in works.items():
                taken[name].append(await _microseconds(prepare(times), times))
    return [Check(name, _spread(values[1:])) for name, values in taken.items()]


def lines(checks: Sequence[Check]) -> list[str]:
    """Return the checks as lines of a table."""
    return [
        f"{check.name:26}{check.microseconds.median:8.1f} us"
        f"  ({check.microseconds.lowest:.1f} to {check.microseconds.highest:.1f})"
        for check in checks
    ]


async def _microseconds(work: Work, times: int) -> float:
    began = time.perf_counter()
    await work()
    return (time.perf_counter() - began) / times * 1e6


def _spread(values: Sequence[float]) -> Spread:
    return Spread(median(values), min(values), max(values))
