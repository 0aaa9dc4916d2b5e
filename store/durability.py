"""Whether the database keeps what it has accepted when it, or its machine, is cut off."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

# What PostgreSQL needs to keep a commit it has confirmed; each is on until somebody turns it off.
_SWITCHED_OFF = text(
    "SELECT name FROM pg_settings"
    " WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'"
    " ORDER BY name"
)


async def switched_off(engine: AsyncEngine) -> list[str]:
    """Return the settings that are off without which a confirmed commit can be lost.

    They are asked as our own sessions see them: a role or a database may have its own.
    """
    async with engine.connect() as connection:
        return list(await connection.scalars(_SWITCHED_OFF))
