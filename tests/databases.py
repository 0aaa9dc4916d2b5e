"""Databases of a test's own on a running PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.engine import make_url

from store.migrate import migrate
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


async def _command(url: str, sql: str) -> None:
    server = engine(url, isolation_level="AUTOCOMMIT")
    async with server.connect() as connection:
        await connection.execute(text(sql))
    await server.dispose()
