"""`python -m store VERB`: what an operator does to the database of DBEP_DATABASE_URL."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from store.erasing import Erasing
from store.erasure import ErasureStore
from store.erasure_log import ErasureLog, ErasureLogBroken
from store.migrate import migrate
from store.session import engine, sessions
from store.unit import UnitStore

USAGE = """Usage: DBEP_DATABASE_URL=postgresql+asyncpg://… python -m store VERB

  migrate         bring the database to the newest schema
  erase-again     run the erasures of DBEP_ERASURE_LOG that a restored backup does not know of
  check-erasures  tell whether DBEP_ERASURE_LOG and the database agree; exit status 1 if not"""


async def _erase_again(erasing: Erasing, _erasures: ErasureStore) -> int:
    print(f"{await erasing.run_again()} erasures were run again")
    return 0


async def _check(_erasing: Erasing, erasures: ErasureStore) -> int:
    logged, not_run, not_logged = (
        len(erasures.log.read()),
        len(await erasures.not_run()),
        await erasures.not_logged(),
    )
    print(f"{logged} logged, {not_run} not run since a restore, {not_logged} not logged")
    return 1 if not_run or not_logged else 0


_ERASURES: Mapping[str, Callable[[Erasing, ErasureStore], Awaitable[int]]] = {
    "erase-again": _erase_again,
    "check-erasures": _check,
}


async def _with_erasures(verb: str, url: str, log: Path) -> int:
    database = engine(url, pool_size=1)
    try:
        opened = sessions(database)
        erasures = ErasureStore(opened, ErasureLog(log))
        return await _ERASURES[verb](Erasing(UnitStore(opened), erasures), erasures)
    except ErasureLogBroken as broken:
        print(f"{broken} Nothing was done.", file=sys.stderr)
        return 1
    finally:
        await database.dispose()


def main(arguments: list[str]) -> int:
    """Run one verb; return the exit status."""
    url, log = os.environ.get("DBEP_DATABASE_URL"), os.environ.get("DBEP_ERASURE_LOG")
    if arguments == ["migrate"] and url:
        migrate(url)
        return 0
    if len(arguments) == 1 and arguments[0] in _ERASURES and url and log:
        return asyncio.run(_with_erasures(arguments[0], url, Path(log)))
    print(USAGE, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
