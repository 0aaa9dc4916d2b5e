"""What operators' tools read at `/metrics`: numbers of this process, in Prometheus's text format.

No label has a value that comes from a request: nothing here tells of anybody, or grows with use.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response

from gateway.live.streams import Streams


class Metrics:
    """The numbers of one process, each kept by whom it concerns."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.streams = Streams(self._registry)

    async def answer(self, _request: Request) -> Response:
        """Answer with all numbers."""
        return Response(
            generate_latest(self._registry), headers={"content-type": CONTENT_TYPE_LATEST}
        )
