"""Holds many WebSockets open from one process: a bare client that costs little itself."""

from __future__ import annotations

import asyncio
import os
import struct
from collections.abc import Callable, Sequence
from typing import cast

from gateway.live.messages import PROTOCOL

_KEY = b"dGhlIHNhbXBsZSBub25jZQ=="
_AT_ONCE = 100
_TEXT = 0x81


class Holder(asyncio.Protocol):
    """One connection: it says its messages, one for each answer, and then holds still."""

    __slots__ = ("_messages", "_received", "_transport", "done", "last")

    def __init__(self, messages: Sequence[bytes]) -> None:
        self._messages = [*messages]
        self._received = b""
        self.last = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(
            b"GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
            + _KEY
            + b"\r\nSec-WebSocket-Protocol: "
            + PROTOCOL.encode()
            + b"\r\n\r\n"
        )

    def data_received(self, data: bytes) -> None:
        """Say the next message, or be done."""
        self.last = data
        if self._messages:
            self._transport.write(masked(self._messages.pop(0)))
        if not self._messages and not self.done.done():
            self.done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        if not self.done.done():
            self.done.set_exception(exc or ConnectionResetError(repr(self.last)))

    def say(self, message: bytes) -> None:
        """Say one more."""
        self._transport.write(masked(message))

    def write(self, data: bytes) -> None:
        """Write something that is no message."""
        self._transport.write(data)

    def close(self) -> None:
        """Break off."""
        self._transport.abort()


def masked(message: bytes) -> bytes:
    """Return a frame of a client (RFC 6455, 5.2)."""
    mask, size = os.urandom(4), len(message)
    head = (
        struct.pack("!BB", _TEXT, 0x80 | size)
        if size < 126
        else struct.pack("!BBH", _TEXT, 0x80 | 126, size)
    )
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(message))


async def hold(
    port: int,
    count: int,
    messages: Sequence[bytes],
    made_by: Callable[[Sequence[bytes]], Holder] = Holder,
) -> list[Holder]:
    """Open so many connections, and let each say its messages."""
    loop = asyncio.get_running_loop()
    holders: list[Holder] = []
    while len(holders) < count:
        some = min(_AT_ONCE, count - len(holders))
        made = await asyncio.gather(
            *(
                loop.create_connection(lambda: made_by(messages), "127.0.0.1", port)
                for _ in range(some)
            )
        )
        holders += [holder for _, holder in made]
        await asyncio.gather(*(holder.done for _, holder in made))
    return holders
