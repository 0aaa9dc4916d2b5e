"""Serves an application of ours: the gateway's and the worker's processes begin here."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette

from gateway.listening import CannotListen, listen
from gateway.live.connections import Connections
from gateway.live.websocket import WebSocket
from gateway.settings import Settings, SettingsError

# Longer than any proxy or client lets a connection rest: else one of them sends a request into a
# connection that we are closing, and gets no answer.
KEEP_ALIVE_SECONDS = 75


def serve(
    who: str,
    create: Callable[[Settings], Starlette],
    port_of: Callable[[Settings], int],
    setting: str,
) -> int:
    """Serve until stopped; return 0, 1 when the port is taken, 2 for wrong settings.

    `setting` is the variable that changes the port. A start that fails later ends the process
    with 3, by uvicorn.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # It says two lines at each look at the migrations, and readiness looks often.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        return _ended(error, 2)
    try:
        listener = listen(who, settings.host, port_of(settings), setting)
    except CannotListen as error:
        return _ended(error, 1)
    app = create(settings)
    connections: Connections | None = getattr(app.state, "connections", None)
    Server(_config(app, settings), connections, settings.drain_seconds).run(sockets=[listener])
    return 0


class Server(uvicorn.Server):
    """Asks whoever stays connected to leave, before it stops to listen."""

    def __init__(
        self, config: uvicorn.Config, connections: Connections | None, drain_seconds: float
    ) -> None:
        super().__init__(config)
        self._connections = connections
        self._drain_seconds = drain_seconds

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Drain, then shut down; Ctrl-C for the second time cuts it short."""
        if self._connections is not None:
            await self._connections.drain(self._drain_seconds, lambda: self.force_exit)
        await super().shutdown(sockets)


def _ended(error: Exception, status: int) -> int:
    sys.stderr.write(f"{error}\n")
    return status


def _config(app: Starlette, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws=WebSocket if hasattr(app.state, "connections") else "none",
        lifespan="on",
        log_config=None,
        # A URL may hold what a caller should not have put there, so no request is logged.
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
