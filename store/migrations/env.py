"""Alembic's entry: runs migrations over the async driver, one transaction for all."""

from __future__ import annotations

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.pool import NullPool

from store.session import engine
from store.tables import Row


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Row.metadata)
    with context.begin_transaction():
        context.run_migrations()


async def _online() -> None:
    made = engine(context.config.attributes["url"], poolclass=NullPool)
    async with made.connect() as connection:
        await connection.run_sync(_run)
        await connection.commit()
    await made.dispose()


asyncio.run(_online())
