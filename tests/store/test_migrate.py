from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from store.migrate import is_current, migrate
from store.tables import Row


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), Row.metadata))


async def test_migrations_make_the_tables_that_the_code_knows(database: AsyncEngine) -> None:
    async with database.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_a_migrated_database_says_so(database: AsyncEngine, database_url: str) -> None:
    migrate(database_url)
    assert await is_current(database)


def test_every_patient_owned_table_is_led_by_the_patient() -> None:
    own = [table for table in Row.metadata.tables.values() if "patient_id" in table.columns]
    led = {table.name for table in own if table.primary_key.columns[0].name == "patient_id"}
    # A receipt is its sender's: a key used again is noticed whomever it is used about.
    assert {table.name for table in own} - led == {"receipt"}
