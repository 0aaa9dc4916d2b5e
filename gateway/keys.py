"""The issuer's public keys: fetched, kept, asked for again when a token names a new one."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

import aiohttp
import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey, import_key

from gateway.errors import KeysUnavailable

Key = RSAKey | ECKey | OKPKey

_MAX_AGE = 3600.0
_MAX_BYTES = 256_000
_RETRY_AFTER_FAILURE = 2.0
log = logging.getLogger("dbep.gateway")


class _KeySet(msgspec.Struct):
    keys: list[dict[str, object]]


class Keys:
    """The JWKS of one issuer.

    A token that names an unknown key makes us ask again, at most once per cool-down, so forged key
    ids can't turn us against the issuer. While the issuer is down, the keys we have stay good.
    """

    def __init__(
        self,
        url: str,
        session: aiohttp.ClientSession,
        *,
        cool_down: float = 30.0,
        timeout: float = 3.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._session = session
        self._cool_down = cool_down
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._next_ask = float("-inf")
        self._fresh_until = float("-inf")
        self._failed = False
        self._asking: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> Key | None:
        """Return the key of this id, or None if the issuer has none; say so when we can't know."""
        if kid not in self._keys:
            await self._ask()
        elif self._clock() > self._fresh_until:
            self._start()
        if kid not in self._keys and self._failed:
            raise KeysUnavailable
        return self._keys.get(kid)

    async def ready(self) -> None:
        """Raise unless there are keys to check tokens with."""
        if not self._keys:
            await self._ask()
        if not self._keys:
            raise KeysUnavailable

    async def close(self) -> None:
        """Stop a running fetch."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _ask(self) -> None:
        task = self._start()
        if task is not None:
            # Shielded: a caller that goes away must not stop the fetch that others wait for.
            await asyncio.shield(task)

    def _start(self) -> asyncio.Task[None] | None:
        if self._asking is None or self._asking.done():
            if self._clock() < self._next_ask:
                return None
            self._asking = asyncio.create_task(self._refresh())
        return self._asking

    async def _refresh(self) -> None:
        try:
            self._keys = await self._fetch()
        except (
            aiohttp.ClientError,
            TimeoutError,
            msgspec.DecodeError,
            UnicodeError,
            OSError,
        ) as error:
            log.warning("The issuer's keys can't be fetched: %s", type(error).__qualname__)
            self._failed = True
            self._next_ask = self._clock() + _RETRY_AFTER_FAILURE
            return
        self._failed = False
        self._next_ask = self._clock() + self._cool_down
        self._fresh_until = self._clock() + _MAX_AGE

    async def _fetch(self) -> dict[str, Key]:
        options = {"timeout": self._timeout, "allow_redirects": False, "raise_for_status": True}
        async with self._session.get(self._url, **options) as answer:  # type: ignore[arg-type] # a dict of mixed values
            body = bytearray()
            async for part in answer.content.iter_chunked(65_536):
                body += part
                if len(body) > _MAX_BYTES:
                    raise aiohttp.ClientPayloadError
        return _signing_keys(bytes(body))


def _signing_keys(body: bytes) -> dict[str, Key]:
    """Return the public signing keys by id; a key of another kind or use is passed over."""
    found: dict[str, Key] = {}
    for entry in msgspec.json.decode(body, type=_KeySet).keys:
        kid = entry.get("kid")
        if not isinstance(kid, str) or entry.get("use", "sig") != "sig":
            continue
        try:
            key = import_key(entry)  # type: ignore[arg-type] # checked by joserfc itself
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        if isinstance(key, Key):
            found[kid] = key
    return found
