"""One write in one transaction: the patient is locked, and all of it is kept or none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.asking import ValuesAsked
from domain.draft import Draft
from domain.errors import NotFound
from domain.measurement import Measurement
from domain.noun import Noun
from domain.patient import PatientRecord
from domain.plan import Plan
from domain.receipt import KeptReceipt
from domain.report import Report
from domain.version import DraftVersion, PlanVersion
from store import draft, measurement, patient, receipt, report, saving, version, worklist
from store.session import Sessions
from store.tables import (
    CommentRow,
    DraftRow,
    PatientRow,
    PlanPartRow,
    PlanRow,
    ReportRow,
    ShareRow,
)

_OWNED: dict[str, Any] = {
    ids.PLAN: PlanRow,
    ids.PART: PlanPartRow,
    ids.DRAFT: DraftRow,
    ids.COMMENT: CommentRow,
    ids.SHARE: ShareRow,
    ids.REPORT: ReportRow,
}
_decode_plan = msgspec.json.Decoder(Plan | None).decode


class Unit:
    """What a write may read and change; nobody else writes about the patient meanwhile.

    `other` is that of a second patient, in the same transaction.
    """

    def __init__(
        self, session: AsyncSession, record: PatientRecord, other: Unit | None = None
    ) -> None:
        self.record = record
        self.other = other
        self.patient_id = record.patient.id
        self.plan: Plan | None = _decode_plan(record.plan)
        self._session = session
        self._key = ids.uuid_of(record.patient.id, ids.PATIENT)

    async def draft(self, draft_id: str) -> Draft | None:
        """Return a draft of the patient's."""
        return await draft.one(await self._session.connection(), self.patient_id, draft_id)

    async def version_of_part(self, part_id: str, number: int) -> PlanVersion | None:
        """Return one content version of a part."""
        connection = await self._session.connection()
        return await version.one_of_part(connection, self.patient_id, part_id, number)

    async def version_of_draft(self, draft_id: str, number: int) -> DraftVersion | None:
        """Return one content version of a draft."""
        connection = await self._session.connection()
        return await version.one_of_draft(connection, self.patient_id, draft_id, number)

    async def report(self, report_id: str) -> Report | None:
        """Return a report of the patient's."""
        return await report.one(await self._session.connection(), self.patient_id, report_id)

    async def values(self, asked: Sequence[ValuesAsked]) -> list[list[Measurement]]:
        """Return the values of each question about the patient."""
        return await measurement.found(await self._session.connection(), asked)

    async def receipt(self, sender: str, key: str) -> KeptReceipt | None:
        """Return what is kept of a write that somebody has sent under a key."""
        return await receipt.one(self._session, sender, key)

    async def add(self, noun: Noun, **more: object) -> None:
        """Insert what a noun says; `more` are columns that it has no word for."""
        await saving.add(self._session, noun, **more)

    async def change(self, noun: Noun) -> None:
        """Bring the row of a noun to what it says."""
        await saving.change(self._session, noun)

    async def add_report(self, new: Report) -> None:
        """Insert a report with its values."""
        await report.add(self._session, new)

    async def end_report(self, ended: Report) -> None:
        """Mark a report, and the values that were changed with it, as no longer current."""
        await report.end(self._session, ended)

    async def keep(self, kept: KeptReceipt) -> bool:
        """Keep a receipt; False when its sender used the key about another patient meanwhile."""
        return await receipt.keep(self._session, kept)

    async def next_event_number(self) -> int:
        """Return the number of the patient's next event."""
        counted = (
            update(PatientRow)
            .where(PatientRow.id == self._key)
            .values(event_count=PatientRow.event_count + 1)
            .returning(PatientRow.event_count)
        )
        return int((await self._session.execute(counted)).scalar_one())

    async def renew_worklist(self) -> None:
        """Bring the worklists that the patient stands on up to date."""
        await worklist.renew(self._session, [self._key])


class UnitStore:
    """Begins units of work."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    @asynccontextmanager
    async def begin(self, subject_id: str, other_id: str | None = None) -> AsyncIterator[Unit]:
        """Yield the unit of the patient who owns a subject; commit at the end, or undo all.

        Raises NotFound when nobody owns it. `other_id` is a subject of a second patient; the unit
        has no other where both have the same owner.
        """
        async with self._sessions.begin() as session:
            key = await _owner(session, subject_id)
            other_key = None if other_id is None else await _owner(session, other_id)
            if not await _lock(session, {key, other_key or key}):
                raise NotFound
            other = None
            if other_key is not None and other_key != key:
                other = await _unit(session, other_key)
            yield await _unit(session, key, other)

    @asynccontextmanager
    async def begin_if_free(self, subject_id: str) -> AsyncIterator[Unit | None]:
        """Yield the unit of a subject's owner, or None at once where somebody else has it now."""
        async with self._sessions.begin() as session:
            key = await _owner(session, subject_id)
            is_free = await _lock(session, {key}, skip_locked=True)
            yield await _unit(session, key) if is_free else None


async def _unit(session: AsyncSession, key: UUID, other: Unit | None = None) -> Unit:
    return Unit(session, await patient.one(await session.connection(), key), other)


async def _lock(
    session: AsyncSession, patients: Iterable[UUID], *, skip_locked: bool = False
) -> bool:
    """Lock patients, so that writes about one patient come one after the other.

    Always in the order of their ids, so that no two writes wait for each other. False when one is
    gone, or was skipped.
    """
    row = PatientRow
    for key in sorted(patients):
        # The lock leaves foreign keys to the patient alone: other rows may still point there.
        lock = select(row.id).where(row.id == key)
        locked = lock.with_for_update(key_share=True, skip_locked=skip_locked)
        if await session.scalar(locked) is None:
            return False
    return True


async def _owner(session: AsyncSession, subject_id: str) -> UUID:
    """Return the patient who owns a subject; NotFound when nobody does."""
    prefix = subject_id[:4]
    if prefix == ids.PATIENT:
        asked = PatientRow.id == ids.uuid_of(subject_id, ids.PATIENT)
        lives_on = func.coalesce(PatientRow.merged_into, PatientRow.id)
        owner = await session.scalar(select(lives_on).where(asked))
    else:
        row = _OWNED.get(prefix)
        if row is None:
            raise NotFound
        key = ids.uuid_of(subject_id, prefix)
        owner = await session.scalar(select(row.patient_id).where(row.id == key))
    if owner is None:
        raise NotFound
    return owner
