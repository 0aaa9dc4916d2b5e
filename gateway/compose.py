"""Builds what the process stands on, and takes it down again: store, sources, contexts.

The one place where clients are made and passed down. Nothing here runs at import.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias, cast

import msgspec
import strawberry
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway import durability, own_operations
from gateway.buckets import RedisBuckets
from gateway.caller import Caller, Context
from gateway.clock import Clock, utc_now
from gateway.demand import Demand
from gateway.execution import Executor
from gateway.health import Check, NotReady
from gateway.live.cursors import Cursors
from gateway.live.placing import Placing
from gateway.live.starting import LiveParts, live, running
from gateway.live.stream import Live
from gateway.live.wake import Wake
from gateway.rates import Rates
from gateway.replay import Marks, RedisMarks
from gateway.settings import Settings
from gateway.sources import connect
from resolvers import context, export
from resolvers.opening import Openings
from schema import schema
from store import Store
from store.erasure import ErasureStore
from store.erasure_log import ErasureLog, ErasureLogBroken
from store.log_writer import LogWriter, NotLogged
from store.migrate import is_current
from store.outbox import Outbox
from store.registered_operation import RegisteredOperationStore
from store.session import engine, sessions
from store.webhook import WebhookStore

BeginExport: TypeAlias = Callable[[Any, str], Awaitable[str]]
"""Asks the policy and logs an export, in a context; returns whose it is. Raises CallerError."""

BeginLive: TypeAlias = Callable[[Executor, Demand], AbstractAsyncContextManager[Live]]
"""Lets live plan views run, on the executor and the limits of the process."""


class Parts(msgspec.Struct, frozen=True):
    """What the process is made of once it runs.

    Without `begin_export` there are no exports, without `begin_live` nothing is followed; without
    `marks` no bound token is accepted; without `registered` nobody registers operations, without
    `webhooks` nobody those, without `rates` each process limits its clients by itself.
    `own_operations` are texts by the name of their file.
    """

    schema: strawberry.Schema
    build_context: Callable[[Caller], Context]
    checks: Sequence[Check] = ()
    openings: Openings | None = None
    marks: Marks | None = None
    begin_export: BeginExport | None = None
    begin_live: BeginLive | None = None
    own_operations: Mapping[str, str] = msgspec.field(default_factory=dict)
    registered: RegisteredOperationStore | None = None
    webhooks: WebhookStore | None = None
    rates: Rates | None = None


Compose: TypeAlias = Callable[[Settings], AbstractAsyncContextManager[Parts]]


@asynccontextmanager
async def compose(settings: Settings, clock: Clock = utc_now) -> AsyncIterator[Parts]:
    """Yield the running parts, and close every client when the process ends.

    Raises NotDurable in production when the database could lose what it has accepted.
    """
    async with AsyncExitStack() as stack:
        database = engine(settings.database_url, pool_size=10, max_overflow=0, pool_pre_ping=True)
        stack.push_async_callback(database.dispose)
        durable = await _durable(settings, database)
        redis = await stack.enter_async_context(Redis.from_url(settings.redis_url))
        rates = Rates(RedisBuckets(redis))
        stack.push_async_callback(rates.close)
        opened = sessions(database)
        wake = Wake(redis)
        placing = Placing(Outbox(opened), wake.ring)
        await stack.enter_async_context(running(placing.run(), wake.run()))
        store = Store.over(opened, placing.happened)
        log = await stack.enter_async_context(_log_writer(settings, stack).running())
        connectors = connect(settings, stack, clock)

        def build_context(caller: Caller) -> context.Shareable:
            return context.Shareable(
                viewer=caller.viewer,
                now=clock(),
                store=store,
                connectors=connectors,
                event_id=caller.event_id,
                log=log,
                language=caller.language,
                evaluates_zones=settings.evaluates_zones,
                choices=settings.choices,
            )

        live_parts = LiveParts(
            build_context=build_context,
            patients=store.patient,
            outbox=store.outbox,
            wake=wake,
            cursors=Cursors(settings.cursor_key),
            clock=clock,
            resumable_for=timedelta(days=settings.resumable_days),
        )
        checks = [*_checks(settings, database, redis), *_erasure_checks(settings, database, clock)]
        checks.append(Check("log of use", partial(_can_be_written, log)))
        checks.append(Check("shared rate limits", rates.shared, required=False))
        yield Parts(
            schema=schema,
            build_context=build_context,
            checks=[*checks, *durable],
            begin_export=export.begin,
            begin_live=partial(live, live_parts),
            openings=Openings(store, clock),
            marks=RedisMarks(redis),
            own_operations=own_operations.read(),
            registered=store.registered_operation,
            webhooks=store.webhook,
            rates=rates,
        )


async def _can_be_written(log: LogWriter) -> None:
    """Write nothing, the way entries are written: without the log, nothing could be shown."""
    try:
        await log.write([])
    except NotLogged:
        raise NotReady("The log of use can't be written.") from None


def _log_writer(settings: Settings, stack: AsyncExitStack) -> LogWriter:
    """Return the writer of the log of use; no reader can keep its connection from it."""
    own = engine(settings.database_url, pool_size=1, max_overflow=0)
    stack.push_async_callback(own.dispose)
    return LogWriter(own)


async def _durable(settings: Settings, database: AsyncEngine) -> list[Check]:
    if not settings.is_production:
        return []
    durable = durability.check(database)
    await durability.require(durable)
    return [durable]


def _checks(settings: Settings, database: AsyncEngine, redis: Redis) -> list[Check]:
    async def answers() -> None:
        async with database.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def is_migrated() -> None:
        if not await is_current(database):
            raise NotReady("The database is not at the newest migration.")

    async def pings() -> None:
        await cast(Awaitable[bool], redis.ping())

    return [
        Check("database", answers),
        Check("migrations", is_migrated),
        # A proof is accepted only where it can be seen that it is new.
        Check("redis", pings, required=not settings.accepts_bearer),
    ]


def _erasure_checks(settings: Settings, database: AsyncEngine, clock: Clock) -> list[Check]:
    """Return what keeps a restored database from being served before it is erased again."""
    erasures = ErasureStore(sessions(database), ErasureLog(Path(settings.erasure_log)))

    async def are_run() -> None:
        try:
            not_run = len(await erasures.not_run(clock()))
        except ErasureLogBroken as broken:
            raise NotReady(str(broken)) from None
        if not_run:
            raise NotReady(f"{not_run} erasures are undone: run `python -m store erase-again`.")

    async def are_logged() -> None:
        not_logged = await erasures.not_logged()
        if not_logged:
            raise NotReady(f"{not_logged} erasures are not in the file of DBEP_ERASURE_LOG.")

    return [
        Check("erasures", are_run),
        Check("erasure log", are_logged, required=False),
    ]
