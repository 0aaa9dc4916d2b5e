"""One way to tell a vendor's receiver something, and every failure as a reason.

Neither address, body nor answer is ever written to a log: the address may hold the vendor's secret.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from connectors.webhook.resolver import AddressRefused, PublicResolver
from domain.live.address import Reach, fault_of, is_literal, may_reach
from domain.live.webhook import Failure, failure_of

TOTAL_SECONDS = 10.0
CONNECT_SECONDS = 4.0
MOST_BYTES = 4_096
_HEADERS = {
    "Content-Type": "application/json",
    "User-Agent": "DBEP-Webhooks/1",
    "Accept-Encoding": "identity",
}


class Outcome(NamedTuple):
    """What came of a request: a failure or none, and the answer's body where it was asked for."""

    failure: Failure | None
    body: bytes = b""


class WebhookClient:
    """The session with all receivers; make it inside the running loop, and close it at the end.

    Each request has a connection of its own, to an address that was looked up and checked for it.
    Redirects are not followed, no proxy is used and no cookie is kept, whatever a process is told.
    """

    def __init__(
        self,
        reach: Reach,
        names: AbstractResolver | None = None,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._reach = reach
        self._total_seconds = total_seconds
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,
                resolver=PublicResolver(reach, names),
                use_dns_cache=False,
                force_close=True,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=_HEADERS,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
            auto_decompress=False,
        )

    async def close(self) -> None:
        """End the session; requests under way fail."""
        await self._session.close()

    async def send(
        self, url: str, headers: Mapping[str, str], body: bytes, *, reads: bool = False
    ) -> Outcome:
        """Post a body, and return what came of it; the answer's body is read only if asked for."""
        try:
            to = URL(url)
        except ValueError:
            return Outcome(Failure.ADDRESS_REFUSED)
        # A host that is an address itself is never looked up.
        if fault_of(url, self._reach) or not _may_ask(to.host, self._reach):
            return Outcome(Failure.ADDRESS_REFUSED)
        try:
            async with asyncio.timeout(self._total_seconds):
                return await self._exchange(to, headers, body, reads=reads)
        except TimeoutError:
            return Outcome(Failure.TIMEOUT)
        except (aiohttp.ClientError, OSError) as error:
            return Outcome(_failure_of(error))

    async def _exchange(
        self, url: URL, headers: Mapping[str, str], body: bytes, *, reads: bool
    ) -> Outcome:
        async with self._session.post(
            url, data=body, headers=headers, allow_redirects=False
        ) as answer:
            failure = failure_of(answer.status)
            if failure is not None or not reads:
                return Outcome(failure)
            return await _read(answer.content)


def _may_ask(host: str | None, reach: Reach) -> bool:
    return host is not None and (not is_literal(host) or may_reach(host, reach))


async def _read(content: aiohttp.StreamReader) -> Outcome:
    chunks, size = [], 0
    while chunk := await content.readany():
        size += len(chunk)
        if size > MOST_BYTES:
            return Outcome(Failure.INVALID_ANSWER)
        chunks.append(chunk)
    return Outcome(None, b"".join(chunks))


def _failure_of(error: aiohttp.ClientError | OSError) -> Failure:
    if isinstance(error, aiohttp.ClientSSLError):
        return Failure.CERTIFICATE
    if isinstance(error, aiohttp.ClientConnectorError):
        is_refused = isinstance(error.os_error, AddressRefused)
        return Failure.ADDRESS_REFUSED if is_refused else Failure.UNREACHABLE
    if isinstance(error, aiohttp.ClientPayloadError | aiohttp.ClientResponseError):
        return Failure.INVALID_ANSWER
    return Failure.UNREACHABLE
