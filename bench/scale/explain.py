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
_OF_ALL = ("Parent Relationship", "Shared Hit Blocks", "Shared Read Blocks")  # the scan's included


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
    """One node of a plan: what it is, its own pages each time that it ran, and how often it did."""

    what: str
    pages: float
    runs: int = 1

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
    """Walk a plan; a parent's pages hold those of its children, over all times that they ran."""
    node = _as_one_scan(node)
    children = node.get("Plans", [])
    own, runs = _touched(node) - sum(map(_touched, children)), _runs(node)
    marks = [f"{name}: {node[name]}" for name in _SHAPE if name in node]
    line = "  " * depth + ", ".join([node["Node Type"], *marks])
    yield Step(_VALUE.sub("?", line), own / runs, runs)
    for child in children:
        yield from steps(child, depth + 1)


def _as_one_scan(node: dict[str, Any]) -> dict[str, Any]:
    """Return whatever reads a table by one index as that index's scan.

    A bitmap of the index has the table's pages in another order, and a sort above it puts the rows
    back into the index's: which of these is chosen hangs on how statistics happen to be drawn, and
    on how many pages a table has at all.
    """
    kind, below = node["Node Type"], node.get("Plans", [])
    if kind == "Bitmap Heap Scan" and below[0]["Node Type"] == "Bitmap Index Scan":
        return {**below[0], **node, "Node Type": "Index Scan", "Plans": below[1:]}
    if kind not in {"Sort", "Result"} or not below:
        return node
    scan = _as_one_scan(below[0])
    if scan["Node Type"] not in {"Index Scan", "Index Only Scan"} or (
        kind == "Result" and below[0]["Node Type"] != "Sort"
    ):
        return node
    above = {name: node[name] for name in _OF_ALL if name in node}
    return {**scan, **above, "Plans": [*scan.get("Plans", []), *below[1:]]}


def _runs(node: dict[str, Any]) -> int:
    """Return how often a node ran; one that writes rows puts each of them into two indexes."""
    if node["Node Type"] == "ModifyTable" and node.get("Plans"):
        return max(round(2 * float(node["Plans"][0]["Actual Rows"])), 1)
    return max(int(node["Actual Loops"]), 1)


def _touched(node: dict[str, Any]) -> int:
    return int(node["Shared Hit Blocks"] + node["Shared Read Blocks"])
