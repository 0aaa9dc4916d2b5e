"""Fills the store with synthetic people and plans: `python -m local.seed --world FILE`.

People who are in the store already are left alone, whatever others have written since.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from local.synthetic import world as world_file
from local.synthetic.patient import add_patient, patient_id
from local.synthetic.rows import Batch
from local.synthetic.world import Person, World
from store.session import engine, sessions
from store.tables import PatientRow
from store.worklist import renew

# Parents stand in the world file so that the sources know them; they have no plan here.
_NOT_PATIENTS = {"forelder"}
_SO_EARLY = time(6)


async def seed(session: AsyncSession, world: World, number: int, today: date) -> int:
    """Insert the people who are not in the store yet, in the caller's transaction; count them."""
    now = datetime.combine(today, _SO_EARLY, UTC)
    known = set(await session.scalars(select(PatientRow.id)))
    new = [person for person in _patients(world) if patient_id(person) not in known]
    batch, phones = Batch(), world.phones
    for person in new:
        add_patient(batch, person, phones, number, now)
    await batch.insert(session)
    await renew(session, [patient_id(person) for person in new])
    return len(new)


def _patients(world: World) -> list[Person]:
    """Return who can be a patient: not without a number or a day of birth."""
    return [p for p in world.people if p.story not in _NOT_PATIENTS and p.born and p.numbers]


async def run(url: str, world: World, number: int, today: date) -> int:
    """Seed the store at an address, all or nothing."""
    database = engine(url, pool_size=1)
    try:
        async with sessions(database).begin() as session:
            return await seed(session, world, number, today)
    finally:
        await database.dispose()


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.seed", description=__doc__)
    parser.add_argument("--world", type=Path, required=True, help="the simulators' world file")
    parser.add_argument("--seed", type=int, default=1, help="makes other plans (default 1)")
    parser.add_argument("--today", type=date.fromisoformat, default=None, help="YYYY-MM-DD")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> None:
    """Read the world, fill the store and say how many are new."""
    chosen = _read(arguments)
    url = os.environ.get("DBEP_DATABASE_URL")
    if not url:
        sys.exit("DBEP_DATABASE_URL is not set: name the database to fill.")
    today = chosen.today or datetime.now(UTC).date()
    world = world_file.read(chosen.world)
    added = asyncio.run(run(url, world, chosen.seed, today))
    print(f"{added} new patients of {len(world.people)} people in the world")


if __name__ == "__main__":
    main(sys.argv[1:])
