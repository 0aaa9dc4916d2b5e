"""Brings a database to the newest schema, and tells whether it is there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine


def migrate(url: str) -> None:
    """Run every migration that the database lacks; safe to repeat. Blocks, and needs no loop."""
    with ThreadPoolExecutor(1) as own_loop:
        own_loop.submit(command.upgrade, config(url), "head").result()


async def is_current(engine: AsyncEngine) -> bool:
    """Tell whether the database is at the newest migration."""
    async with engine.connect() as connection:
        return await connection.run_sync(_revision) == _head()


def config(url: str) -> Config:
    """Return Alembic's configuration; there is no alembic.ini."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.attributes["url"] = url
    return made


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _head() -> str | None:
    return ScriptDirectory.from_config(config("")).get_current_head()
