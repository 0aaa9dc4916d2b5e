"""Serves an application of ours: the gateway's and the worker's processes begin here."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette

from gateway.listening import CannotListen, listen
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
    uvicorn.Server(_config(create(settings), settings)).run(sockets=[listener])
    return 0


def _ended(error: Exception, status: int) -> int:
    sys.stderr.write(f"{error}\n")
    return status


def _config(app: Starlette, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        # A URL may hold what a caller should not have put there, so no request is logged.
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
