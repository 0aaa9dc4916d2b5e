"""`python -m gateway`: serves the gateway, on loopback unless told otherwise."""

from __future__ import annotations

import logging
import os
import sys

import uvicorn

from gateway.app import create_app
from gateway.listening import CannotListen, listen
from gateway.settings import Settings, SettingsError

# Longer than any proxy or client lets a connection rest: else one of them sends a request into a
# connection that we are closing, and gets no answer.
KEEP_ALIVE_SECONDS = 75


def main() -> int:
    """Serve until stopped; return 0, 1 when the port is taken, 2 for wrong settings.

    A start that fails later ends the process with 3, by uvicorn.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # It says two lines at each look at the migrations, and readiness looks often.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        listener = listen("gateway", settings.host, settings.port, "DBEP_PORT")
    except CannotListen as error:
        print(error, file=sys.stderr)
        return 1
    uvicorn.Server(_config(settings)).run(sockets=[listener])
    return 0


def _config(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(settings),
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


if __name__ == "__main__":
    sys.exit(main())
