"""Runs one operation on graphql-core, for as long as someone waits for the answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Mapping
from contextlib import aclosing, suppress
from inspect import isawaitable
from typing import Any, TypeVar, cast

import strawberry
from graphql import ExecutionResult, GraphQLSchema, experimental_execute_incrementally
from graphql.execution import ExperimentalIncrementalExecutionResults
from graphql.pyutils import AwaitableOrValue
from starlette.types import Receive

from gateway.caller import Context
from gateway.documents import Operation
from gateway.errors import Fault, LogUnavailable, OperationTooSlow, log_fault
from gateway.executors import InParts, Whole
from gateway.incremental import Found
from gateway.request import ClientGone
from store.log_writer import NotLogged

T = TypeVar("T")


class Executor:
    """Executes operations on a Strawberry schema without Strawberry's request pipeline.

    Documents are parsed and validated once by `Documents`, so that pipeline (extensions, masking,
    its own caches) has nothing left to do; the schema's resolvers run as they would in it.
    """

    def __init__(self, schema: strawberry.Schema, deadline_seconds: float) -> None:
        self.graphql_schema: GraphQLSchema = schema._schema  # noqa: SLF001 # no public way to it
        self._deadline_seconds = deadline_seconds

    async def run(
        self,
        operation: Operation,
        # Any: variables are JSON of any shape, and the context is the resolvers' own.
        variables: Mapping[str, Any] | None,
        context: object,
        receive: Receive | None = None,
        root: object = None,
    ) -> ExecutionResult:
        """Return the result; raise ClientGone or OperationTooSlow if it is cut short.

        `root` is what a subscription's field gives: the event that is delivered.
        """
        begun = self._begun(Whole, operation, variables, context, root)
        found = await self.attended(begun, receive) if isawaitable(begun) else begun
        return cast(ExecutionResult, found)

    def complete(
        self, operation: Operation, variables: Mapping[str, Any], root: object
    ) -> ExecutionResult:
        """Return the result of an operation that only picks from what is there already."""
        result = self._begun(Whole, operation, variables, None, root)
        if not isinstance(result, ExecutionResult):
            raise TypeError("Something was asked for that is not there.")
        return result

    async def parts(
        self, operation: Operation, variables: dict[str, Any] | None, context: object
    ) -> AsyncGenerator[ExecutionResult | Found, None]:
        """Give the parts of an answer in their order, or one result if nothing is left out of it.

        Close it: what is still to come is cancelled then. Consume it within `attended`.
        """
        begun = self._begun(InParts, operation, variables, context)
        found = await begun if isawaitable(begun) else begun
        if isinstance(found, ExecutionResult):
            yield found
            return
        async with aclosing(found.subsequent_results) as later:
            yield found.initial_result
            async for each in later:
                yield each

    async def attended(self, work: Awaitable[T], receive: Receive | None) -> T:
        """Return what the work returns; raise ClientGone or OperationTooSlow if it is cut short."""
        timely = _within(work, self._deadline_seconds)
        return await (timely if receive is None else until_gone(timely, receive))

    def _begun(
        self,
        executor_class: type[Whole | InParts],
        operation: Operation,
        variables: Mapping[str, Any] | None,
        context: object,
        root: object = None,
    ) -> AwaitableOrValue[ExecutionResult | ExperimentalIncrementalExecutionResults]:
        return experimental_execute_incrementally(
            self.graphql_schema,
            operation.document,
            root_value=root,
            context_value=context,
            variable_values=None if variables is None else dict(variables),
            operation_name=operation.name,
            max_coercion_errors=5,
            executor_class=executor_class,
            operation_extensions=None,
            hide_suggestions=True,
        )


async def settle(context: Context, event_id: str) -> None:
    """Return once what an answer discloses is in the log of use; else raise LogUnavailable."""
    try:
        await context.settle()
    except NotLogged as error:
        log_fault(error, event_id)
        raise LogUnavailable from None


async def until_gone(work: Awaitable[T], receive: Receive) -> T:
    """Return what the work returns, or cancel it and raise ClientGone when the client hangs up."""
    task = asyncio.ensure_future(work)
    watcher = asyncio.create_task(_cancel_when_gone(task, receive))
    try:
        return await task
    except asyncio.CancelledError:
        if watcher.done() and not watcher.cancelled():
            raise ClientGone from None
        if _is_being_cancelled():
            raise
        # Something inside was cancelled, and nobody outside asked for it.
        raise Fault from None
    finally:
        watcher.cancel()


async def _cancel_when_gone(task: asyncio.Future[T], receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    task.cancel()


async def _within(work: Awaitable[T], seconds: float) -> T:
    deadline = asyncio.timeout(seconds)
    with suppress(TimeoutError):
        async with deadline:
            return await work
    raise OperationTooSlow


def _is_being_cancelled() -> bool:
    current = asyncio.current_task()
    return current is not None and current.cancelling() > 0
