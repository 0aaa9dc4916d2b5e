"""One patient with one of everything for all of these tests: none of them changes anything."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from store.session import Sessions, engine, sessions
from tests.databases import migrated_database
from tests.reach.world import World


@pytest.fixture(scope="session")
async def reached(postgres_url: str) -> AsyncIterator[AsyncEngine]:
    async with migrated_database(postgres_url) as url:
        made = engine(url)
        yield made
        await made.dispose()


@pytest.fixture(scope="session")
def db(reached: AsyncEngine) -> Sessions:
    return sessions(reached)


@pytest.fixture(scope="session")
async def world(db: Sessions, reached: AsyncEngine) -> World:
    return await World.make(db, reached)
