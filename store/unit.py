"""One write in one transaction: the patient is locked, and all of it is kept or none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from domain.access.family import Family
from domain.access.patient import PatientRecord
from domain.cooperation.notice import NoticeSent, Recipient
from domain.errors import NotFound
from domain.event import Event, EventKind
from domain.following.report import Report
from domain.keeping.erasure import ErasedTable
from domain.noun import Noun
from domain.outdated.comparison import Comparison
from domain.receipt import KeptReceipt
from store import (
    comparison,
    death,
    erasure,
    event,
    notice,
    owner,
    patient,
    receipt,
    report,
    saving,
    worklist,
)
from store import family as family_rows
from store.reading import Reading
from store.session import Sessions


class Unit(Reading):
    """What a write may read and change; nobody else writes about the patient meanwhile.

    `other` is that of a second patient, in the same transaction.
    """

    def __init__(
        self, session: AsyncSession, record: PatientRecord, other: Unit | None = None
    ) -> None:
        super().__init__(session, record)
        self.other = other
        self.has_news = False

    async def compare(self, compared: Comparison) -> None:
        """Keep how far a part has been compared with a source."""
        await saving.put(self._session, compared)

    async def stop_comparing(self, part_id: str) -> None:
        """Take away what a part has been compared with; it is no longer in use."""
        await comparison.forget(self._session, self._key, part_id)

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

    async def erase(self) -> tuple[ErasedTable, ...]:
        """Erase everything the patient has here but what must stay; tell how much there was."""
        return await erasure.erase(self._session, self._key)

    async def die(self, died_on: date, now: datetime) -> None:
        """Note the patient's death and end what others could do on their behalf."""
        await death.register(self._session, self._key, died_on, now)

    async def live_with(self, family: Family, now: datetime) -> bool:
        """Bring parents and address to what the register says; tell whether anything is new."""
        return await family_rows.register(self._session, self._key, family, now)

    async def happened(
        self, kind: EventKind, subject_id: str, at: datetime, version: int | None = None
    ) -> Event:
        """Add the patient's next event and return it."""
        self.has_news = True
        return await event.add(self._session, self._key, kind, subject_id, at, version)

    async def happened_once(
        self, kind: EventKind, subject_id: str, at: datetime, same: str
    ) -> None:
        """Add the patient's next event, unless one has been added for the very `same` thing."""
        key = uuid5(self._key, f"{kind.name} {same}")
        if not await event.is_known(self._session, key):
            self.has_news = True
            await event.add(self._session, self._key, kind, subject_id, at, None, key)

    async def tell(
        self,
        event: Event,
        recipients: Sequence[Recipient],
        dealt_with: Sequence[str] = (),
        spares: Collection[EventKind] = (),
        *,
        is_urgent: bool = False,
    ) -> None:
        """Tell recipients of an event, and take away what it leaves nothing to do about.

        `dealt_with` are subjects besides the event's own; notices of the kinds it `spares` stay.
        `is_urgent` is what the plan marks so.
        """
        await notice.take_away(self._session, event, dealt_with, spares)
        sent = [
            NoticeSent(
                patient_id=event.patient_id,
                event_id=event.id,
                to_kind=each.kind,
                to_key=each.key,
                at=event.at,
                is_urgent=is_urgent,
            )
            for each in dict.fromkeys(recipients)
        ]
        await saving.add_all(self._session, sent)

    async def renew_worklist(self) -> None:
        """Bring the worklists that the patient stands on up to date."""
        await worklist.renew(self._session, [self._key])


class UnitStore:
    """Begins units of work; `happened` is called when one has left events."""

    def __init__(self, sessions: Sessions, happened: Callable[[], None] = lambda: None) -> None:
        self._sessions = sessions
        self._happened = happened

    @asynccontextmanager
    async def begin(self, subject_id: str, other_id: str | None = None) -> AsyncIterator[Unit]:
        """Yield the unit of the patient who owns a subject; commit at the end, or undo all.

        Raises NotFound when nobody owns it. `other_id` is a subject of a second patient; the unit
        has no other where both have the same owner.
        """
        async with self._sessions.begin() as session:
            unit = await _begun(session, subject_id, other_id)
            yield unit
        self._tell_of(unit)

    @asynccontextmanager
    async def begin_if_free(self, subject_id: str) -> AsyncIterator[Unit | None]:
        """Yield the unit of a subject's owner, or None at once where somebody else has it now."""
        async with self._sessions.begin() as session:
            key = await owner.of(session, subject_id)
            is_free = await owner.lock(session, {key}, skip_locked=True)
            unit = await _unit(session, key) if is_free else None
            yield unit
        self._tell_of(unit)

    def _tell_of(self, unit: Unit | None) -> None:
        if unit is not None and (unit.has_news or (unit.other and unit.other.has_news)):
            self._happened()


async def _begun(session: AsyncSession, subject_id: str, other_id: str | None) -> Unit:
    if other_id is None:
        return await _unit(session, await _found(session, subject_id))
    key, other_key = await _both_found(session, subject_id, other_id)
    other = None if other_key == key else await _unit(session, other_key)
    return await _unit(session, key, other)


async def _found(session: AsyncSession, subject_id: str) -> UUID:
    """Lock the owner of a subject; where there is none, do what is done where one is hidden."""
    try:
        return await owner.lock_of(session, subject_id)
    except NotFound:
        await patient.no_one(await session.connection())
        raise


async def _both_found(session: AsyncSession, subject_id: str, other_id: str) -> tuple[UUID, UUID]:
    """Lock the owners of two subjects; where one has none, do what is done where one is hidden."""
    key = await owner.of_or_nobody(session, subject_id)
    other_key = await owner.of_or_nobody(session, other_id)
    keys = {key, other_key}
    if not await owner.lock(session, keys):
        for _ in keys:
            await patient.no_one(await session.connection())
        raise NotFound
    return key, other_key


async def _unit(session: AsyncSession, key: UUID, other: Unit | None = None) -> Unit:
    return Unit(session, await patient.one(await session.connection(), key), other)
