"""Holds a large store to a small one: the same plans, hardly more pages; times are only told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, quantiles
from time import perf_counter

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.scale.explain import Asked, Explained, explain, listening, together
from bench.scale.reads import READS, Read, Subject
from store import Store
from store.session import engine, sessions

MORE_PAGES = 3  # a look-up in one index or table may touch so many more
_WARM_UPS = 1


@dataclass(frozen=True)
class Effort:
    """About how many each read is explained and timed, and how often it is timed."""

    explained: int = 30
    timed: int = 70
    rounds: int = 5


@dataclass(frozen=True)
class Side:
    """One of the two databases, and whom to read about in it."""

    url: str
    subjects: Sequence[Subject]


@dataclass(frozen=True)
class Compared:
    """One read in both stores: pages of the whole statement, and of the node that grew most.

    Times are ratios, large over small. `faults` says what is wrong with plans or pages.
    """

    name: str
    pages: tuple[float, float]
    grew_most: float
    p50: float
    p99: float
    faults: tuple[str, ...]


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
    grew_most, faults = growth(small, large, read.times)
    times = await _times(sides, made, read, effort)
    quick, slow = (quantiles(each, n=100) for each in times)
    return Compared(
        name=name,
        pages=(mean(each.pages for each in small), mean(each.pages for each in large)),
        grew_most=grew_most,
        p50=slow[49] / quick[49],
        p99=slow[98] / quick[98],
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
        await explain(connection, asked) for asked in heard if " VALUES " not in asked.statement
    ]
    await undone.rollback()
    return together(explained)


def growth(
    small: Sequence[Explained], large: Sequence[Explained], times: int
) -> tuple[float, list[str]]:
    """Return by how many pages the node grew that grew most, on average, and what is wrong."""
    faults = [
        _difference(one, other)
        for one, other in zip(small, large, strict=True)
        if one.shape != other.shape
    ]
    if faults or len({each.shape for each in small}) > 1:
        return 0.0, faults or ["The plan depends on whom it is about."]
    grown = {
        step.name: (
            mean(each.steps[place].pages for each in large)
            - mean(each.steps[place].pages for each in small)
        )
        / times
        for place, step in enumerate(small[0].steps)
    }
    faults = [
        f"{pages:.1f} more pages each time: {name}"
        for name, pages in grown.items()
        if pages > MORE_PAGES
    ]
    return max(grown.values()), faults


def _difference(small: Explained, large: Explained) -> str:
    """Show both plans from the first line that differs."""
    same = 0
    while small.shape[same : same + 1] == large.shape[same : same + 1]:
        same += 1
    lines = ["The plan differs: in the small store", *small.shape[same:]]
    return "\n      ".join([*lines, "in the large one", *large.shape[same:]])


async def _times(
    sides: tuple[Side, Side], made: list[AsyncEngine], read: Read, effort: Effort
) -> tuple[list[float], list[float]]:
    """Time the read about everybody in turn, in both stores; the first round is warming up."""
    seconds: tuple[list[float], list[float]] = ([], [])
    stores = [Store.over(sessions(database)) for database in made]
    for number in range(effort.rounds + _WARM_UPS):
        for side, store, taken in zip(sides, stores, seconds, strict=True):
            for subject in side.subjects[: effort.timed]:
                began = perf_counter()
                await read.make(store, subject)
                if number >= _WARM_UPS:
                    taken.append(perf_counter() - began)
    return seconds


def table(compared: Sequence[Compared]) -> str:
    """Return all of it as text."""
    lines = [f"{'read':28}{'pages':>8}{'large':>8}{'one node':>10}{'p50':>7}{'p99':>7}  plan"]
    for each in compared:
        small, large = each.pages
        lines.append(
            f"{each.name:28}{small:>8.1f}{large:>8.1f}{each.grew_most:>+10.1f}"
            f"{each.p50:>7.2f}{each.p99:>7.2f}  {'same' if not each.faults else 'FAULT'}"
        )
        lines += [f"    {fault}" for fault in each.faults[:1]]
    return "\n".join(lines)
