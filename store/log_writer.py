"""Writes entries of the log of use: all that wait at once, in one statement and one commit.

Many readings share a commit, so that the log costs each of them little; none goes on before the
commit that holds its entries is confirmed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.access.audit import AuditEntry

PATIENCE_SECONDS = 2.0

_encode = msgspec.json.Encoder().encode
_ID = "CAST(right({}, 36) AS uuid)"
# Column, type it is read as from JSON, and how it is kept where that is otherwise.
_COLUMNS = (
    ("patient_id", "text", _ID),
    ("id", "text", _ID),
    ("at", "timestamptz", "{}"),
    ("operation", "text", "{}"),
    ("subject_id", "text", "{}"),
    ("by", "json", "{}"),
    ("by_number", "text", "{}"),
    ("role", "text", "{}"),
    ("basis", "text", "{}"),
    ("purpose_of_use", "text", "{}"),
    ("correlation_id", "text", "{}"),
    ("on_behalf_of", "text", "{}"),
    ("legal_entity", "text", "{}"),
    ("decision_id", "text", "{}"),
    ("refusal", "text", "{}"),
    ("allowed", "text[]", "{}"),
    ("adds_to", "text", _ID),
    ("outcome", "json", "{}"),
)


class NotLogged(Exception):
    """The log of use could not be written, so that nothing may leave."""


class _Handed:
    """Entries that somebody waits to see kept."""

    def __init__(self, entries: Sequence[AuditEntry]) -> None:
        self.entries = entries
        self.kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.kept.add_done_callback(_look)

    def settle(self, error: BaseException | None = None) -> None:
        """Let whoever waits go on, or tell them that they may not."""
        if self.kept.done():
            return
        if error is None:
            self.kept.set_result(None)
        else:
            self.kept.set_exception(NotLogged())


class LogWriter:
    """One task that writes for all of a process, on a connection of its own.

    What is handed over while one batch is on its way is the next batch.
    """

    def __init__(self, database: AsyncEngine, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._database = database
        self._patience_seconds = patience_seconds
        self._waiting: list[_Handed] = []
        self._has_work = asyncio.Event()
        self._connection: AsyncConnection | None = None

    def write(self, entries: Sequence[AuditEntry]) -> asyncio.Future[None]:
        """Hand over entries; what is returned is done once they are kept, or raises NotLogged."""
        handed = _Handed(entries)
        self._waiting.append(handed)
        self._has_work.set()
        return handed.kept

    @asynccontextmanager
    async def running(self) -> AsyncIterator[LogWriter]:
        """Write until the end of the block; what is not written by then never will be."""
        task = asyncio.create_task(self._run())
        try:
            yield self
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            for handed in self._waiting:
                handed.settle(NotLogged())
            await self._let_go()

    async def _run(self) -> None:
        while True:
            await self._has_work.wait()
            self._has_work.clear()
            batch, self._waiting = self._waiting, []
            try:
                await self._keep(batch)
            finally:
                for handed in batch:
                    handed.settle(NotLogged())  # but for those that have been kept

    async def _keep(self, batch: Sequence[_Handed]) -> None:
        """Keep a batch whole; where one of many can't be kept, the others are none the worse."""
        try:
            await self._insert([entry for handed in batch for entry in handed.entries])
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError) as error:
            if len(batch) == 1:
                _refuse(batch, error)
            else:
                for handed in batch:
                    await self._keep([handed])
        except Exception as error:  # noqa: BLE001 # whatever it is, the log was not written
            _refuse(batch, error)
        else:
            for handed in batch:
                handed.settle()

    async def _insert(self, entries: Sequence[AuditEntry]) -> None:
        sent = _encode(entries).decode()
        try:
            async with asyncio.timeout(self._patience_seconds):
                await self._send(sent)
        except TimeoutError:
            await self._let_go()
            raise

    async def _send(self, sent: str) -> None:
        """Send the statement; on a connection that was lost meanwhile, once more on a new one.

        The same entries are kept once, whatever has become of the first attempt.
        """
        is_new = self._connection is None
        driver = await self._driver()
        try:
            await driver.execute(_INSERT, sent)
        except Exception:
            if is_new or not driver.is_closed():
                raise
            await self._let_go()
            await (await self._driver()).execute(_INSERT, sent)

    async def _driver(self) -> Any:  # asyncpg has no types
        """Return the driver's own connection, which commits each statement by itself."""
        if self._connection is None:
            self._connection = await self._database.connect()
        raw = await self._connection.get_raw_connection()
        return raw.driver_connection

    async def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):  # it is broken, or we end
                await connection.invalidate()
                await connection.close()


def _refuse(batch: Sequence[_Handed], error: Exception) -> None:
    for handed in batch:
        handed.settle(error)


def _look(kept: asyncio.Future[None]) -> None:
    """Take note of a failure that nobody waits for any more, or asyncio would complain of it."""
    if not kept.cancelled():
        kept.exception()


def _statement() -> str:
    def name_in_json(name: str) -> str:
        first, *rest = name.split("_")
        return '"' + first + "".join(map(str.capitalize, rest)) + '"'

    read = ", ".join(f"{name_in_json(name)} {kind}" for name, kind, _ in _COLUMNS)
    kept = ", ".join(way.format(name_in_json(name)) for name, _, way in _COLUMNS)
    names = ", ".join(f'"{name}"' for name, _, _ in _COLUMNS)
    return (
        f"INSERT INTO audit_entry ({names}) SELECT {kept}"  # noqa: S608  # all of it is our own
        f" FROM json_to_recordset($1::text::json) AS entry ({read}) ON CONFLICT DO NOTHING"
    )


_INSERT = _statement()
