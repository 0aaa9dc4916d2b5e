"""Operations of lasting connections: who asks, what is asked, and where the payloads go."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from graphql import OperationType

from domain.access.viewer import Viewer
from domain.errors import CallerError
from gateway.answering import Answering, NotExecuted
from gateway.auth import Authenticator
from gateway.compose import Caller
from gateway.credentials import credentials
from gateway.documents import Operation
from gateway.errors import (
    Entry,
    Fault,
    SubscriptionRefused,
    caller_entry,
    fault_entry,
    log_fault,
)
from gateway.limits import Limits
from gateway.live.messages import Shown
from gateway.live.stream import Live, Sink, Subscription
from gateway.request import GraphQLRequest
from gateway.response import encode

PATH = "/graphql"
"""The address of the graph, which a proof is held to."""


class Asking:
    """What a process has to answer with; an operation gets a context of its own, each time."""

    def __init__(
        self,
        *,
        answering: Answering,
        authenticator: Authenticator,
        live: Live | None,
        limits: Limits,
    ) -> None:
        self.limits = limits
        self._answering = answering
        self._authenticator = authenticator
        self._live = live

    async def viewer(self, shown: Shown) -> Viewer:
        """Return who opens a connection, or raise TokenRefused; the handshake was a GET."""
        given = shown.authorization
        known = None if given is None else credentials(given, shown.dpop, "GET", PATH)
        return await self._authenticator.viewer(known)

    async def begin(
        self, asked: GraphQLRequest, viewer: Viewer, language: str, sink: Sink
    ) -> Subscription | None:
        """Run an operation of any kind; what came to an end already returns None."""
        event_id = str(uuid4())
        try:
            operation = await self._answering.prepared(asked, viewer.client_id)
            caller = Caller(viewer, event_id, language)
            if operation.kind is OperationType.SUBSCRIPTION:
                return await self.subscribe(operation, asked, caller, sink)
            result = await self._answering.result(operation, asked, caller)
        except Exception as error:  # noqa: BLE001 # told, or masked
            sink.end(entries_of(error, event_id), None)
        else:
            sink.send(encode(result.content), None)
            sink.end((), None)
        return None

    async def subscribe(
        self,
        operation: Operation,
        asked: GraphQLRequest,
        caller: Caller,
        sink: Sink,
        last_cursor: str | None = None,
    ) -> Subscription:
        """Begin a subscription; raises what `Live.subscribe` raises."""
        if self._live is None:
            raise SubscriptionRefused
        return await self._live.subscribe(operation, asked, caller, sink, last_cursor)


def entries_of(error: Exception, event_id: str) -> Sequence[Entry]:
    """Render why an operation did not run; one of our own failures is masked and logged."""
    if isinstance(error, NotExecuted):
        return error.entries
    if isinstance(error, CallerError):
        return [caller_entry(error)]
    if not isinstance(error, Fault):
        log_fault(error, event_id)
    return [fault_entry(error, event_id)]
