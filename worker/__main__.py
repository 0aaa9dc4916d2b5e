"""`python -m worker`: does what is due, and answers for its health on loopback."""

from __future__ import annotations

import sys
from operator import attrgetter

from gateway.serving import serve
from worker.app import create_app

if __name__ == "__main__":
    sys.exit(serve("worker", create_app, attrgetter("worker_port"), "DBEP_WORKER_PORT"))
