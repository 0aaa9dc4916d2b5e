"""Puts together what live plan views stand on, and lets it run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import msgspec

from gateway.caller import Caller
from gateway.clock import Clock
from gateway.demand import Demand
from gateway.execution import Executor
from gateway.live.admission import Admission
from gateway.live.context import Contexts
from gateway.live.cursors import Cursors
from gateway.live.hub import Hub
from gateway.live.notices import Notices
from gateway.live.views import Views
from gateway.live.wake import Wake
from resolvers.context import Shareable
from store.outbox import Outbox
from store.patient import PatientStore


class LiveParts(msgspec.Struct, frozen=True, kw_only=True):
    """What live plan views need of the process; `resumable_for` is how long a cursor is good."""

    build_context: Callable[[Caller], Shareable]
    patients: PatientStore
    outbox: Outbox
    wake: Wake
    cursors: Cursors
    clock: Clock
    resumable_for: timedelta


@asynccontextmanager
async def live(parts: LiveParts, executor: Executor, demand: Demand) -> AsyncIterator[Hub]:
    """Yield the hub of this process, which delivers until the end of the block."""
    contexts = Contexts(parts.build_context, parts.patients, parts.clock)
    hub = Hub(
        outbox=parts.outbox,
        admission=Admission(executor.graphql_schema, contexts, demand),
        notices=Notices(contexts, executor, parts.cursors),
        views=Views(contexts, executor, parts.cursors, demand),
        cursors=parts.cursors,
        clock=parts.clock,
        resumable_for=parts.resumable_for,
    )
    parts.wake.listen(hub.reading.wake)
    async with hub.running():
        yield hub


@asynccontextmanager
async def running(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let work run beside a block, and end with it."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
