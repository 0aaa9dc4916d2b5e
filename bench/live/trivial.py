"""The contender: `python -m bench.live.trivial PORT [websockets-sansio|wsproto]`.

A WebSocket application of ASGI that accepts and waits, on one of uvicorn's own protocols.
"""

from __future__ import annotations

import sys

import uvicorn
from starlette.types import Receive, Scope, Send


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Accept, and wait until the client is gone."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


def main(port: int, protocol: str) -> None:
    """Serve until stopped."""
    uvicorn.run(
        app,
        port=port,
        loop="uvloop",
        http="httptools",
        ws=protocol,
        lifespan="off",
        log_level="error",
        ws_ping_interval=None,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), (sys.argv[2:] or ["websockets-sansio"])[0])
