"""Databases of a test's own on a running PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import make_url

from store.migrate import config, migrate
from store.session import engine


@asynccontextmanager
async def migrated_database(server: str) -> AsyncIterator[str]:
    """Make a migrated database and yield its address; drop it at the end."""
    name = f"test_{uuid4().hex}"
    await _command(server, f"CREATE DATABASE {name}")
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    migrate(url)
    yield url
    await _command(server, f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def database_before(server: str, revision: str) -> AsyncIterator[str]:
    """Make a database as it was before a migration and yield its address; drop it at the end."""
    async with migrated_database(server) as url:
        script = ScriptDirectory.from_config(config(url))
        alembic(command.downgrade, url, str(script.get_revision(revision).down_revision))
        yield url


# Any: Alembic's commands have no type in common.
def alembic(step: Any, url: str, to: str) -> None:
    """Run one of Alembic's commands, which has an event loop of its own."""
    with ThreadPoolExecutor(1) as own_loop:
        own_loop.submit(step, config(url), to).result()


async def _command(url: str, sql: str) -> None:
    server = engine(url, isolation_level="AUTOCOMMIT")
    async with server.connect() as connection:
        await connection.execute(text(sql))
    await server.dispose()
