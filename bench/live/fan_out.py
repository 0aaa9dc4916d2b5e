"""How soon an event is with the last of many who follow, beside a plain loop that writes to all.

Everything is seen from outside, by one client: from the commit of an event in another process until
the client has the last frame; and, of the plain loop, from asking for it.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import ClassVar

import aiohttp
import msgspec
from msgspec.structs import replace
from redis.asyncio import Redis
from sqlalchemy import text

from bench import cores, usage
from bench.live.holding import Holder, hold
from bench.live.idle import listening, subscribing
from bench.stage import Stage, free_ports
from domain import ids
from domain.event import EventKind
from gateway.live.messages import frame
from gateway.live.placing import Placing
from gateway.live.starting import running
from gateway.live.wake import Wake
from local.process import spawn
from store import event
from store.outbox import Outbox
from store.session import Sessions, engine, sessions

CHANGED = """subscription { patientChanged(patientId: "%s") {
  ... on ChangeNotice { id kind section subjectId version at cursor } } }"""
VIEW = """subscription { patientView(patientId: "%s") { patient {
  name %s: name plan { parts { id kind lifecycle version comments { id text } } } } } }"""
QUERY = """query { patient(id: "%s") {
  name %s: name plan { parts { id kind lifecycle version comments { id text } } } } }"""
_NEXT = b'"type":"next"'
_PATIENCE_SECONDS = 60
_PART = text("SELECT id FROM plan_part WHERE patient_id = :key ORDER BY id LIMIT 1")
_NAME = text("UPDATE patient SET given_name = :name WHERE id = :key")
_SIDE_BY_SIDE = 16
_DIFFERENT = 100


class Ears:
    """Counts what all of a client's connections hear."""

    def __init__(self) -> None:
        self._count = 0
        self._wanted: list[tuple[int, asyncio.Future[float]]] = []
        self.longest = b""

    def heard(self, data: bytes) -> None:
        """Count the results in what one of them received."""
        found = data.count(_NEXT)
        if found:
            self._count += found
            self.longest = max(self.longest, data, key=len)
            while self._wanted and self._count >= self._wanted[0][0]:
                self._wanted.pop(0)[1].set_result(time.perf_counter())

    def after(self, *counts: int) -> list[asyncio.Future[float]]:
        """Return when there have been so many more, each."""
        loop = asyncio.get_running_loop()
        self._wanted = [(self._count + count, loop.create_future()) for count in counts]
        return [future for _, future in self._wanted]


class _Ear(Holder):
    """A connection of which it is counted what it hears."""

    ears: ClassVar[Ears]

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self.ears.heard(data)


class Reached(msgspec.Struct, frozen=True):
    """Milliseconds to the first and to the last, of each event; and the server's CPU, of one."""

    first: list[float]
    last: list[float]
    cpu: float = 0.0

    def __str__(self) -> str:
        """Tell the middle and the extremes."""
        p99 = quantiles(self.first, n=100)[98] if len(self.first) > 1 else self.first[0]
        return (
            f"to the last {median(self.last):7.1f} ms"
            f" ({min(self.last):.1f} to {max(self.last):.1f}),"
            f" to the first {median(self.first):6.1f} ms, p99 {p99:.1f}; CPU {self.cpu:.1f} ms"
        )


class Changes:
    """Changes the patient's name and leaves an event, as a process that writes would."""

    def __init__(self, opened: Sessions, patient_id: str, placing: Placing) -> None:
        self._opened, self._placing = opened, placing
        self._key = ids.uuid_of(patient_id, ids.PATIENT)
        self._count = 0

    async def make(self) -> None:
        """Change it, and return once that is committed."""
        self._count += 1
        async with self._opened.begin() as session:
            asked = {"key": self._key}
            part = await session.scalar(_PART, asked)
            await session.execute(_NAME, {**asked, "name": f"Arne {self._count}"})
            now = datetime.now(UTC)
            await event.add(
                session, self._key, EventKind.PART_HELD, f"{ids.PART}{part}", now, self._count
            )
        self._placing.happened()


@asynccontextmanager
async def changes(stage: Stage) -> AsyncIterator[Changes]:
    """Yield what changes the patient from here, a process beside the gateway."""
    database = engine(stage.database_url)
    async with Redis.from_url(stage.redis_url) as redis:
        opened = sessions(database)
        placing = Placing(Outbox(opened), Wake(redis).ring)
        async with running(placing.run()):
            yield Changes(opened, stage.patient_id, placing)
    await database.dispose()


