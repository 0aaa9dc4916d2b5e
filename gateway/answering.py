"""From a request's parameters to what is answered, whatever transport they came by."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any, TypeAlias

import msgspec
from graphql import ExecutionResult
from starlette.types import Receive

from gateway.caller import Caller, Context
from gateway.demand import Charge, Demand
from gateway.documents import Operation
from gateway.errors import Entry, caller_entry, field_entries, log_fault
from gateway.execution import Executor, settle
from gateway.incremental import Delivery, Found
from gateway.limits import Limits, check_variables
from gateway.persisted import Persisted
from gateway.request import ClientGone, GraphQLRequest
from gateway.wording import variable_refusal

# Any: JSON of any shape.
Data: TypeAlias = Mapping[str, Any]


class NotExecuted(Exception):
    """The document or its variables are refused; `entries` are all of the answer's errors."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.entries = entries


class Result(msgspec.Struct, frozen=True):
    """What became of an operation that ran, wholly or in part."""

    data: Data | None
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
        extensions = await self._paid(charge, found.data, asks_for_cost=asks_for_cost)
        return as_result(found, operation, caller.event_id, extensions)

    async def deliver(
        self,
        operation: Operation,
        asked: GraphQLRequest,
        caller: Caller,
        receive: Receive,
        delivery: Delivery,
        *,
        asks_for_cost: bool = False,
    ) -> Result | None:
        """Run a query or mutation in parts; each is in the log of use before any of it is sent.

        Returns the result where nothing is left out of it: then nothing has been sent. Raises as
        `result` does until something has been; after that, what fails is told in a last part.
        """
        charge = await self._demand.charge(caller.viewer, operation.cost, asked.variables)
        context = self._build_context(caller)
        paid = partial(self._paid, charge, asks_for_cost=asks_for_cost)
        parts = self._executor.parts(operation, asked.variables, context)
        settled = partial(settle, context, caller.event_id)
        try:
            work = _delivered(parts, delivery, settled, paid)
            whole = await self._executor.attended(work, receive)
        except ClientGone:
            raise
        except Exception as error:
            if not delivery.has_begun:
                raise
            await delivery.break_off(error)
            return None
        finally:
            await close(context, caller.event_id)
        if whole is None:
            return None
        return as_result(whole, operation, caller.event_id, await paid(whole.data))

    async def introspection(
        self, operation: Operation, asked: GraphQLRequest, event_id: str
    ) -> Result:
        """Run an operation that only asks about the schema, for nobody in particular."""
        found = await self._executor.run(operation, asked.variables, None)
        return as_result(found, operation, event_id)

    async def _paid(
        self, charge: Charge, data: Data | None, *, asks_for_cost: bool
    ) -> Mapping[str, object] | None:
        """Settle what an answer has cost; return the extensions that tell of it."""
        actual = self._demand.settle(charge, data)
        return {"cost": await self._demand.told(charge, actual)} if asks_for_cost else None


async def _delivered(
    parts: AsyncGenerator[ExecutionResult | Found, None],
    delivery: Delivery,
    settled: Callable[[], Awaitable[None]],
    paid: Callable[[Data], Awaitable[Mapping[str, object] | None]],
) -> ExecutionResult | None:
    """Send each part once it is settled, the last with what it all has cost."""
    async with aclosing(parts):
        async for found in parts:
            await settled()
            if isinstance(found, ExecutionResult):
                return found
            content = delivery.taken(found)
            if not found.has_next and (told := await paid(delivery.data)):
                content["extensions"] = told
            await delivery.send(content)
    return None


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
