"""The database engine and its sessions: one unit of work, one session."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

Sessions = async_sessionmaker[AsyncSession]


def engine(url: str, **pool: Any) -> AsyncEngine:
    """Return an engine; `pool` are SQLAlchemy's pool settings. Nothing is opened yet."""
    return create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        **pool,
        json_serializer=_as_json,  # JSON columns take domain nouns as they are
        hide_parameters=True,  # or a driver's error text would carry patient data into a log
        connect_args={"timeout": 5, "command_timeout": 10},
    )


def _as_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def sessions(engine: AsyncEngine) -> Sessions:
    """Return the factory of sessions; tasks never share one."""
    return async_sessionmaker(engine, expire_on_commit=False)
