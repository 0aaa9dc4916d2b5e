"""The GraphQL endpoint: one HTTP request in, one answer out, one Context in between."""

from __future__ import annotations

import msgspec
from graphql import OperationType
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from domain.access.viewer import Viewer
from domain.errors import CallerError, Unauthenticated
from gateway import credentials, request, response
from gateway.answering import Answering, NotExecuted, Result
from gateway.auth import Authenticator
from gateway.caller import Caller
from gateway.documents import Operation
from gateway.errors import (
    Fault,
    MethodRefused,
    PostRequired,
    SubscriptionRefused,
    log_fault,
)
from gateway.execution import until_gone
from gateway.incremental import Delivery, Form, form_for
from gateway.limits import Limits
from gateway.live.asking import Asking
from gateway.live.connections import Connections
from gateway.live.event_stream import EventStream
from gateway.live.http_stream import HttpStream, StreamAnswer
from gateway.live.multipart import MultipartStream
from gateway.multipart import Multipart
from gateway.request import ClientGone, GraphQLRequest
from gateway.response import Answer


class Incoming(msgspec.Struct, frozen=True):
    """One HTTP request on its way through the endpoint."""

    scope: Scope
    receive: Receive
    send: Send
    headers: Headers
    event_id: str
    media_type: str

    @property
    def method(self) -> str:
        """Return the HTTP method."""
        return str(self.scope["method"])

    @property
    def asks_for_cost(self) -> bool:
        """Tell whether the answer is to say what it has cost."""
        return self.headers.get("graphql-cost") == "report"

    @property
    def form(self) -> Form | None:
        """Return how the answer may come in parts, if it may."""
        if self.media_type == request.EVENT_STREAM:
            return None
        return form_for(request.multipart(self.headers.get("accept")))

    @property
    def stream(self) -> type[HttpStream] | None:
        """Return how a subscription may be answered, if it may."""
        if self.media_type == request.EVENT_STREAM:
            return EventStream
        parameters = request.multipart(self.headers.get("accept")) or {}
        return MultipartStream if parameters.get("subscriptionspec") == "1.0" else None


class GraphQLEndpoint:
    """An ASGI application for `/graphql`.

    Without a token, documents that only ask about the schema are answered where
    `open_introspection` says so (development); everything else needs a viewer. A subscription is
    answered to who accepts a stream of events, or its parts.
    """

    def __init__(
        self,
        *,
        answering: Answering,
        asking: Asking,
        connections: Connections,
        authenticator: Authenticator,
        limits: Limits,
        open_introspection: bool,
    ) -> None:
        self._answering = answering
        self._asking = asking
        self._connections = connections
        self._authenticator = authenticator
        self._limits = limits
        self._open_introspection = open_introspection

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens; only a client that hung up gets no answer."""
        headers = Headers(scope=scope)
        event_id = request.event_id(headers)
        media_type = request.JSON
        try:
            media_type = request.media_type(headers.get("accept"))
            incoming = Incoming(scope, receive, send, headers, event_id, media_type)
            answer = await self._answer(incoming)
        except ClientGone:
            return
        except CallerError as error:
            answer = response.refused(error, media_type)
        except Exception as error:  # noqa: BLE001 # masked: nothing of it may reach the server's log
            if not isinstance(error, Fault):
                log_fault(error, event_id)
            answer = response.failed(error, event_id, media_type)
        if answer is not None:
            await answer.send(send, ("x-event-id", event_id))

    async def _answer(self, incoming: Incoming) -> Answer | StreamAnswer | None:
        """Return the answer; None where it was sent in parts."""
        if incoming.method not in ("GET", "POST"):
            raise MethodRefused
        viewer = await self._viewer(incoming)
        asked = await self._read(incoming)
        try:
            return await self._executed(incoming, viewer, asked)
        except NotExecuted as refused:
            return response.not_executed(refused.entries, incoming.media_type)

    async def _executed(
        self, incoming: Incoming, viewer: Viewer | None, asked: GraphQLRequest
    ) -> Answer | StreamAnswer | None:
        operation = await self._answering.prepared(asked, viewer.client_id if viewer else None)
        _check_kind(operation, incoming)
        if viewer is None:
            if not operation.introspection_only:
                raise self._authenticator.refusal(Unauthenticated())
            result = await self._answering.introspection(operation, asked, incoming.event_id)
            return response.executed(result.content, incoming.media_type)
        caller = Caller(viewer, incoming.event_id, _language(incoming.headers))
        if operation.kind is OperationType.SUBSCRIPTION:
            return await self._subscribed(incoming, operation, asked, caller)
        answered = await self._answered(incoming, operation, asked, caller)
        return response.executed(answered.content, incoming.media_type) if answered else None

    async def _answered(
        self, incoming: Incoming, operation: Operation, asked: GraphQLRequest, caller: Caller
    ) -> Result | None:
        form = incoming.form if operation.in_parts else None
        if form is None:
            return await self._answering.result(
                operation, asked, caller, incoming.receive, asks_for_cost=incoming.asks_for_cost
            )
        sending = Multipart(incoming.send, form.spec, ("x-event-id", incoming.event_id))
        return await self._answering.deliver(
            operation,
            asked,
            caller,
            incoming.receive,
            Delivery(sending, form, incoming.event_id),
            asks_for_cost=incoming.asks_for_cost,
        )

    async def _subscribed(
        self, incoming: Incoming, operation: Operation, asked: GraphQLRequest, caller: Caller
    ) -> StreamAnswer:
        self._connections.check()
        if incoming.stream is None:
            raise SubscriptionRefused
        stream = incoming.stream(self._connections, caller.until)
        last_cursor = incoming.headers.get("last-event-id")
        beginning = self._asking.subscribe(operation, asked, caller, stream, last_cursor)
        subscription = await until_gone(beginning, incoming.receive)
        return StreamAnswer(stream, subscription, incoming.receive)

    async def _viewer(self, incoming: Incoming) -> Viewer | None:
        shown = credentials.of_request(incoming.scope, incoming.headers)
        if shown is None and self._open_introspection:
            return None
        return await self._authenticator.viewer(shown)

    async def _read(self, incoming: Incoming) -> GraphQLRequest:
        if incoming.method == "GET":
            return request.from_url(incoming.scope["query_string"])
        return await request.from_body(incoming.headers, incoming.receive, self._limits)


def _check_kind(operation: Operation, incoming: Incoming) -> None:
    changes = operation.kind is OperationType.MUTATION
    if incoming.method == "GET" and (operation.post_only or changes):
        raise PostRequired


def _language(headers: Headers) -> str:
    return request.language(headers.get("accept-language"))
