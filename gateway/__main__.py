"""`python -m gateway`: serves the gateway, on loopback unless told otherwise."""

from __future__ import annotations

import logging
import os
import socket
import sys

import uvicorn

from gateway.app import create_app
from gateway.settings import Settings, SettingsError


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
        listener = _listen(settings)
    except OSError as error:
        print(_sentence(settings, error), file=sys.stderr)
        return 1
    uvicorn.Server(_config(settings)).run(sockets=[listener])
    return 0


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, backlog=2048)


def _sentence(settings: Settings, error: OSError) -> str:
    where = f"{settings.host}:{settings.port}"
    reason = (error.strerror or "it was refused").lower()
    return f"The gateway can't listen on {where} ({reason}): set DBEP_PORT or stop what holds it."


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
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )


if __name__ == "__main__":
    sys.exit(main())
