"""`python -m store VERB`: what an operator does to the database of DBEP_DATABASE_URL."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from domain.errors import NotFound
from store.erasing import Erasing
from store.erasure import ErasureStore
from store.erasure_log import ErasureLog, ErasureLogBroken
from store.migrate import migrate
from store.sealing import Sealing
from store.session import engine, sessions
from store.unit import UnitStore

USAGE = """Usage: DBEP_DATABASE_URL=postgresql+asyncpg://… python -m store VERB

  migrate         bring the database to the newest schema
  erase-again     run the erasures of DBEP_ERASURE_LOG that a restored backup does not know of
  check-erasures  tell whether DBEP_ERASURE_LOG and the database agree; exit status 1 if not
  hasten PATIENT  let a reserved patient be erased without waiting, on a decision to do so
  verify-log [NUMBER:DIGEST]
                  tell whether the log of use is what was sealed, and what differs; exit status 1
                  if anything does. A head noted elsewhere shows whether the end was cut off."""


async def _erase_again(erasing: Erasing, _erasures: ErasureStore) -> int:
    print(f"{await erasing.run_again()} erasures were run again")
    return 0


async def _check(_erasing: Erasing, erasures: ErasureStore) -> int:
    logged, not_run = len(erasures.log.read()), len(await erasures.not_run())
    not_logged = await erasures.not_logged()
    print(f"{logged} logged, {not_run} not run since a restore, {not_logged} not logged")
    return 1 if not_run or not_logged else 0


async def _hasten(erasing: Erasing, _erasures: ErasureStore, patient_id: str) -> int:
    try:
        is_due = await erasing.hasten(patient_id, datetime.now(UTC))
    except NotFound:
        is_due = False
    print("The erasure is due now." if is_due else "Nobody of that id has reserved.")
    return 0 if is_due else 1


async def _verify_log(sealing: Sealing, head: str | None = None) -> int:
    newest, found = await sealing.verify(_head(head))
    for mismatch in found:
        print(mismatch)
    if newest is None:
        print("Nothing is sealed.")
    else:
        print(f"Seal {newest.number} of {newest.at:%Y-%m-%d %H:%M:%S} is the newest.")
        print(f"Head: {newest.number}:{newest.digest.hex()}")
    print("The log of use is NOT what was sealed." if found else "All that was sealed holds.")
    return 1 if found else 0


def _head(given: str | None) -> tuple[int, bytes] | None:
    """Read a head as it is printed; ValueError when it is none."""
    if given is None:
        return None
    number, _, digest = given.partition(":")
    return int(number), bytes.fromhex(digest)


_VERBS: Mapping[tuple[str, int], Callable[..., Awaitable[int]]] = {
    ("erase-again", 0): _erase_again,
    ("check-erasures", 0): _check,
    ("hasten", 1): _hasten,
}


async def _run(verb: Callable[..., Awaitable[int]], url: str, log: Path, *given: str) -> int:
    database = engine(url, pool_size=1)
    try:
        opened = sessions(database)
        erasures = ErasureStore(opened, ErasureLog(log))
        return await verb(Erasing(UnitStore(opened), erasures), erasures, *given)
    except ErasureLogBroken as broken:
        print(f"{broken} Nothing was done.", file=sys.stderr)
        return 1
    finally:
        await database.dispose()


async def _run_on_log(url: str, *given: str) -> int:
    database = engine(url, pool_size=1)
    try:
        return await _verify_log(Sealing(sessions(database)), *given)
    except ValueError:
        print("A head is NUMBER:DIGEST, as it is printed and logged.", file=sys.stderr)
        return 2
    finally:
        await database.dispose()


def main(arguments: list[str]) -> int:
    """Run one verb; return the exit status."""
    url, log = os.environ.get("DBEP_DATABASE_URL"), os.environ.get("DBEP_ERASURE_LOG")
    name, *given = arguments or [""]
    if [name, *given] == ["migrate"] and url:
        migrate(url)
        return 0
    if name == "verify-log" and len(given) <= 1 and url:
        return asyncio.run(_run_on_log(url, *given))
    verb = _VERBS.get((name, len(given)))
    if verb and url and log:
        return asyncio.run(_run(verb, url, Path(log), *given))
    print(USAGE, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
