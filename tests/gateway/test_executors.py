"""Both ways of executing give the same; they differ in what comes when, and how often is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import strawberry
from graphql import ExecutionResult, GraphQLSchema, experimental_execute_incrementally, parse
from graphql.execution import ExperimentalIncrementalExecutionResults
from strawberry.dataloader import DataLoader
from strawberry.schema.config import StrawberryConfig

from gateway.executors import InParts, Whole

Info = strawberry.Info["Asked", None]


class Asked:
    def __init__(self) -> None:
        self.batches: list[Sequence[int]] = []
        self.loader = DataLoader(load_fn=self.load)

    async def load(self, keys: list[int]) -> list[int]:
        self.batches.append(keys)
        return keys


@strawberry.type
class Row:
    number: int

    @strawberry.field
    async def loaded(self, info: Info) -> int:
        return await info.context.loader.load(self.number)


@strawberry.type
class Query:
    @strawberry.field
    def rows(self) -> list[Row]:
        return [Row(number=number) for number in range(6)]


SCHEMA: GraphQLSchema = strawberry.Schema(
    Query, config=StrawberryConfig(enable_experimental_incremental_execution=True)
)._schema
STREAMED = "{ rows @stream(initialCount: 2) { loaded } }"
DEFERRED = "{ rows { number ... @defer { loaded } } }"


async def executed(way: type[Whole | InParts], query: str) -> tuple[Any, list[Any], Asked]:
    """Return the first result, what comes later, and what was asked for."""
    asked = Asked()
    found = experimental_execute_incrementally(
        SCHEMA, parse(query), context_value=asked, executor_class=way, operation_extensions=None
    )
    found = found if isinstance(found, ExperimentalIncrementalExecutionResults) else await found  # type: ignore[misc] # one of the two
    if isinstance(found, ExecutionResult):
        return found, [], asked
    return found.initial_result, [each async for each in found.subsequent_results], asked


async def test_executed_whole_the_directives_change_nothing() -> None:
    for query in (STREAMED, DEFERRED):
        found, later, asked = await executed(Whole, query)
        assert (found.errors, later) == (None, [])
        assert [row["loaded"] for row in found.data["rows"]] == [*range(6)]
        assert asked.batches == [[*range(6)]]


async def test_streamed_items_are_loaded_together() -> None:
    found, later, asked = await executed(InParts, STREAMED)
    assert len(found.data["rows"]) == 2
    items = [item for part in later for each in part.incremental or () for item in each.items]
    assert [item["loaded"] for item in items] == [2, 3, 4, 5]
    assert len(asked.batches) <= 2


async def test_what_is_deferred_is_loaded_together_and_not_before_the_first_part() -> None:
    asked = Asked()
    found = experimental_execute_incrementally(
        SCHEMA, parse(DEFERRED), context_value=asked, executor_class=InParts,
        operation_extensions=None,
    )  # fmt: skip
    assert isinstance(found, ExperimentalIncrementalExecutionResults)
    await asyncio.sleep(0.01)
    assert asked.batches == []
    assert [part async for part in found.subsequent_results][-1].has_next is False
    assert asked.batches == [[*range(6)]]
