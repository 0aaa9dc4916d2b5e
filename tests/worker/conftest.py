"""A clinic with a database of its own, a running record, and the worker's jobs at a set time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from simulators import kjernejournal, record, sender
from simulators.building import build
from simulators.serving import serve
from simulators.world import World
from store.session import Sessions, engine, sessions
from tests.builders import NOW
from tests.databases import migrated_database
from tests.worker.backroom import Backroom
from tests.worker.vendor import Desk, a_desk, a_shared_patient
from tests.worker.watch import Watch, watching
from tests.writing.clinic import Clinic


@pytest.fixture(scope="session")
def world() -> World:
    return build(today=NOW.date(), patients=1)


@pytest.fixture
async def own_database(postgres_url: str) -> AsyncIterator[str]:
    async with migrated_database(postgres_url) as url:
        yield url


@pytest.fixture
async def db(own_database: str) -> AsyncIterator[Sessions]:
    database = engine(own_database)
    yield sessions(database)
    await database.dispose()


@pytest.fixture
async def backroom(
    db: Sessions, own_database: str, world: World, tmp_path: Path
) -> AsyncIterator[Backroom]:
    app, sending = record.create_app(world), sender.create_app(world)
    async with (
        serve(app) as record_url,
        serve(kjernejournal.create_app(world)) as register_url,
        serve(sending) as sender_url,
        aiohttp.ClientSession() as http,
    ):
        room = Backroom(
            clinic=await Clinic.open(db),
            database_url=own_database,
            record=app.state.source,
            record_url=record_url,
            register_url=register_url,
            sender=sending.state.source,
            sender_url=sender_url,
            log=tmp_path / "erasures.log",
            http=http,
        )
        await room.number_patient()
        yield room
        await room.close()


@pytest.fixture
async def watch(db: Sessions, world: World) -> AsyncIterator[Watch]:
    async with watching(db, world) as watch:
        yield watch


@pytest.fixture
async def part_id(watch: Watch) -> str:
    """A part that is compared with all sources, which have said nothing new since."""
    part_id = await watch.clinic.active()
    await watch.turn()
    return part_id


@pytest.fixture
async def desk(db: Sessions) -> AsyncIterator[Desk]:
    async with a_desk(db) as desk:
        yield desk


@pytest.fixture
async def nora(db: Sessions) -> Clinic:
    """A patient of whom the vendor may know."""
    return await a_shared_patient(db)


@pytest.fixture
async def emil(db: Sessions) -> Clinic:
    """Another."""
    return await a_shared_patient(db)
