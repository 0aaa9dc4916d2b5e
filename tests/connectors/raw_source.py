"""A source that answers with exactly the bytes that a test wants, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from connectors.http import SourceClient, SourceSettings
from domain.source.section import SourceName

Reply = Callable[[asyncio.StreamWriter], Awaitable[None]]


class RawSource:
    """Keeps each request's bytes and how many were under way at once."""

    def __init__(self, reply: Reply) -> None:
        self.requests: list[bytes] = []
        self.at_once = 0
        self.most_at_once = 0
        self._reply = reply

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                body = await reader.readexactly(_length(head))
                self.requests.append(head + body)
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
                try:
                    await self._reply(writer)
                finally:
                    self.at_once -= 1
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


def answering(status: str, body: bytes = b"{}", *headers: str) -> Reply:
    async def reply(writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        await writer.drain()

    return reply


def sending(raw: bytes) -> Reply:
    """Send the bytes and hang up."""

    async def reply(writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        writer.close()

    return reply


async def resetting(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def hanging(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


def slowly(reply: Reply, seconds: float) -> Reply:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        await reply(writer)

    return slow


@asynccontextmanager
async def raw_source(
    reply: Reply, **settings: object
) -> AsyncIterator[tuple[RawSource, SourceClient]]:
    """Serve the reply on a free port and give a client of it."""
    source = RawSource(reply)
    server = await asyncio.start_server(source.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = a_client(f"http://127.0.0.1:{port}", **settings)
    try:
        yield source, client
    finally:
        await client.close()
        server.close()


def a_client(base_url: str, **settings: object) -> SourceClient:
    known: dict[str, object] = {
        "name": SourceName.HOSPITAL,
        "base_url": base_url,
        "token": "token-of-the-gateway",
    }
    return SourceClient(SourceSettings(**known | settings))  # type: ignore[arg-type]  # by name
