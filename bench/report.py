"""Says what came out: a table for people, and a file for checks."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

from bench import tokens
from bench.cores import Cores
from bench.measure import Plan
from bench.record import Record, Spread
from bench.tokens import Check

LATEST = Path(__file__).resolve().parent / "out" / "latest.json"
_PACKAGES = (
    *("strawberry-graphql", "graphql-core", "aiodataloader", "aiohttp", "msgspec"),
    *("sqlalchemy", "asyncpg", "starlette", "uvicorn", "uvloop", "httptools"),
)
_COLUMNS = (
    ("scenario", 10),
    ("conns", 6),
    ("server", 9),
    ("req/s", 8),
    ("p50 ms", 9),
    ("p99 ms", 9),
    ("p50/chain", 10),
    ("calls", 7),
    ("CPU ms", 8),
    ("busy", 6),
    ("RSS MB", 7),
)


class Header(msgspec.Struct, frozen=True, rename="camel"):
    """Where, when and on what a measurement was made."""

    at: datetime
    commit: str | None
    python: str
    system: str
    cores: int | None
    pinning: str
    is_pinned: bool
    rounds: int
    seconds: float
    versions: dict[str, str]


class Report(msgspec.Struct, frozen=True):
    """A whole measurement."""

    header: Header
    records: list[Record]
    checks: list[Check]


def report(plan: Plan, cores: Cores, records: Sequence[Record], checks: Sequence[Check]) -> Report:
    """Return what was measured with what a reader must know about it."""
    header = Header(
        at=datetime.now(UTC),
        commit=_commit(),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
        pinning=str(cores),
        is_pinned=cores.are_apart,
        rounds=plan.rounds,
        seconds=plan.seconds,
        versions={name: version(name) for name in _PACKAGES},
    )
    return Report(header, list(records), list(checks))


def write(measured: Report, path: Path) -> None:
    """Write a report where checks find it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(measured)))


def table(measured: Report) -> str:
    """Return a report as text: the two servers in pairs, and what the gateway makes of plain."""
    header = measured.header
    title = (
        f"Python {header.python}, {header.cores} cores ({header.pinning}), {header.rounds} rounds"
    )
    columns = "".join(f"{name:>{width}}" for name, width in _COLUMNS)
    lines = [title, "", f"{columns}  gateway/plain: req/s (lowest to highest), CPU"]
    lines += map(_line, measured.records)
    lines += ["", *_leaf_counts(measured.records)]
    lines += ["", "To know who asks, in one process:", *tokens.lines(measured.checks)]
    return "\n".join(lines)


def ratios(measured: Report) -> str:
    """Return the gateway's ratios alone, as the table in docs/performance.md has them."""
    lines = [
        "| scenario | connections | req/s | CPU | p50 | p50 / chain | plain's p50 / chain |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    plain = {(r.scenario, r.connections): r for r in measured.records if r.contender == "plain"}
    for record in measured.records:
        if record.contender == "gateway":
            other = plain[record.scenario, record.connections].p50_over_chain
            lines.append(
                f"| {record.scenario} | {record.connections} | {_text(record.throughput_of_plain)}"
                f" | {_number(record.cpu_of_plain)} | {_text(record.p50_of_plain)}"
                f" | {record.p50_over_chain:.2f} | {other:.2f} |"
            )
    return "\n".join(lines)


def _line(record: Record) -> str:
    values: Iterable[str] = (
        record.scenario,
        str(record.connections),
        record.contender,
        f"{record.requests_per_second.median:.1f}",
        f"{record.p50_ms.median:.2f}",
        _number(record.p99_ms),
        f"{record.p50_over_chain:.2f}",
        f"{sum(record.calls_per_query.values()):.1f}",
        _number(record.cpu_ms),
        _number(record.busy),
        "-" if record.resident_mb is None else f"{record.resident_mb:.0f}",
    )
    cells = "".join(f"{v:>{width}}" for v, (_, width) in zip(values, _COLUMNS, strict=True))
    return f"{cells}  {_verdict(record)}".rstrip()


def _verdict(record: Record) -> str:
    if record.has_failed:
        return f"FAILED: {', '.join(f'{n} × {what}' for what, n in record.failures.items())}"
    if record.throughput_of_plain is None:
        return ""
    return f"{_text(record.throughput_of_plain)}, {_number(record.cpu_of_plain)}"


def _leaf_counts(records: Iterable[Record]) -> list[str]:
    counts = {record.scenario: record.leaves for record in records}
    return [f"{name}: {count} leaves" for name, count in counts.items()]


def _text(spread: Spread | None) -> str:
    if spread is None:
        return "-"
    return f"{spread.median:.2f} ({spread.lowest:.2f} to {spread.highest:.2f})"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _commit() -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    command = [git, "rev-parse", "--short", "HEAD"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=LATEST.parent.parent.parent
    )
    return done.stdout.strip() or None
