"""Fills a migrated database with made-up patients by COPY, and leaves it as one in use would be."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import asyncpg

from bench.scale.one import NOW, One
from bench.scale.tables import TABLES

PATIENTS_AT_ONCE = 5000
_MEMORY_TO_SORT_IN = "1GB"
Tell = Callable[[str], None]

# Everything that costs more while rows come one by one than when it is made once afterwards:
# foreign keys first, then what they stand on.
_CONSTRAINTS = """
    SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name,
           pg_get_constraintdef(oid) AS definition
      FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'p', 'u')
       AND conrelid::regclass::text <> 'alembic_version'
     ORDER BY contype <> 'f', conname
"""
_INDEXES = """
    SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
      FROM pg_index
      JOIN pg_class ON pg_class.oid = indexrelid
      LEFT JOIN pg_constraint ON conindid = indexrelid AND contype IN ('p', 'u')
     WHERE relnamespace = 'public'::regnamespace AND pg_constraint.oid IS NULL
"""
_ADDED_TO = ("agreement", "audit_entry", "event", "receipt")  # by the write that is measured
_WITH_DEAD_ROWS = """
    SELECT relid::regclass::text AS name FROM pg_stat_user_tables WHERE n_dead_tup > 0
"""


async def load(
    url: str, patients: int, measurements: int = 0, tell: Tell = lambda _line: None
) -> None:
    """Add patients, with so many measurements each, to an empty database.

    All of it is whole: constraints are checked over every row.
    """
    connection = await asyncpg.connect(re.sub(r"^postgresql\+asyncpg", "postgresql", url))
    try:
        await connection.execute(f"SET maintenance_work_mem = '{_MEMORY_TO_SORT_IN}'")
        async with _bare_tables(connection, tell):
            for first in range(0, patients, PATIENTS_AT_ONCE):
                last = min(first + PATIENTS_AT_ONCE, patients)
                await _copy(connection, [One(n, measurements) for n in range(first, last)])
                if first and first % 100_000 == 0:
                    tell(f"{first:,} of {patients:,} patients")
        tell("vacuum and statistics")
        await connection.execute("VACUUM (ANALYZE)")
    finally:
        await connection.close()


async def tidy(url: str) -> None:
    """Take back what measuring has written before, and clear away what is dead.

    A store in use does that by itself: a small table after some hundred writes, a large one after
    many thousands, and until then each look-up meets what is dead.
    """
    connection = await asyncpg.connect(re.sub(r"^postgresql\+asyncpg", "postgresql", url))
    try:
        # The log of use is only ever added to; what measuring wrote there is nobody's use.
        await connection.execute("SET session_replication_role = replica")
        for table in _ADDED_TO:
            await connection.execute(f"DELETE FROM {table} WHERE at = $1", NOW)  # noqa: S608  # ours
        dead = await connection.fetch(_WITH_DEAD_ROWS)
        for table in sorted({*_ADDED_TO, *(row["name"] for row in dead)}):
            await connection.execute(f"VACUUM (ANALYZE, INDEX_CLEANUP ON) {table}")
    finally:
        await connection.close()


async def _copy(connection: asyncpg.Connection, people: Sequence[One]) -> None:
    for table in TABLES:
        await connection.copy_records_to_table(
            table.row.__tablename__,
            columns=table.columns.split(),
            records=[record for one in people for record in table.records(one)],
        )


@asynccontextmanager
async def _bare_tables(connection: asyncpg.Connection, tell: Tell) -> AsyncIterator[None]:
    """Take indexes and constraints away for a while; making them again checks every row."""
    indexes = await connection.fetch(_INDEXES)
    constraints = await connection.fetch(_CONSTRAINTS)
    for index in indexes:
        await connection.execute(f"DROP INDEX {index['name']}")
    for each in constraints:
        await connection.execute(f"ALTER TABLE {each['table']} DROP CONSTRAINT {each['name']}")
    yield
    tell("indexes and constraints")
    for each in reversed(constraints):
        await connection.execute(
            f"ALTER TABLE {each['table']} ADD CONSTRAINT {each['name']} {each['definition']}"
        )
    for index in indexes:
        await connection.execute(index["definition"])
