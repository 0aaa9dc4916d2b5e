"""The contender: `python -m bench.live.plain PORT`, which writes a prepared frame to everybody.

It shakes hands, and takes all else for words: whatever the first to connect says last is written
to all, in a plain loop, as soon as it comes.
"""

from __future__ import annotations

import asyncio
import sys
from typing import cast

import uvloop

_HANDSHAKE = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
)


class Listener(asyncio.Protocol):
    """One connection."""

    everybody: list[asyncio.Transport] = []  # noqa: RUF012 # of the whole process, on purpose

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for a request."""
        self._transport = cast(asyncio.Transport, transport)
        self._is_open = False

    def data_received(self, data: bytes) -> None:
        """Shake hands at first; after that, write what was said to all."""
        if not self._is_open:
            self._is_open = True
            self.everybody.append(self._transport)
            self._transport.write(_HANDSHAKE)
            return
        for transport in self.everybody:
            transport.write(data)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 # asyncio gives it
        """Forget it."""
        if self._transport in self.everybody:
            self.everybody.remove(self._transport)


async def main(port: int) -> None:
    """Serve until stopped."""
    server = await asyncio.get_running_loop().create_server(Listener, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
