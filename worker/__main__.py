"""`python -m worker`: does what is due, and answers for its health on loopback."""

from __future__ import annotations

import logging
import os
import sys

import uvicorn

from gateway.listening import CannotListen, listen
from gateway.settings import Settings, SettingsError
from worker.app import create_app


def main() -> int:
    """Work until stopped; return 0, or 1 when the port is taken and 2 for wrong settings."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        listener = listen("worker", settings.host, settings.worker_port, "DBEP_WORKER_PORT")
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
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )


if __name__ == "__main__":
    sys.exit(main())
