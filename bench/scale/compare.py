"""Holds a large store to a small one: the same plans, hardly more pages, about the same times."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, quantiles
from time import perf_counter
from typing import NamedTuple

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.scale.explain import Asked, Explained, explain, listening, together
from bench.scale.reads import READS, Read, Subject
from store import Store
from store.session import engine, sessions

MORE_PAGES = 3  # a look-up in one index or table may touch so many more
MORE_TIMES = 2  # the slowest reads may take so many times as long
_WARM_UPS = 1
_ADDS = re.compile(r" VALUES |INSERT INTO event ")  # a row with a key: it can't be added twice


@dataclass(frozen=True)
class Effort:
    """About how many each read is explained and timed, and how often it is timed.

    Where it is slow in the large store it is timed so many times in all, and the best counts: it is
    slow only if it is so whoever else uses the machine.
    """

    explained: int = 30
    timed: int = 70
    rounds: int = 20
    tries: int = 3


@dataclass(frozen=True)
class Side:
    """One of the two databases, and whom to read about in it."""

    url: str
    subjects: Sequence[Subject]


class Times(NamedTuple):
    """How long a read takes: ratios, large over small; and half of those in the large, in ms."""

    p50: float
    p99: float
    large_p50: float


@dataclass(frozen=True)
class Compared:
    """One read in both stores: pages of the whole statement, and of the node that grew most.

    `faults` says what is wrong with plans or pages.
    """

    name: str
    pages: tuple[float, float]
    grew_most: float
    times: Times
    faults: tuple[str, ...]

    @property
    def is_slow(self) -> bool:
        """Tell whether the slowest in the large store take too much longer."""
        return self.times.p99 > MORE_TIMES


async def compare(
    small: Side, large: Side, effort: Effort, reads: Mapping[str, Read] = READS
) -> list[Compared]:
    """Make every read in both stores."""
    made = [engine(side.url) for side in (small, large)]
    try:
        return [
            await _compared(name, read, (small, large), made, effort)
            for name, read in reads.items()
        ]
    finally:
        for each in made:
            await each.dispose()


async def _compared(
    name: str, read: Read, sides: tuple[Side, Side], made: list[AsyncEngine], effort: Effort
) -> Compared:
    small, large = [
        await _explained(side.url, side.subjects[: effort.explained], database, read)
        for side, database in zip(sides, made, strict=True)
    ]
    grew_most, faults = growth(small, large, read.may_grow)
    return Compared(
        name=name,
        pages=(mean(each.pages for each in small), mean(each.pages for each in large)),
        grew_most=grew_most,
        times=await _times(sides, made, read, effort),
        faults=tuple(faults),
    )


async def _explained(
    url: str, subjects: Sequence[Subject], database: AsyncEngine, read: Read
) -> list[Explained]:
    """Explain what the store sends for some, on a connection that knows the catalogue."""
    connection = await asyncpg.connect(re.sub(r"^postgresql\+asyncpg", "postgresql", url))
    store = Store.over(sessions(database))
    try:
        found = []
        for subject in subjects:
            with listening(database) as heard:
                await read.make(store, subject)
            found.append(await _undone(connection, heard))
            if len(found) == 1:
                found = [await _undone(connection, heard)]
        return found
    finally:
        await connection.close()


async def _undone(connection: asyncpg.Connection, heard: Sequence[Asked]) -> Explained:
    """Explain statements, those apart that add single rows, and undo what they did."""
    undone = connection.transaction()
    await undone.start()
    explained = [
        await explain(connection, asked) for asked in heard if not _ADDS.search(asked.statement)
    ]
    await undone.rollback()
    return together(explained)


def growth(
    small: Sequence[Explained], large: Sequence[Explained], may_grow: int
) -> tuple[float, list[str]]:
    """Return by how many pages the node grew that grew most, on average, and what is wrong.

    A node that runs for each of many look-ups may grow by its share each time.
    """
    faults = [
        _difference(one, other)
        for one, other in zip(small, large, strict=True)
        if one.shape != other.shape
    ]
    if faults or len({each.shape for each in small}) > 1:
        return 0.0, faults or ["The plan depends on whom it is about."]
    most = 0.0
    for place, step in enumerate(small[0].steps):
        pages = _pages_at(place, large) - _pages_at(place, small)
        most = max(most, pages)
        if pages > max(MORE_PAGES, may_grow / step.runs):
            faults.append(f"{pages:.1f} more pages each time: {step.name}")
    return most, faults


def _pages_at(place: int, explained: Sequence[Explained]) -> float:
    return mean(each.steps[place].pages for each in explained)


def _difference(small: Explained, large: Explained) -> str:
    """Show both plans from the first line that differs."""
    same = 0
    while small.shape[same : same + 1] == large.shape[same : same + 1]:
        same += 1
    lines = ["The plan differs: in the small store", *small.shape[same:]]
    return "\n      ".join([*lines, "in the large one", *large.shape[same:]])


async def _times(
    sides: tuple[Side, Side], made: list[AsyncEngine], read: Read, effort: Effort
) -> Times:
    """Time the read; the best of some tries counts, and one that is not slow is enough."""
    best = await _timed(sides, made, read, effort)
    for _ in range(effort.tries - 1):
        if best.p99 <= MORE_TIMES:
            break
        best = min(best, await _timed(sides, made, read, effort), key=lambda times: times.p99)
    return best


async def _timed(
    sides: tuple[Side, Side], made: list[AsyncEngine], read: Read, effort: Effort
) -> Times:
    """Time the read about everybody, in both stores by turns; the first round is warming up."""
    seconds: tuple[list[float], list[float]] = ([], [])
    stores = [Store.over(sessions(database)) for database in made]
    both = list(zip(sides, stores, seconds, strict=True))
    for number in range(effort.rounds + _WARM_UPS):
        for order in range(effort.timed):
            # Each store first half of the time: a pause of the machine meets both alike.
            for side, store, taken in both if (number + order) % 2 else both[::-1]:
                if order < len(side.subjects):
                    began = perf_counter()
                    await read.make(store, side.subjects[order])
                    if number >= _WARM_UPS:
                        taken.append(perf_counter() - began)
    quick, slow = (quantiles(each, n=100) for each in seconds)
    return Times(slow[49] / quick[49], slow[98] / quick[98], slow[49] * 1000)


def table(compared: Sequence[Compared]) -> str:
    """Return all of it as text."""
    lines = [f"{'read':28}{'pages':>8}{'large':>8}{'one node':>10}{'p50':>7}{'p99':>7}  plan"]
    for each in compared:
        small, large = each.pages
        verdict = "FAULT" if each.faults else "SLOW" if each.is_slow else "same"
        lines.append(
            f"{each.name:28}{small:>8.1f}{large:>8.1f}{each.grew_most:>+10.1f}"
            f"{each.times.p50:>7.2f}{each.times.p99:>7.2f}  {verdict}"
        )
        lines += [f"    {fault}" for fault in each.faults[:1]]
    return "\n".join(lines)


def steepness(compared: Sequence[Compared]) -> float:
    """Return how many times as long the slowest page of the large worklist takes as the first."""
    pages = [each.times.large_p50 for each in compared if each.name.startswith("worklist")]
    return max(pages) / pages[0]
