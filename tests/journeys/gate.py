"""A gate before the sources: while it is shut, whatever is asked of them waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import ASGIApp, Receive, Scope, Send


class Gate:
    """Open unless a test shuts it; what is asked about the sources themselves goes through."""

    def __init__(self) -> None:
        self._open, self._asked = asyncio.Event(), asyncio.Event()
        self._open.set()

    @asynccontextmanager
    async def shut(self) -> AsyncIterator[None]:
        """Let everybody who asks wait until the end of the block."""
        self._asked.clear()
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    async def asked(self) -> None:
        """Return once somebody waits at the gate."""
        async with asyncio.timeout(20):
            await self._asked.wait()

    def before(self, app: ASGIApp) -> ASGIApp:
        """Return an application that is behind the gate."""

        async def gated(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and not scope["path"].startswith("/_"):
                self._asked.set()
                await self._open.wait()
            await app(scope, receive, send)

        return gated
