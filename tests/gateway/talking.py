"""A bare client of graphql-transport-ws, which sends whatever a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import aiohttp
import msgspec

from gateway.live.messages import PROTOCOL
from tests.gateway.serving import Gateway

Message: TypeAlias = dict[str, Any]
PATIENCE = 10


class Client:
    """One WebSocket. `closed` is the code and the reason once the gateway has closed it."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def say(self, message: object) -> None:
        """Send anything as JSON."""
        await self.socket.send_str(msgspec.json.encode(message).decode())

    async def hear(self) -> Message:
        """Return the next message; fails when the gateway closes instead."""
        told = await self.socket.receive(timeout=PATIENCE)
        assert told.type is aiohttp.WSMsgType.TEXT, (told.type, told.data, told.extra)
        heard: Message = msgspec.json.decode(told.data)
        return heard

    async def closed(self) -> tuple[int, str]:
        """Return how the gateway closes, whatever it says before."""
        while True:
            told = await self.socket.receive(timeout=PATIENCE)
            if told.type is aiohttp.WSMsgType.CLOSE:
                return int(told.data), told.extra or ""
            if told.type is not aiohttp.WSMsgType.TEXT:
                return self.socket.close_code or 0, str(told.type)

    async def enter(self, token: str) -> None:
        """Show a token, and wait to be let in."""
        payload = {"authorization": f"Bearer {token}"}
        await self.say({"type": "connection_init", "payload": payload})
        assert await self.hear() == {"type": "connection_ack"}

    async def subscribe(self, query: str, id: str = "1", **payload: object) -> None:
        """Begin an operation, of any kind."""
        payload = {"query": query, **payload} if query else payload
        await self.say({"type": "subscribe", "id": id, "payload": payload})


@asynccontextmanager
async def connected(
    gateway: Gateway, *protocols: str, path: str = "/graphql", **headers: str
) -> AsyncIterator[Client]:
    """Open a WebSocket, and say nothing yet."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    async with gateway.session.ws_connect(
        gateway.url + path, protocols=protocols or (PROTOCOL,), headers=sent, autoping=True
    ) as socket:
        yield Client(socket)


@asynccontextmanager
async def talking(gateway: Gateway, token: str | None = None) -> AsyncIterator[Client]:
    """Open a WebSocket, and be let in."""
    async with connected(gateway) as client:
        await client.enter(token or gateway.good_token)
        yield client


async def until(condition: Any, seconds: float = PATIENCE) -> None:
    """Wait for what happens soon."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 # it is no event of the test's own
            await asyncio.sleep(0.01)
