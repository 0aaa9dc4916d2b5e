"""The worker's process: its jobs, and what its health is asked by."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

from redis.asyncio import Redis
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from connectors import Connectors
from connectors.change_feed import ChangeFeed
from connectors.kjernejournal.death import DeathFeed
from connectors.kjernejournal.family import FamilyFeed
from connectors.record import ReceiverName, RecordConnector
from connectors.sender import SenderConnector, SenderName
from connectors.webhook import WebhookClient
from domain.access.viewer import Viewer
from domain.outdated.fingerprint import FingerprintKey
from domain.source.section import SectionName, SourceName
from gateway import envelope, health
from gateway.clock import Clock, utc_now
from gateway.errors import log_stray
from gateway.health import Check
from gateway.live.cursors import Cursors
from gateway.live.placing import Placing
from gateway.live.starting import running
from gateway.live.wake import Wake
from gateway.settings import Settings
from gateway.sources import client, connect
from gateway.webhook_secret import WebhookSecrets
from resolvers.context import Context
from resolvers.disclosure import Log
from resolvers.writing.comparison import Comparing
from store import Store
from store.delivery import DeliveryStore
from store.erasing import Erasing
from store.erasure import ErasureStore
from store.erasure_log import ErasureLog
from store.feed import FeedStore
from store.log_writer import LogWriter
from store.message import MessageStore
from store.outbox import Outbox
from store.sealing import Sealing
from store.session import Sessions, engine, sessions
from store.unit import UnitStore
from store.webhook_round import Rounds
from worker.birthdays import Birthdays
from worker.comparing import ComparingJob
from worker.deaths import Deaths
from worker.delivering import Delivering
from worker.erasing import ErasingJob
from worker.escalating import Escalating
from worker.families import Families
from worker.feeds import Feeds
from worker.loop import PAUSE_SECONDS, Job, Loop
from worker.messaging import Asking, Messaging
from worker.sealing import PAUSE_SECONDS as SEALING_PAUSE_SECONDS
from worker.sealing import EmptyingJob, SealingJob
from worker.webhooks import AT_ONCE, Webhooks


def create_app(
    settings: Settings, clock: Clock = utc_now, pause_seconds: float = PAUSE_SECONDS
) -> Starlette:
    """Return the worker; it works from its start to its end, and answers for its health."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[Mapping[str, object]]:
        asyncio.get_running_loop().set_exception_handler(log_stray)
        async with AsyncExitStack() as stack:
            checks = await _start(settings, clock, pause_seconds, stack)
            yield {"checks": checks}

    app = Starlette(
        routes=[Route("/healthz", health.alive), Route("/readyz", health.ready)],
        middleware=[Middleware(envelope.Envelope)],
        exception_handlers=envelope.HANDLERS,
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # as in gateway/app.py
    return app


async def _start(
    settings: Settings, clock: Clock, pause_seconds: float, stack: AsyncExitStack
) -> list[Check]:
    """Start the jobs, which end with the stack, and return what tells whether they are well."""
    database = engine(settings.database_url, pool_size=8, max_overflow=0, pool_pre_ping=True)
    stack.push_async_callback(database.dispose)
    opened = sessions(database)
    placing = await _placing(settings, opened, stack)
    store = Store.over(opened, placing.happened)
    delivering = _delivering(settings, opened, clock, stack)
    erasing = _erasing(settings, opened, store.unit, clock)
    deaths = _deaths(settings, opened, store, clock, stack)
    escalating = Escalating(store, clock)
    families = _families(settings, opened, store, clock, stack)
    birthdays = Birthdays(store, clock)
    feeds = _feeds(settings, opened, store, clock, stack)
    log = await stack.enter_async_context(_log_writer(settings, stack).running())
    sources = connect(settings, stack, clock)
    comparing = _comparing(settings, store, clock, sources, log)
    messaging = _messaging(settings, opened, store, clock, sources, stack)
    sealing = SealingJob(Sealing(opened), clock)
    emptying = EmptyingJob(Sealing(opened), settings.log_retention_years, clock)
    jobs: list[Job] = [delivering, escalating, erasing, deaths, families, birthdays, feeds]
    jobs += [comparing, messaging, emptying]
    loop = Loop(jobs, pause_seconds)
    # The seals have a round of their own: they must not wait for a record that answers slowly.
    seals = Loop([sealing], min(pause_seconds, SEALING_PAUSE_SECONDS))
    webhooks = _webhooks(settings, clock, stack, log)
    # So do the webhooks: a receiver takes its time, and it is somebody else's.
    told = Loop([webhooks], pause_seconds)
    for each in (loop, seals, told):
        stack.push_async_callback(_end, asyncio.create_task(each.run()))

    async def answers() -> None:
        async with database.connect() as connection:
            await connection.execute(text("SELECT 1"))

    return [
        Check("database", answers),
        Check("worker", loop.goes_round),
        # Told, but no reason to start the worker anew: somebody has to do something elsewhere.
        Check("deliveries", delivering.all_arrive, required=False),
        Check("erasures", erasing.none_is_blocked, required=False),
        Check("changes", feeds.all_are_heard, required=False),
        Check("messages", messaging.none_is_given_up, required=False),
        Check("log seals", sealing.keeps_up, required=False),
        Check("webhooks", webhooks.none_is_parked, required=False),
    ]


async def _placing(settings: Settings, opened: Sessions, stack: AsyncExitStack) -> Placing:
    """Return what gives places to the worker's own events, and to those of a process that died."""
    redis = await stack.enter_async_context(Redis.from_url(settings.redis_url))
    placing = Placing(Outbox(opened), Wake(redis).ring)
    await stack.enter_async_context(running(placing.run()))
    return placing


def _delivering(
    settings: Settings, opened: Sessions, clock: Clock, stack: AsyncExitStack
) -> Delivering:
    record = RecordConnector(client(ReceiverName.RECORD, settings.record, stack))
    return Delivering(DeliveryStore(opened), record, settings.organisation_number, clock)


def _erasing(settings: Settings, opened: Sessions, units: UnitStore, clock: Clock) -> ErasingJob:
    erasures = ErasureStore(opened, ErasureLog(Path(settings.erasure_log)))
    return ErasingJob(Erasing(units, erasures), erasures, clock)


def _deaths(
    settings: Settings, opened: Sessions, store: Store, clock: Clock, stack: AsyncExitStack
) -> Deaths:
    feed = DeathFeed(client(SourceName.KJERNEJOURNAL, settings.kjernejournal, stack))
    places = FeedStore(opened)
    return Deaths(store, places, feed, settings.organisation_number, clock)


def _families(
    settings: Settings, opened: Sessions, store: Store, clock: Clock, stack: AsyncExitStack
) -> Families:
    feed = FamilyFeed(client(SourceName.KJERNEJOURNAL, settings.kjernejournal, stack))
    places = FeedStore(opened)
    return Families(store, places, feed, settings.organisation_number, clock)


def _feeds(
    settings: Settings, opened: Sessions, store: Store, clock: Clock, stack: AsyncExitStack
) -> Feeds:
    sources = {
        SectionName.MEDICATIONS: (SourceName.MEDICATION, settings.medication),
        SectionName.CRITICAL_INFO: (SourceName.KJERNEJOURNAL, settings.kjernejournal),
        SectionName.APPOINTMENTS: (SourceName.HOSPITAL, settings.hospital),
    }
    feeds = {
        section: ChangeFeed(client(name, source, stack))
        for section, (name, source) in sources.items()
    }
    places = FeedStore(opened)
    return Feeds(store, places, feeds, settings.organisation_number, clock)


def _log_writer(settings: Settings, stack: AsyncExitStack) -> LogWriter:
    own = engine(settings.database_url, pool_size=1, max_overflow=0)
    stack.push_async_callback(own.dispose)
    return LogWriter(own)


def _comparing(
    settings: Settings, store: Store, clock: Clock, sources: Connectors, log: Log
) -> ComparingJob:
    key = FingerprintKey(settings.fingerprint_key)
    again = timedelta(hours=settings.closed_again_hours)
    comparing = Comparing(store, sources, log, key, again or None)
    return ComparingJob(comparing, settings.organisation_number, clock)


def _webhooks(settings: Settings, clock: Clock, stack: AsyncExitStack, log: Log) -> Webhooks:
    # Each one that is attended to holds a connection while its receiver answers.
    own = engine(settings.database_url, pool_size=2 * AT_ONCE, max_overflow=0, pool_pre_ping=True)
    stack.push_async_callback(own.dispose)
    client = WebhookClient(settings.reach)
    stack.push_async_callback(client.close)
    store, sources = Store.over(sessions(own)), connect(settings, stack, clock)

    def build_context(viewer: Viewer, event_id: str) -> Context:
        return Context(
            viewer=viewer,
            now=clock(),
            store=store,
            connectors=sources,
            event_id=event_id,
            log=log,
            choices=settings.choices,
        )

    return Webhooks(
        Rounds(sessions(own)),
        store,
        client,
        build_context,
        secrets=WebhookSecrets(settings.webhook_key),
        cursors=Cursors(settings.cursor_key),
        days=settings.webhook_days,
        clock=clock,
    )


def _messaging(
    settings: Settings,
    opened: Sessions,
    store: Store,
    clock: Clock,
    sources: Connectors,
    stack: AsyncExitStack,
) -> Messaging:
    sender = SenderConnector(client(SenderName.SENDER, settings.sender, stack))
    asking = Asking(store, sources, settings.choices)
    return Messaging(MessageStore(opened), asking, sender, settings.organisation_number, clock)


async def _end(task: asyncio.Task[None]) -> None:
    """End the jobs where they are: what they had begun is undone, and due again.

    Told again and again, since a driver that is closing a connection may swallow being cancelled.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=1)
