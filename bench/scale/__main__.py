"""`python -m bench.scale`: fills a large store and one of 1,000 plans, and compares their reads."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import asyncpg
from sqlalchemy.engine import make_url

from bench.scale.compare import Compared, Effort, Side, compare, table
from bench.scale.load import load
from bench.scale.reads import subjects
from local.postgres import throwaway
from local.process import CannotStart
from store.migrate import migrate

SMALL = 1000
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much the large store holds; a patient of the small one has as many measurements."""

    patients: int
    measurements: int = 0

    @property
    def each(self) -> int:
        """How many measurements a patient has."""
        return self.measurements // self.patients


def main(arguments: Sequence[str]) -> int:
    """Load and compare; return 1 if a plan differs or more pages are touched, never for a time."""
    chosen = read(arguments)
    size = Size(chosen.patients, chosen.measurements)
    with databases() as (small, large):
        print(f"Loading {size.patients:,} patients beside {SMALL:,}.", flush=True)
        found = asyncio.run(perform(small, large, size, Effort(rounds=chosen.rounds), _told))
    print(f"\n{table(found)}")
    return int(any(each.faults for each in found))


def _told(line: str) -> None:
    print(f"  {line}", flush=True)


async def perform(
    small: str, large: str, size: Size, effort: Effort, tell: Tell = lambda _line: None
) -> list[Compared]:
    """Fill both databases and make every read in both."""
    await load(small, SMALL, size.each)
    await load(large, size.patients, size.each, tell)
    return await compare(*await sides(small, large, size, effort), effort)


async def sides(small: str, large: str, size: Size, effort: Effort) -> tuple[Side, Side]:
    """Return whom to read about in each database."""
    count = max(effort.explained, effort.timed)
    return (
        Side(small, await subjects(small, SMALL, count)),
        Side(large, await subjects(large, size.patients, count)),
    )


@contextmanager
def databases() -> Iterator[tuple[str, str]]:
    """Run a server with two migrated databases, gone afterwards."""
    with throwaway() as server:
        urls = []
        for name in ("small", "large"):
            asyncio.run(_create(server.url, name))
            url = make_url(server.url).set(database=name).render_as_string(hide_password=False)
            migrate(url)
            urls.append(url)
        yield urls[0], urls[1]


async def _create(url: str, name: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()


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
    parser.add_argument("--rounds", type=int, default=5, help="of timing (default 5)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except CannotStart as problem:
        sys.exit(f"\n{problem}")
