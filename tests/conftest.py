"""The real servers that tests run against."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy.ext.asyncio import AsyncEngine

from local.postgres import Postgres
from local.redis import Redis
from store.session import Sessions, engine, sessions
from tests.databases import migrated_database

# The suite draws the same examples each time, however busy the machine; others are drawn by
# command: `--hypothesis-profile=long`.
settings.register_profile("suite", derandomize=True, database=None, deadline=None)
settings.register_profile("long", max_examples=10_000, deadline=None)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a PostgreSQL: that of DBEP_DATABASE_URL, or a throwaway one."""
    if given := os.environ.get("DBEP_DATABASE_URL"):
        yield given
        return
    folder = tmp_path_factory.mktemp("postgres")
    server = Postgres(folder, folder / "log", durable=False)
    server.launch()
    server.await_ready()
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a Redis: that of DBEP_REDIS_URL, or a throwaway one."""
    if given := os.environ.get("DBEP_REDIS_URL"):
        yield given
        return
    folder = tmp_path_factory.mktemp("redis")
    server = Redis(folder, folder / "log", durable=False)
    server.launch()
    server.await_ready()
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
async def database_url(postgres_url: str) -> AsyncIterator[str]:
    """Give the tests of one file a migrated database of their own."""
    async with migrated_database(postgres_url) as url:
        yield url


@pytest.fixture(scope="module")
async def database(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = engine(database_url)
    yield made
    await made.dispose()


@pytest.fixture(scope="module")
def db(database: AsyncEngine) -> Sessions:
    return sessions(database)


@pytest.fixture(scope="session")
def payloads() -> Path:
    return Path(__file__).parent / "payloads"
