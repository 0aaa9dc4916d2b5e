"""The GraphQL endpoint: one HTTP request in, one answer out, one Context in between."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from graphql import ExecutionResult, OperationType
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from domain.access.viewer import Viewer
from domain.errors import CallerError, Unauthenticated
from gateway import credentials, request, response
from gateway.auth import Authenticator
from gateway.compose import Caller, Context
from gateway.demand import Charge, Demand
from gateway.documents import Operation
from gateway.errors import (
    Fault,
    MethodRefused,
    PostRequired,
    SubscriptionRefused,
    caller_entry,
    field_entries,
    log_fault,
)
from gateway.execution import Executor, settle
from gateway.limits import Limits, check_variables
from gateway.persisted import Persisted
from gateway.request import ClientGone, GraphQLRequest
from gateway.response import Answer
from gateway.wording import variable_refusal


class Incoming(msgspec.Struct, frozen=True):
    """One HTTP request on its way through the endpoint."""

    scope: Scope
    receive: Receive
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


class GraphQLEndpoint:
    """An ASGI application for `/graphql`.

    Without a token, documents that only ask about the schema are answered where
    `open_introspection` says so (development); everything else needs a viewer.
    """

    def __init__(
        self,
        *,
        persisted: Persisted,
        executor: Executor,
        authenticator: Authenticator,
        build_context: Callable[[Caller], Context],
        demand: Demand,
        limits: Limits,
        open_introspection: bool,
    ) -> None:
        self._persisted = persisted
        self._executor = executor
        self._authenticator = authenticator
        self._build_context = build_context
        self._demand = demand
        self._limits = limits
        self._open_introspection = open_introspection

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens; only a client that hung up gets no answer."""
        headers = Headers(scope=scope)
        event_id = request.event_id(headers)
        media_type = request.JSON
        try:
            media_type = request.media_type(headers.get("accept"))
            answer = await self._answer(Incoming(scope, receive, headers, event_id, media_type))
        except ClientGone:
            return
        except CallerError as error:
            answer = response.refused(error, media_type)
        except Exception as error:  # noqa: BLE001 # masked: nothing of it may reach the server's log
            if not isinstance(error, Fault):
                log_fault(error, event_id)
            answer = response.failed(error, event_id, media_type)
        await answer.send(send, ("x-event-id", event_id))

    async def _answer(self, incoming: Incoming) -> Answer:
        if incoming.method not in ("GET", "POST"):
            raise MethodRefused
        viewer = await self._viewer(incoming)
        asked = await self._read(incoming)
        client_id = viewer.client_id if viewer else None
        document = await self._persisted.document(asked, client_id)
        if document.errors:
            return response.not_executed(document.errors, incoming.media_type)
        operation = document.operation(asked.operation_name)
        _check_kind(operation, incoming.method)
        check_variables(asked.variables or {}, self._limits)
        if viewer is None:
            if not operation.introspection_only:
                raise self._authenticator.refusal(Unauthenticated())
            return await self._execute(incoming, operation, asked)
        charge = await self._demand.charge(viewer, operation.cost, asked.variables)
        context = self._build_context(
            Caller(viewer, incoming.event_id, _language(incoming.headers))
        )
        try:
            return await self._execute(incoming, operation, asked, context, charge)
        finally:
            await _close(context, incoming.event_id)

    async def _viewer(self, incoming: Incoming) -> Viewer | None:
        shown = credentials.of_request(incoming.scope, incoming.headers)
        if shown is None and self._open_introspection:
            return None
        return await self._authenticator.viewer(shown)

    async def _read(self, incoming: Incoming) -> GraphQLRequest:
        if incoming.method == "GET":
            return request.from_url(incoming.scope["query_string"])
        return await request.from_body(incoming.headers, incoming.receive, self._limits)

    async def _execute(
        self,
        incoming: Incoming,
        operation: Operation,
        asked: GraphQLRequest,
        context: Context | None = None,
        charge: Charge | None = None,
    ) -> Answer:
        result = await self._executor.run(operation, asked.variables, context, incoming.receive)
        if context is not None:
            await settle(context, incoming.event_id)
        cost = await self._settle(incoming, charge, result) if charge else None
        if _never_ran(result):
            refusals = [variable_refusal(error, operation.node) for error in result.errors or ()]
            return response.not_executed([*map(caller_entry, refusals)], incoming.media_type)
        errors = field_entries(result.errors or (), incoming.event_id)
        return response.executed(result.data, errors, incoming.media_type, cost)

    async def _settle(
        self, incoming: Incoming, charge: Charge, result: ExecutionResult
    ) -> dict[str, object] | None:
        """Pay for the answer, and return what `extensions` say of it if that is asked for."""
        actual = self._demand.settle(charge, result.data)
        return {"cost": await self._demand.told(charge, actual)} if incoming.asks_for_cost else None


def _check_kind(operation: Operation, method: str) -> None:
    if operation.kind is OperationType.SUBSCRIPTION:
        raise SubscriptionRefused
    if method == "GET" and (operation.post_only or operation.kind is not OperationType.QUERY):
        raise PostRequired


def _never_ran(result: ExecutionResult) -> bool:
    errors = result.errors or ()
    return result.data is None and bool(errors) and all(error.path is None for error in errors)


def _language(headers: Headers) -> str:
    return request.language(headers.get("accept-language"))


async def _close(context: Context, event_id: str) -> None:
    try:
        await context.close()
    except Exception as error:  # noqa: BLE001 # the answer stands, whatever closing says
        log_fault(error, event_id)
