"""Erases everything a patient has here, but for who they are and that it happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ARRAY, Select, Table, Uuid, any_, delete, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from domain import ids
from domain.keeping.erasure import ErasedTable, Erasure
from store.erasure_log import ErasureLog
from store.patient import ids_of
from store.session import Sessions
from store.tables import ErasureRow, PatientRow, ReservationRow, Row

# Whatever belongs to a patient is erased unless it stands here, with the reason why it stays.
KEPT: Mapping[str, str] = {
    "identity_number": "whom the log of use is about",
    "representation": "who may read the log for a child; the register's word, not the plan's",
    "audit_entry": "the log of use stays (pasientjournalloven § 22)",
    "reservation": "that the patient wants no plan here",
    "erasure": "the proof",
}
# A line of the log is written a moment before its erasure is committed.
_MOMENT = timedelta(minutes=1)


def erased_tables() -> list[Table]:
    """Return the tables that are erased, those that point at others first."""
    owned = reversed(Row.metadata.sorted_tables)
    return [each for each in owned if "patient_id" in each.columns and each.name not in KEPT]


async def erase(session: AsyncSession, key: UUID) -> tuple[ErasedTable, ...]:
    """Erase a patient's rows in the caller's transaction; return how many there were of each."""
    keys = list(await session.scalars(ids_of(key)))
    erased = []
    for table in erased_tables():
        gone = await session.execute(delete(table).where(table.c.patient_id.in_(keys)))
        rows = gone.rowcount  # type: ignore[attr-defined]  # a DELETE has one
        if rows:
            erased.append(ErasedTable(table=str(table.name), rows=rows))
    return tuple(erased)


class ErasureStore:
    """What is to be erased, and whether all that was logged as erased is gone."""

    def __init__(self, sessions: Sessions, log: ErasureLog) -> None:
        self._sessions = sessions
        self.log = log

    async def due(self, now: datetime) -> list[str]:
        """Return the public ids of the patients whose time to undo a reservation is over."""
        row = ReservationRow
        standing = (row.ended_at.is_(None), row.erased_at.is_(None), row.erase_after <= now)
        statement = select(row.patient_id).where(*standing).order_by(row.erase_after)
        async with self._sessions() as session:
            return [f"{ids.PATIENT}{key}" for key in await session.scalars(statement)]

    async def blocked(self) -> int:
        """Return how many erasures wait for a version that no record has answered for."""
        row = ReservationRow
        waiting = (row.ended_at.is_(None), row.erased_at.is_(None), row.blocked_at.is_not(None))
        async with self._sessions() as session:
            return len(list(await session.scalars(select(row.id).where(*waiting))))

    async def not_run(self, now: datetime | None = None) -> list[Erasure]:
        """Return the logged erasures that the database doesn't know of: those before its backup.

        With a time, what was logged a moment before it is taken to be under way.
        """
        logged = self.log.read()
        if now is not None:
            logged = [each for each in logged if each.at < now - _MOMENT]
        known, patients = await self._known(logged)
        by_id = {each.id: each for each in logged}
        return [
            each for each in by_id.values() if each.id not in known and each.patient_id in patients
        ]

    async def not_logged(self) -> int:
        """Return how many erasures of the database are not in the log."""
        logged = {each.id for each in self.log.read()}
        async with self._sessions() as session:
            done = await session.scalars(select(ErasureRow.id))
        return len([key for key in done if f"{ids.ERASURE}{key}" not in logged])

    async def _known(self, logged: Sequence[Erasure]) -> tuple[set[str], set[str]]:
        """Return which of the erasures, and which of their patients, the database has."""
        erasures = [ids.uuid_of(each.id, ids.ERASURE) for each in logged]
        patients = [ids.uuid_of(each.patient_id, ids.PATIENT) for each in logged]
        async with self._sessions() as session:
            done = await session.scalars(_among(ErasureRow.id, erasures))
            there = await session.scalars(_among(PatientRow.id, patients))
            known = {f"{ids.ERASURE}{key}" for key in done}
            return known, {f"{ids.PATIENT}{key}" for key in there}


def _among(column: InstrumentedAttribute[UUID], keys: Sequence[UUID]) -> Select[UUID]:
    """Return which of the keys are there; one array, since there may be very many."""
    return select(column).where(column == any_(literal(keys, ARRAY(Uuid))))
