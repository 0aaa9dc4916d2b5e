"""`python -m bench.scale`: fills a large store and one of 1,000 plans, and compares their reads."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.scale.compare import Compared, Effort, Side, compare, steepness, table
from bench.scale.filled import Size, filled, server
from bench.scale.reads import subjects
from local.process import CannotStart

SMALL = 1000


def main(arguments: Sequence[str]) -> int:
    """Fill and compare; return 1 if a plan differs, more pages are touched, or a read is slow."""
    chosen = read(arguments)
    large = Size(chosen.patients, chosen.measurements)
    small = small_beside(large)
    print(f"{large.patients:,} patients beside {small.patients:,}.", flush=True)
    with server(chosen.data) as url:
        urls = filled(url, small), filled(url, large, _told)
        found = asyncio.run(perform(*urls, large, Effort(rounds=chosen.rounds)))
    print(f"\n{table(found)}")
    print(f"\nThe slowest page of the large worklist takes {steepness(found):.2f} times the first.")
    return int(any(each.faults or each.is_slow for each in found))


def _told(line: str) -> None:
    print(f"  {line}", flush=True)


def small_beside(large: Size) -> Size:
    """Return the size of the store that a large one is held to."""
    return Size(SMALL, SMALL * large.each)


async def perform(small: str, large: str, size: Size, effort: Effort) -> list[Compared]:
    """Make every read in both databases."""
    return await compare(*await sides(small, large, size, effort), effort)


async def sides(small: str, large: str, size: Size, effort: Effort) -> tuple[Side, Side]:
    """Return whom to read about in each database."""
    count = max(effort.explained, effort.timed)
    return (
        Side(small, await subjects(small, SMALL, count)),
        Side(large, await subjects(large, size.patients, count)),
    )


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="dev.py scale", description=__doc__)
    parser.add_argument(
        "--patients", type=int, default=1_000_000, help="in the large store (default 1,000,000)"
    )
    parser.add_argument(
        "--measurements",
        type=int,
        default=10_000_000,
        help="of all patients together (default 10,000,000)",
    )
    parser.add_argument("--rounds", type=int, default=20, help="of timing (default 20)")
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="keep the stores in a folder: with what is filled already, only reads are compared",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except CannotStart as problem:
        sys.exit(f"\n{problem}")
