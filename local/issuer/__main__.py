"""Serves the development issuer: `python -m local.issuer`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import uvicorn

from local.issuer.app import create_issuer
from local.issuer.clients import clients_in
from local.token import KEY_FILE, signing_key

HOST = "127.0.0.1"


def main(arguments: list[str]) -> int:
    """Serve until stopped; return 2 where a development issuer has no business."""
    parser = argparse.ArgumentParser(prog="python -m local.issuer", description=__doc__)
    parser.add_argument("--port", type=int, default=8104)
    parser.add_argument("--key", type=Path, default=KEY_FILE)
    chosen = parser.parse_args(arguments)
    if os.environ.get("DBEP_ENVIRONMENT") in ("production", "vendor-test"):
        print("The development issuer runs in development only.", file=sys.stderr)
        return 2
    clients = clients_in(chosen.key.parent / "clients")
    app = create_issuer(f"http://{HOST}:{chosen.port}", signing_key(chosen.key), clients)
    uvicorn.run(app, host=HOST, port=chosen.port, access_log=False, log_level="warning", ws="none")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