class FanOut:
    """One gateway and one plain loop, with as many followers each."""

    def __init__(
        self, stage: Stage, changes: Changes, count: int, rounds: int, tell: Callable[[str], None]
    ) -> None:
        self._stage, self._changes, self._tell = stage, changes, tell
        self._count, self._rounds = count, rounds
        self._longest = b""

    async def run(self) -> dict[str, float]:
        """Measure all three; return the ratios by name."""
        patient = self._stage.patient_id
        notices = CHANGED % patient
        views = VIEW % (patient, "again")
        different = [VIEW % (patient, f"v{number}") for number in range(_DIFFERENT)]
        ratios = {
            "notices": await self._beside_loop("notices", [notices], 0),
            "views": await self._beside_loop("the same view", [views], self._count),
        }
        told = await self._reached(different, self._count)
        asked = await self._asked([QUERY % (patient, f"v{n}") for n in range(_DIFFERENT)])
        self._tell(f"{_DIFFERENT} different views: {told}")
        self._tell(f"{_DIFFERENT} executions: {asked:.1f} ms")
        ratios["different views"] = median(told.last) / asked
        return ratios

    async def _beside_loop(self, name: str, queries: Sequence[str], at_first: int) -> float:
        told = await self._reached(queries, at_first)
        plain = await self._written(self._longest)
        self._tell(f"{name}: {told}")
        self._tell(f"a plain loop, {len(self._longest)} bytes each: {plain}")
        self._tell(f"CPU {told.cpu / plain.cpu:.2f} times the loop's")
        return median(told.last) / median(plain.last)

    async def _reached(self, queries: Sequence[str], at_first: int) -> Reached:
        """Let many follow, each by one of the queries in turn, and tell them of events."""
        ears = Ears()
        _Ear.ears = ears
        (all_begun,) = ears.after(at_first or 1)
        token = self._stage.tokens["citizen"]
        holders: list[Holder] = []
        for query in queries:
            said = [*subscribing(token, query).values()]
            count = self._count // len(queries)
            holders += await hold(self._stage.gateway.port, count, said, _Ear)
        await asyncio.sleep(3)
        if at_first:
            await asyncio.wait_for(all_begun, _PATIENCE_SECONDS)
        pid = self._stage.gateway.pid
        found = await self._taken(pid, ears, len(holders), self._changes.make)
        for holder in holders:
            holder.close()
        await asyncio.sleep(1)
        self._longest = frame(ears.longest[ears.longest.index(b"{") :])
        return found

    async def _taken(
        self, pid: int, ears: Ears, count: int, begin: Callable[[], Awaitable[None]]
    ) -> Reached:
        found, used = Reached([], []), 0.0
        for number in range(self._rounds + 1):
            first, last = ears.after(1, count)
            await begin()
            begun = time.perf_counter()
            at_last = await asyncio.wait_for(last, _PATIENCE_SECONDS)
            if number:  # the first is only to warm up
                found.first.append(1000 * (first.result() - begun))
                found.last.append(1000 * (at_last - begun))
            else:
                used = usage.cpu_seconds(pid) or 0.0
            await asyncio.sleep(0.3)
        used = (usage.cpu_seconds(pid) or 0.0) - used
        return replace(found, cpu=1000 * used / self._rounds)

    async def _written(self, message: bytes) -> Reached:
        """Let a plain loop write as much to as many."""
        ears = Ears()
        _Ear.ears = ears
        (port,) = free_ports(1)
        with tempfile.TemporaryDirectory() as folder, cores.on(self._stage.cores.measured):
            process = spawn(
                [sys.executable, "-m", "bench.live.plain", str(port)], Path(folder, "l")
            )
        try:
            await listening(port)
            holders = await hold(port, self._count, [], _Ear)
            await asyncio.sleep(1)

            async def begin() -> None:
                holders[0].write(message)

            return await self._taken(process.pid, ears, self._count, begin)
        finally:
            process.kill()
            process.wait()

    async def _asked(self, queries: Sequence[str]) -> float:
        """Return how many milliseconds it takes to ask all of it, some side by side."""
        headers = {"authorization": f"Bearer {self._stage.tokens['citizen']}"}
        url = f"http://127.0.0.1:{self._stage.gateway.port}/graphql"
        places, times = asyncio.Semaphore(_SIDE_BY_SIDE), []
        async with aiohttp.ClientSession(headers=headers) as session:

            async def ask(query: str) -> None:
                async with places, session.post(url, json={"query": query}) as answer:
                    said = await answer.json(content_type=None)
                    if "errors" in said:
                        raise RuntimeError(said)

            for _ in range(self._rounds + 1):
                begun = time.perf_counter()
                await asyncio.gather(*map(ask, queries))
                times.append(1000 * (time.perf_counter() - begun))
        return median(times[1:])
