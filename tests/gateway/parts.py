"""Reads answers in parts, as RFC 2046 has them, while they come."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import msgspec

from tests.gateway.serving import Gateway

BY_ID = "multipart/mixed;incrementalSpec=v0.2, application/json"
BY_PATH = "multipart/mixed;deferSpec=20220824, application/json"


class Parts:
    """The parts of one answer, one after the other; each is JSON."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self.answer = answer
        assert answer.content_type == "multipart/mixed", answer.content_type
        boundary = answer.headers["content-type"].partition('boundary="')[2].partition('"')[0]
        self._boundary = b"\r\n--" + boundary.encode()
        self._read = b""
        self._is_begun = False

    async def next(self) -> Any:
        """Return the next part once its boundary has come; None after the last."""
        if not self._is_begun:
            assert await self._until_boundary() == b""
            self._is_begun = True
        while len(self._read) < 2:
            self._read += await self.answer.content.readany()
        if self._read.startswith(b"--"):
            assert (self._read, await self.answer.content.read()) == (b"--\r\n", b"")
            return None
        head, _, body = (await self._until_boundary()).partition(b"\r\n\r\n")
        assert head == b"\r\ncontent-type: application/json"
        return msgspec.json.decode(body)

    async def rest(self) -> list[Any]:
        """Return all parts that are still to come."""
        parts = []
        while (part := await self.next()) is not None:
            parts.append(part)
        return parts

    async def _until_boundary(self) -> bytes:
        while self._boundary not in self._read:
            more = await self.answer.content.readany()
            assert more, f"cut off: {self._read!r}"
            self._read += more
        found, _, self._read = self._read.partition(self._boundary)
        return found


@asynccontextmanager
async def asked(
    gateway: Gateway, query: str, accept: str = BY_ID, variables: object = None, **headers: str
) -> AsyncIterator[Parts]:
    """Ask for an answer in parts."""
    sent = {
        "accept": accept,
        "authorization": f"Bearer {gateway.good_token}",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    body = {"query": query, "variables": variables}
    async with gateway.session.post(f"{gateway.url}/graphql", json=body, headers=sent) as answer:
        yield Parts(answer)
