"""How many subscriptions there are, and why they ended: numbers only, nothing of anybody."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge

WEBSOCKET, EVENT_STREAM, MULTIPART = "graphql-transport-ws", "graphql-sse", "multipart"
"""The protocols, as their documents call them."""
COMPLETED, BY_CLIENT = "COMPLETED", "BY_CLIENT"
CLIENT_GONE, REFUSED = "CLIENT_GONE", "REFUSED"
"""Reasons of an end besides those of `Ending`: all was sent, the client wanted no more, is no
longer there, or broke the protocol."""


class Streams:
    """The numbers of one process.

    The reason of an end is the name of an `Ending`, or one of the four above.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self.connections = Gauge(
            "dbep_live_connections", "Connections that are open.", ["protocol"], registry=registry
        )
        self._current = Gauge(
            "dbep_subscriptions", "Subscriptions that run.", ["protocol"], registry=registry
        )
        self._started = Counter(
            "dbep_subscriptions_started",
            "Subscriptions that were started.",
            ["protocol"],
            registry=registry,
        )
        self._ended = Counter(
            "dbep_subscriptions_ended",
            "Subscriptions that have ended, by reason.",
            ["protocol", "reason"],
            registry=registry,
        )

    def started(self, protocol: str) -> None:
        """Count a subscription that has begun."""
        self._started.labels(protocol).inc()
        self._current.labels(protocol).inc()

    def ended(self, protocol: str, reason: str) -> None:
        """Count the end of one that had begun."""
        self._ended.labels(protocol, reason).inc()
        self._current.labels(protocol).dec()
