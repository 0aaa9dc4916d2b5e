"""From a request's parameters to what is answered, whatever transport they came by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec
from graphql import ExecutionResult
from starlette.types import Receive

from gateway.caller import Caller, Context
from gateway.demand import Demand
from gateway.documents import Operation
from gateway.errors import Entry, caller_entry, field_entries, log_fault
from gateway.execution import Executor, settle
from gateway.limits import Limits, check_variables
from gateway.persisted import Persisted
from gateway.request import GraphQLRequest
from gateway.wording import variable_refusal


class NotExecuted(Exception):
    """The document or its variables are refused; `entries` are all of the answer's errors."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.entries = entries


class Result(msgspec.Struct, frozen=True):
    """What became of an operation that ran, wholly or in part."""

    # As graphql-core has it: JSON of any shape.
    data: Mapping[str, object] | None
    errors: Sequence[Entry] = ()
    extensions: Mapping[str, object] | None = None

    @property
    def content(self) -> dict[str, object]:
        """The members of the answer (GraphQL, 7.1)."""
        content: dict[str, object] = {"data": self.data}
        if self.errors:
            content["errors"] = self.errors
        if self.extensions:
            content["extensions"] = self.extensions
        return content


class Answering:
    """Prepares operations, and runs them for a caller; the one way that every transport takes."""

    def __init__(
        self,
        *,
        persisted: Persisted,
        executor: Executor,
        build_context: Callable[[Caller], Context],
        demand: Demand,
        limits: Limits,
    ) -> None:
        self._persisted = persisted
        self._executor = executor
        self._build_context = build_context
        self._demand = demand
        self._limits = limits

    async def prepared(self, asked: GraphQLRequest, client_id: str | None) -> Operation:
        """Return the operation meant, its variables within the limits.

        Raises NotExecuted or a CallerError when there is none that may be run.
        """
        document = await self._persisted.document(asked, client_id)
        if document.errors:
            raise NotExecuted(document.errors)
        operation = document.operation(asked.operation_name)
        check_variables(asked.variables or {}, self._limits)
        return operation

    async def result(
        self,
        operation: Operation,
        asked: GraphQLRequest,
        caller: Caller,
        receive: Receive | None = None,
        *,
        asks_for_cost: bool = False,
    ) -> Result:
        """Run a query or mutation; what it discloses is in the log of use when this returns.

        With `receive`, raises ClientGone once the client hangs up. Raises NotExecuted when the
        variables are not of their types, and CallerError when it would cost too much.
        """
        charge = await self._demand.charge(caller.viewer, operation.cost, asked.variables)
        context = self._build_context(caller)
        try:
            found = await self._executor.run(operation, asked.variables, context, receive)
            await settle(context, caller.event_id)
        finally:
            await close(context, caller.event_id)
        actual = self._demand.settle(charge, found.data)
        extensions = {"cost": await self._demand.told(charge, actual)} if asks_for_cost else None
        return as_result(found, operation, caller.event_id, extensions)

    async def introspection(
        self, operation: Operation, asked: GraphQLRequest, event_id: str
    ) -> Result:
        """Run an operation that only asks about the schema, for nobody in particular."""
        found = await self._executor.run(operation, asked.variables, None)
        return as_result(found, operation, event_id)


def as_result(
    found: ExecutionResult,
    operation: Operation,
    event_id: str,
    extensions: Mapping[str, object] | None = None,
) -> Result:
    """Return an execution's result as it is answered; raise NotExecuted if it never ran."""
    if _never_ran(found):
        refusals = [variable_refusal(error, operation.node) for error in found.errors or ()]
        raise NotExecuted([*map(caller_entry, refusals)])
    return Result(found.data, field_entries(found.errors or (), event_id), extensions)


async def close(context: Context, event_id: str) -> None:
    """Close a context; the answer stands, whatever closing says."""
    try:
        await context.close()
    except Exception as error:  # noqa: BLE001 # the answer stands
        log_fault(error, event_id)


def _never_ran(found: ExecutionResult) -> bool:
    errors = found.errors or ()
    return found.data is None and bool(errors) and all(error.path is None for error in errors)
