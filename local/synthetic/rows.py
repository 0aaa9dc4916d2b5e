"""Rows to insert, with ids that are the same each time they are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID, uuid5

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from store.tables import Row

NAMESPACE = UUID("730e88d6-207b-4a59-8d3e-7319b48005ec")


def new_id(*key: object) -> UUID:
    """Return the id of what a key names, such as `new_id("patient", number)`."""
    return uuid5(NAMESPACE, ":".join(map(str, key)))


class Batch:
    """Rows gathered by table, inserted in an order that references allow."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, object]]] = defaultdict(list)

    def add(self, row: type[Row], **columns: object) -> None:
        """Add a row; every row of a table must name the same columns."""
        self._rows[row.__tablename__].append(columns)

    def count(self, row: type[Row]) -> int:
        """Return how many rows of a table there are."""
        return len(self._rows[row.__tablename__])

    async def insert(self, session: AsyncSession) -> None:
        """Insert what is not there yet; what is there stays as people left it."""
        for name, rows in self._ordered():
            statement = insert(Row.metadata.tables[name]).on_conflict_do_nothing()
            await session.execute(statement, rows)

    def _ordered(self) -> Iterator[tuple[str, list[dict[str, object]]]]:
        for table in Row.metadata.sorted_tables:
            if self._rows[table.name]:
                yield table.name, self._rows[table.name]
