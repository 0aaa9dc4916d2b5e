"""What the database does for a read: the statement as it is sent, its plan, the pages touched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import asyncpg
import msgspec
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) "
_VALUE = re.compile(r"'[^']*'::[a-z ]+(\[\])?")
_SHAPE = (
    *("Parent Relationship", "Join Type", "Strategy", "Index Name", "Relation Name"),
    *("Partial Mode", "Sort Key", "Hash Cond", "Index Cond"),
)


class Asked(NamedTuple):
    """A statement as the store sends it."""

    statement: str
    parameters: tuple[Any, ...]


@contextmanager
def listening(engine: AsyncEngine) -> Iterator[list[Asked]]:
    """Note what is sent to the database meanwhile."""
    heard: list[Asked] = []

    def note(*args: Any) -> None:
        heard.append(Asked(args[2], tuple(args[3])))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", note)


@dataclass(frozen=True)
class Step:
    """One node of a plan: what it is, and the pages that it touched itself, each time it ran."""

    what: str
    pages: float

    @property
    def name(self) -> str:
        """What it is, without where it stands."""
        return self.what.strip()


@dataclass(frozen=True)
class Explained:
    """A statement's plan, node by node, and the pages that all of it touched."""

    steps: tuple[Step, ...]
    pages: int

    @property
    def shape(self) -> tuple[str, ...]:
        """The plan apart from costs, rows and values."""
        return tuple(step.what for step in self.steps)


async def explain(connection: asyncpg.Connection, asked: Asked) -> Explained:
    """Run a statement and return what the database did."""
    said = await connection.fetchval(EXPLAIN + asked.statement, *asked.parameters)
    [told] = msgspec.json.decode(said)
    plan = told["Plan"]
    return Explained(tuple(steps(plan)), _touched(plan))


def together(explained: Sequence[Explained]) -> Explained:
    """Return what was done for several statements as one."""
    steps = tuple(step for each in explained for step in each.steps)
    return Explained(steps, sum(each.pages for each in explained))


def steps(node: dict[str, Any], depth: int = 0) -> Iterator[Step]:
    """Walk a plan; a parent's pages hold those of its children, over all times that they ran.

    A bitmap of one index is that index's scan, with the table's pages in another order: which of
    the two is chosen hangs on how statistics happen to be drawn.
    """
    children = node.get("Plans", [])
    index = children[0] if children else {}
    if index.get("Node Type") == "Bitmap Index Scan":
        node = {**index, **node, "Node Type": "Index Scan"}
        children = children[1:]
    own = _touched(node) - sum(map(_touched, children))
    marks = [f"{name}: {node[name]}" for name in _SHAPE if name in node]
    line = "  " * depth + ", ".join([node["Node Type"], *marks])
    yield Step(_VALUE.sub("?", line), own / max(node["Actual Loops"], 1))
    for child in children:
        yield from steps(child, depth + 1)


def _touched(node: dict[str, Any]) -> int:
    return int(node["Shared Hit Blocks"] + node["Shared Read Blocks"])
