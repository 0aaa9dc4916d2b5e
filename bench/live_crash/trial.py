"""One trial: writers write and followers follow, while all that they need is killed at random.

In the end what was told is held to the log, and what was shown to a fresh query.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import aiohttp
from sqlalchemy.exc import DBAPIError

from bench.crash.door import Door
from bench.crash.ledger import Ledger
from bench.crash.stage import add_patients
from bench.crash.writer import Ward, Writer
from bench.live_crash import log as logged
from bench.live_crash import verdict
from bench.live_crash.follower import FRESH, Follower, Notices, View
from bench.live_crash.hand import Hand
from bench.live_crash.stage import Stage
from bench.live_crash.streams import PROTOCOLS
from bench.live_crash.withdrawing import WAYS, Way, Withdrawn, withdraw
from domain import ids
from local.people import PEOPLE
from local.process import CannotStart
from local.token import signing_key, token_for, token_of
from store.session import engine

_PATIENCE_SECONDS = 60.0
_MOST_SHOWN = 40
FOLLOW = ("clinician", "doctor", "parent")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How much is tried: so many kills of each kind, in an order that chance decides."""

    gateways: int = 3
    gateway_kills: int = 10
    restarts: int = 5
    worker_kills: int = 3
    redis_kills: int = 5
    postgres_kills: int = 5
    cuts: int = 40
    writers: int = 6
    patients: int = 4
    pause: float = 2.0
    seed: int = 1


