"""Databases with so many patients: found again by their names, or made anew and filled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy.engine import make_url

from bench.scale.load import load, tidy
from local.postgres import Postgres, throwaway
from store.migrate import migrate

_UNFINISHED = "unfinished"  # what a load that was broken off leaves behind
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much a store holds; the small one has as many measurements of each patient."""

    patients: int
    measurements: int = 0

    @property
    def each(self) -> int:
        """How many measurements a patient has."""
        return self.measurements // self.patients

    @property
    def name(self) -> str:
        """The database that holds just so much."""
        return f"of_{self.patients}_with_{self.each}"


@contextmanager
def server(folder: Path | None = None) -> Iterator[str]:
    """Run a server and give its address; without a folder, it is gone afterwards."""
    if folder is None:
        with throwaway() as made:
            yield made.url
        return
    kept = Postgres(folder, folder / "postgres.log", durable=False)
    try:
        kept.launch()
        kept.await_ready()
        yield kept.url
    finally:
        kept.stop()


def filled(server_url: str, size: Size, tell: Tell = lambda _line: None) -> str:
    """Return the address of a database of a size, with every migration; fill it if there is none.

    It is filled under another name, so that one that has its name is whole.
    """
    was_there = asyncio.run(_there_is(server_url, size.name))
    if not was_there:
        asyncio.run(_say(server_url, f"DROP DATABASE IF EXISTS {_UNFINISHED}"))
        asyncio.run(_say(server_url, f"CREATE DATABASE {_UNFINISHED}"))
        url = _named(server_url, _UNFINISHED)
        migrate(url)
        asyncio.run(load(url, size.patients, size.each, tell))
        asyncio.run(_say(server_url, f"ALTER DATABASE {_UNFINISHED} RENAME TO {size.name}"))
    url = _named(server_url, size.name)
    migrate(url)
    if was_there:
        asyncio.run(tidy(url))
    return url


def _named(server_url: str, name: str) -> str:
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


async def _there_is(server_url: str, name: str) -> bool:
    connection = await asyncpg.connect(server_url.replace("+asyncpg", ""))
    try:
        found = await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name)
        return found is not None
    finally:
        await connection.close()


async def _say(server_url: str, statement: str) -> None:
    connection = await asyncpg.connect(server_url.replace("+asyncpg", ""))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
