"""One way to call a source: one session, its limits, and every failure as a reason."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple, TypeVar

import aiohttp
from yarl import URL

from connectors.attest import attest_headers, event_id_of
from domain.caller import Caller
from domain.source.section import ReasonCode

T = TypeVar("T")

_log = logging.getLogger("connectors")


class SourceSettings(NamedTuple):
    """Where a source is and how long, how often and how much it may be asked.

    `name` is a SourceName, or the name of a system that is given something. `headers` go with every
    call beside the token. Times are in seconds: `total_timeout` covers a whole call, waiting for a
    free place included. `max_body` is in bytes after decompression.
    """

    name: Enum
    base_url: str
    token: str
    headers: Mapping[str, str] = {}
    connect_timeout: float = 1.0
    total_timeout: float = 5.0
    concurrency: int = 32
    max_body: int = 8 * 1024 * 1024


class Endpoint(NamedTuple):
    """A call that a source offers; `expected` are the statuses its reader understands."""

    method: str
    path: str
    expected: frozenset[int] = frozenset({200})


class Answer(NamedTuple):
    """What came back: an expected status, headers (any case) and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class SourceFailure(Exception):
    """A source did not give a usable answer; the reason is all that this says."""

    def __init__(self, code: ReasonCode, status: int | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.status = status


class SourceClient:
    """The session with one source. Make it inside the running loop; close it at the end."""

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings
        self._base = settings.base_url.rstrip("/")
        self._urls: dict[str, URL] = {}
        self._places = asyncio.Semaphore(settings.concurrency)
        self._session = _session(settings)

    async def close(self) -> None:
        """End the session; calls under way fail."""
        await self._session.close()

    async def call(
        self,
        endpoint: Endpoint,
        caller: Caller,
        read: Callable[[Answer], T],
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        query: Mapping[str, str] | None = None,
    ) -> T:
        """Call the endpoint with the caller's attest and return what `read` makes of the answer.

        `query` goes into the address, where logs see it: nothing of a patient's may stand there.

        Raises SourceFailure for everything that keeps us from an answer, `read`'s own included;
        each failure is logged once, without headers or body.
        """
        sent = {**attest_headers(caller), **headers} if headers else attest_headers(caller)
        outcome = await self._exchange(endpoint, sent, body, query)
        if not isinstance(outcome, SourceFailure):
            try:
                return read(outcome)
            except SourceFailure as failure:
                outcome = SourceFailure(failure.code, outcome.status)
        self._report(endpoint, outcome, caller)
        raise outcome

    async def _exchange(
        self,
        endpoint: Endpoint,
        headers: Mapping[str, str],
        body: bytes | None,
        query: Mapping[str, str] | None,
    ) -> Answer | SourceFailure:
        # Failures are returned: raised here they would carry aiohttp's error as context, whose
        # repr shows the request's headers, and so the patient's number.
        try:
            async with asyncio.timeout(self._settings.total_timeout), self._places:
                return await self._send(endpoint, headers, body, query)
        except TimeoutError:
            return SourceFailure(ReasonCode.SOURCE_TIMEOUT)
        except (aiohttp.ClientPayloadError, aiohttp.ClientResponseError):
            return SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER)
        except (aiohttp.ClientConnectionError, OSError):
            return SourceFailure(ReasonCode.SOURCE_UNREACHABLE)

    async def _send(
        self,
        endpoint: Endpoint,
        headers: Mapping[str, str],
        body: bytes | None,
        query: Mapping[str, str] | None,
    ) -> Answer | SourceFailure:
        url = self._urls.get(endpoint.path) or self._url(endpoint.path)
        async with self._session.request(
            endpoint.method, url, headers=headers, data=body, params=query, allow_redirects=False
        ) as response:
            if response.status not in endpoint.expected:
                return SourceFailure(_failure_of(response.status), response.status)
            content = await _read(response, self._settings.max_body)
            if content is None:
                return SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER, response.status)
            return Answer(response.status, response.headers, content)

    def _url(self, path: str) -> URL:
        return self._urls.setdefault(path, URL(self._base + path))

    def _report(self, endpoint: Endpoint, failure: SourceFailure, caller: Caller) -> None:
        _log.warning(
            "source call failed: source=%s endpoint=%s %s status=%s reason=%s event=%s",
            self._settings.name.value,
            endpoint.method,
            endpoint.path,
            failure.status,
            failure.code.value,
            event_id_of(caller),
        )


def _session(settings: SourceSettings) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        # The semaphore bounds the connections. Idle ones go before a server's usual 5 seconds,
        # or a call now and then would meet a connection that is just being closed.
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=4),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"Authorization": f"Bearer {settings.token}", **settings.headers},
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=settings.connect_timeout),
    )


async def _read(response: aiohttp.ClientResponse, limit: int) -> bytes | None:
    """Return the whole body, or None if it is larger than the limit."""
    if (response.content_length or 0) > limit:
        return None
    chunks, size = [], 0
    while chunk := await response.content.readany():
        size += len(chunk)
        if size > limit:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _failure_of(status: int) -> ReasonCode:
    if status in (401, 403):
        return ReasonCode.SOURCE_REFUSED
    if status == 429:
        return ReasonCode.SOURCE_RATE_LIMITED
    # A redirect or another success is no part of the contract; a 4xx or 5xx is an error.
    return ReasonCode.SOURCE_ERROR if status >= 400 else ReasonCode.SOURCE_INVALID_ANSWER