@dataclass
class Result:
    """What was tried, and what is wrong."""

    plan: Plan
    events: int = 0
    notices: int = 0
    views: int = 0
    connections: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    withdrawn: list[Withdrawn] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Trial:
    """The steps of one trial on a running stage."""

    def __init__(
        self, stage: Stage, plan: Plan, session: aiohttp.ClientSession, tell: Tell
    ) -> None:
        self._stage, self._plan, self._session, self._tell = stage, plan, session, tell
        self._random = Random(plan.seed)
        self._key = signing_key(stage.key)
        self._tokens: dict[str, str] = {}
        self._hand = Hand(session, stage.urls, self._token, Random(f"{plan.seed}:hand"))
        self._database = engine(stage.postgres.url, pool_pre_ping=True)
        self._followers: list[Follower] = []
        self._result = Result(plan)

    async def run(self, group: asyncio.TaskGroup) -> Result:
        """Do all of it."""
        plan = self._plan
        keys = await add_patients(self._stage.postgres.url, plan.patients + len(WAYS))
        wards, withdrawn = keys[: plan.patients], keys[plan.patients :]
        running: list[asyncio.Task[None]] = []

        def follow(each: Follower) -> None:
            self._followers.append(each)
            running.append(group.create_task(each.run(self._session, self._stage.urls)))

        for each in self._those_who_stay(wards):
            follow(each)
        stay = list(self._followers)
        notices = [each for each in stay if isinstance(each, Notices)]
        await self._until(lambda: all(each.is_placed for each in notices))
        ways = [
            group.create_task(
                withdraw(
                    way,
                    ids.PATIENT + str(key),
                    self._hand,
                    follow,
                    self._each_way,
                    self._until_told,
                )
            )
            for way, key in zip(WAYS, withdrawn, strict=True)
        ]
        ledger = await self._under_writers(wards)
        self._result.withdrawn = [await way for way in ways]
        await self._until_told(notices)
        await self._judge(stay, ledger)
        for task in running:
            task.cancel()
        await self._database.dispose()
        return self._result

    def _token(self, person: str) -> str:
        if person not in self._tokens:
            self._tokens[person] = token_for(person, self._key, self._stage.issuer)
        return self._tokens[person]

    def _made(
        self,
        kind: type[Follower],
        person: str,
        patient: str | None,
        how: str,
        token: str | None = None,
    ) -> Follower:
        random = Random(self._random.random())
        return kind(person, patient, how, random, lambda: token or self._token(person))

    def _those_who_stay(self, wards: Sequence[UUID]) -> list[Follower]:
        """Return followers of each patient, on protocols in turn, and of the ward."""
        protocols = list(PROTOCOLS)
        made = [self._made(Notices, "clinician", None, how) for how in protocols]
        for number, key in enumerate(wards):
            patient = ids.PATIENT + str(key)
            for turn, person in enumerate(FOLLOW):
                for kind in (Notices, View):
                    how = protocols[(number + turn + (kind is View)) % len(protocols)]
                    made.append(self._made(kind, person, patient, how))
        return made

    def _each_way(self, way: Way, patient: str) -> list[Follower]:
        """Return followers of both kinds on each protocol, with a token of their own."""
        claims, issuer = PEOPLE[way.person].claims_at(time.time()), self._stage.issuer
        token = token_of(claims, self._key, issuer, way.token_seconds)
        return [
            self._made(kind, way.person, patient, how, token)
            for how in PROTOCOLS
            for kind in (Notices, View)
        ]

    async def _under_writers(self, wards: list[UUID]) -> Ledger:
        """Let writers write at all gateways while everything is killed."""
        ledger, closes = Ledger(), asyncio.Event()
        async with AsyncExitStack() as stack:
            doors = [
                await stack.enter_async_context(Door(url, self._stage.issuer, self._stage.key))
                for url in self._stage.urls
            ]
            async with asyncio.TaskGroup() as group:
                for number in range(self._plan.writers):
                    ward = Ward(doors[number % len(doors)], ledger, wards, closes=closes)
                    writer = Writer(ward, Random(f"{self._plan.seed}:{number}"))
                    group.create_task(writer.run())
                await self._disturb(ledger)
                closes.set()
        return ledger

    async def _disturb(self, ledger: Ledger) -> None:
        plan, stage, random = self._plan, self._stage, self._random
        kills: list[tuple[str, Callable[[], Awaitable[None]]]] = [
            *[("a gateway is killed", lambda: stage.kill(random.choice(stage.gateways)))]
            * plan.gateway_kills,
            *[("a gateway restarts", lambda: stage.restart(random.choice(stage.gateways)))]
            * plan.restarts,
            *[("the worker is killed", lambda: stage.kill(stage.worker))] * plan.worker_kills,
            *[("Redis is away", lambda: stage.lose_redis(random.uniform(0.5, 4)))]
            * plan.redis_kills,
            *[("PostgreSQL is killed", stage.lose_postgres)] * plan.postgres_kills,
            *[("connections break", self._cut)] * plan.cuts,
        ]
        random.shuffle(kills)
        for number, (what, kill) in enumerate(kills, start=1):
            await asyncio.sleep(random.uniform(0, plan.pause))
            self._tell(f"{number} of {len(kills)}: {what}, after {ledger.acknowledged} writes")
            await kill()

    async def _cut(self) -> None:
        some = self._random.randint(1, max(1, len(self._followers) // 3))
        for each in self._random.sample(self._followers, some):
            each.cut()

    async def _until_told(self, notices: Sequence[Notices]) -> None:
        """Wait until everybody was told as much as the log holds for them; or give up."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with suppress(DBAPIError, OSError):
                log = await logged.read(self._database)
                if all(event.position for event in log) and all(
                    self._is_told(each, log) for each in notices
                ):
                    return
            await asyncio.sleep(0.2)

    def _is_told(self, follower: Notices, log: Sequence[logged.Logged]) -> bool:
        wanted = logged.told_to(follower.person, follower.patient, log)
        return not wanted or any(each.id == wanted[-1].id for each in follower.heard)

    async def _until(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not is_so():
            if time.monotonic() > deadline:
                raise CannotStart("Not everybody follows.")
            await asyncio.sleep(0.02)

    async def _judge(self, stay: Sequence[Follower], ledger: Ledger) -> None:
        result, log = self._result, await logged.read(self._database)
        result.faults += [*ledger.surprises, *logged.unsound(log)]
        for each in stay:
            if isinstance(each, Notices):
                result.faults += verdict.of_notices(each, log)
            elif isinstance(each, View):
                result.faults += verdict.of_view(each, await self._fresh(each))
        for way in result.withdrawn:
            result.faults += verdict.of_withdrawn(way, log)
        result.events = len(log)
        result.connections = sum(each.connections for each in self._followers)
        for each in self._followers:
            result.ends.update(each.ends)
            result.notices += len(each.heard) if isinstance(each, Notices) else 0
            result.views += each.count if isinstance(each, View) else 0

    async def _fresh(self, view: View) -> Any:
        """Ask for what a view shows, until it is what was shown last; or give up."""
        deadline = time.monotonic() + _PATIENCE_SECONDS / 3
        while True:
            found = (await self._hand.ask(view.person, FRESH, {"id": view.patient}))["patient"]
            if found == view.shown or time.monotonic() > deadline:
                return found
            await asyncio.sleep(0.2)


async def perform(stage: Stage, plan: Plan, tell: Tell = lambda _line: None) -> Result:
    """Try it on a running stage."""
    quiet = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=40)
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with (
        aiohttp.ClientSession(timeout=quiet, connector=connector) as session,
        asyncio.TaskGroup() as group,
    ):
        return await Trial(stage, plan, session, tell).run(group)


def table(result: Result) -> str:
    """Return what was done, and what came of it."""
    plan = result.plan
    lines = {
        "seed": plan.seed,
        "gateways killed, of " + str(plan.gateways): plan.gateway_kills,
        "gateways restarted": plan.restarts,
        "worker killed": plan.worker_kills,
        "Redis away": plan.redis_kills,
        "PostgreSQL killed": plan.postgres_kills,
        "connections opened": result.connections,
        "events in the log": result.events,
        "notices told": result.notices,
        "views shown": result.views,
        "wrong": len(result.faults),
    }
    counts = [f"{name:30}{count:>8}" for name, count in lines.items()]
    ends = [f"  ended with {code:19}{count:>8}" for code, count in sorted(result.ends.items())]
    ways = [f"  {each.way.name:25} ended after {each.seconds:5.1f} s" for each in result.withdrawn]
    return "\n".join([*counts, *ends, *ways, *(f"  {e}" for e in result.faults[:_MOST_SHOWN])])
