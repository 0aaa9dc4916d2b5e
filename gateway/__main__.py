"""`python -m gateway`: serves the gateway, on loopback unless told otherwise."""

from __future__ import annotations

import sys
from operator import attrgetter

from gateway.app import create_app
from gateway.serving import serve

if __name__ == "__main__":
    sys.exit(serve("gateway", create_app, attrgetter("port"), "DBEP_PORT"))
