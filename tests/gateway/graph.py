"""A small graph with everything the endpoint must cope with, and the contexts it was given."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import NewType

import strawberry
from strawberry.schema.config import StrawberryConfig

from domain.errors import NotPermitted
from gateway.caller import Caller
from gateway.compose import Parts
from gateway.demand import Demand
from gateway.execution import Executor
from gateway.health import Check
from gateway.rates import Rates
from gateway.replay import Marks
from gateway.settings import Settings
from resolvers.opening import Openings
from schema.cost import Cost, ListSize
from store.log_writer import NotLogged
from store.registered_operation import RegisteredOperationStore
from store.webhook import WebhookStore
from tests.gateway.ticking import Ticking

Number = NewType("Number", str)
IDENTITY_NUMBER = strawberry.scalar(name="IdentityNumber", serialize=str, parse_value=str)


@dataclass
class Recorder:
    """What happened to the contexts of a test's operations."""

    callers: list[Caller] = field(default_factory=list)
    closed: int = 0
    cancelled: int = 0
    started: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    checks: Sequence[Check] = ()
    openings: Openings | None = None
    marks: Marks | None = None
    own_operations: Mapping[str, str] = field(default_factory=dict)
    registered: RegisteredOperationStore | None = None
    webhooks: WebhookStore | None = None
    rates: Rates | None = None
    log_fails: bool = False
    ticking: Ticking = field(init=False)

    @asynccontextmanager
    async def compose(self, _settings: Settings) -> AsyncIterator[Parts]:
        yield Parts(
            schema=schema,
            build_context=self.context,
            checks=self.checks,
            openings=self.openings,
            marks=self.marks,
            own_operations=self.own_operations,
            registered=self.registered,
            webhooks=self.webhooks,
            rates=self.rates,
            begin_live=self.live,
        )

    @asynccontextmanager
    async def live(self, executor: Executor, demand: Demand) -> AsyncIterator[Ticking]:
        self.ticking = Ticking(executor, demand, self)
        yield self.ticking

    def reset(self) -> None:
        """Forget what earlier tests did."""
        self.callers, self.closed, self.cancelled = [], 0, 0
        self.log_fails = False
        self.ticking.reset()
        self.started, self.ended, self.gate = asyncio.Event(), asyncio.Event(), asyncio.Event()

    def context(self, caller: Caller) -> SmallContext:
        self.callers.append(caller)
        return SmallContext(caller, self)


@dataclass
class SmallContext:
    caller: Caller
    recorder: Recorder
    leftovers: list[asyncio.Task[None]] = field(default_factory=list)
    state: int = 0

    async def close(self) -> None:
        self.recorder.closed += 1
        self.recorder.ended.set()
        for task in self.leftovers:
            task.cancel()
        await asyncio.gather(*self.leftovers, return_exceptions=True)

    async def settle(self) -> None:
        if self.recorder.log_fails:
            raise NotLogged

    async def wait_long(self) -> None:
        await self.waited(asyncio.sleep(60))

    async def waited(self, wait: Awaitable[object]) -> None:
        self.recorder.started.set()
        try:
            await wait
        except asyncio.CancelledError:
            self.recorder.cancelled += 1
            raise


Info = strawberry.Info[SmallContext, None]


@strawberry.enum
class Colour(Enum):
    RED = "RED"


@strawberry.input
class Bounds:
    low: int


@strawberry.input
class Filter:
    numbers: list[Number] | None = None
    name: str | None = None
    bounds: Bounds | None = None


@strawberry.type
class Query:
    @strawberry.field
    def hello(self) -> str:
        return "hei"

    @strawberry.field
    def child(self) -> Query:
        return Query()

    @strawberry.field
    def other(self) -> Query:
        return Query()

    @strawberry.field(directives=[ListSize(slicing_arguments=["first"])])
    def children(self, first: int = 2) -> list[Query]:
        return [Query()] * min(first, 3)

    @strawberry.field(directives=[Cost(weight="40")])
    def dear(self) -> str:
        return "dear"

    @strawberry.field
    async def who(self, info: Info) -> str:
        await asyncio.sleep(0)
        return info.context.caller.viewer.subject

    @strawberry.field
    def echo(self, text: str = "", count: int = 0, colour: Colour = Colour.RED) -> str:
        return f"{len(text)} {count} {colour.value}"

    @strawberry.field
    def find(self, identity_number: Number | None = None, filter: Filter | None = None) -> str:
        return f"{identity_number is not None} {filter is not None}"

    @strawberry.field
    def many(self, ids: list[strawberry.ID]) -> int:
        return len(ids)

    @strawberry.field
    async def slow(self, info: Info) -> str:
        await info.context.wait_long()
        return "late"

    @strawberry.field
    async def gated(self, info: Info) -> str:
        await info.context.waited(info.context.recorder.gate.wait())
        return "open"

    @strawberry.field
    async def left(self, info: Info) -> str:
        info.context.leftovers.append(asyncio.create_task(info.context.wait_long()))
        await info.context.recorder.started.wait()
        return "left"

    @strawberry.field
    def broken(self, text: str = "secret") -> str | None:
        raise RuntimeError(f"the driver said {text}")

    @strawberry.field
    def strict(self) -> str:
        return None  # type: ignore[return-value] # what a broken resolver does

    @strawberry.field
    def refused(self) -> str | None:
        raise NotPermitted(reason="NO_CARE_RELATION")


@strawberry.type
class Change:
    @strawberry.field
    def state(self, info: Info) -> int:
        return info.context.state


@strawberry.type
class Mutation:
    @strawberry.mutation
    def touch(self) -> str:
        return "touched"

    @strawberry.mutation
    def change(self, info: Info, to: int) -> Change:
        info.context.state = to
        return Change()


@strawberry.type
class Padded:
    @strawberry.field
    def text(self, size: int) -> str:
        return " " * size


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def ticks(self) -> AsyncIterator[int]:
        yield 1

    @strawberry.subscription
    async def padded(self) -> AsyncIterator[Padded]:
        yield Padded()


schema = strawberry.Schema(
    Query,
    Mutation,
    Subscription,
    config=StrawberryConfig(
        scalar_map={Number: IDENTITY_NUMBER}, enable_experimental_incremental_execution=True
    ),
)
