"""Carries an erasure out, whole or not at all; and again, when a backup has brought things back."""

from __future__ import annotations

import asyncio
from datetime import datetime
from enum import Enum

from msgspec.structs import replace

from domain import ids
from domain.access.reservation import Reservation, hastened
from domain.event import EventKind
from domain.given_word import GivenWord, WordGiver
from domain.keeping.erasure import Erasure, receipts
from store.erasure import ErasureStore
from store.listing import DELIVERIES, RESERVATIONS
from store.unit import Unit, UnitStore

_RESTORED = "Hentet fra sletteloggen etter en gjenoppretting"


class Outcome(Enum):
    """What came of an erasure that seemed due."""

    ERASED = "ERASED"
    BLOCKED = "BLOCKED"
    NOT_DUE = "NOT_DUE"


class Erasing:
    """Erases patients one by one, each in one transaction."""

    def __init__(self, units: UnitStore, erasures: ErasureStore) -> None:
        self._units = units
        self._erasures = erasures

    async def run(self, patient_id: str, now: datetime) -> Outcome:
        """Erase a patient whose time to undo is over, if every version has its receipt."""
        async with self._units.begin(patient_id) as unit:
            reservation = unit.record.reservation
            if reservation is None or reservation.erased_at or now < reservation.erase_after:
                return Outcome.NOT_DUE
            if await unit.undelivered():
                await _block(unit, reservation, now)
                return Outcome.BLOCKED
            await self._erase(unit, reservation, now)
            return Outcome.ERASED

    async def hasten(self, patient_id: str, now: datetime) -> bool:
        """Let a patient's erasure be due now, on a decision; False when nobody has reserved."""
        async with self._units.begin(patient_id) as unit:
            reservation = unit.record.reservation
            if reservation is None or reservation.erased_at:
                return False
            await unit.change(hastened(reservation, now))
            return True

    async def _erase(self, unit: Unit, reservation: Reservation, now: datetime) -> None:
        deliveries = await unit.all_ever_of(DELIVERIES)
        erasure = Erasure(
            # The same if it is begun twice, so that a line without its commit does no harm.
            id=reservation.id.replace(ids.RESERVATION, ids.ERASURE),
            patient_id=unit.patient_id,
            reservation_id=reservation.id,
            at=now,
            tables=await unit.erase(),
            deliveries=receipts(deliveries),
        )
        logged = await asyncio.to_thread(self._erasures.log.append, erasure)
        await _keep(unit, logged, reservation)

    async def run_again(self) -> int:
        """Erase anew what the log has and the database doesn't know of; return how many."""
        restored = await self._erasures.not_run()
        for erasure in restored:
            async with self._units.begin(erasure.patient_id) as unit:
                await unit.erase()
                await _keep(unit, erasure, await _reservation(unit, erasure))
        return len(restored)


async def _block(unit: Unit, reservation: Reservation, now: datetime) -> None:
    """Raise the alarm, once for each reservation."""
    if reservation.blocked_at is None:
        await unit.change(replace(reservation, blocked_at=now))
        await unit.happened(EventKind.ERASURE_BLOCKED, reservation.id, now)


async def _keep(unit: Unit, erasure: Erasure, reservation: Reservation) -> None:
    """Keep the proof, and that nothing is left of what the reservation was about."""
    await unit.add(erasure)
    await unit.change(replace(reservation, erased_at=erasure.at))
    await unit.happened(EventKind.ERASED, erasure.id, erasure.at)
    await unit.renew_worklist()


async def _reservation(unit: Unit, erasure: Erasure) -> Reservation:
    """Return the reservation that stands, or that of an erasure whose backup is older than it."""
    if unit.record.reservation is not None:
        return unit.record.reservation
    for known in await unit.all_of(RESERVATIONS):
        if known.id == erasure.reservation_id:
            return known
    word = GivenWord(at=erasure.at, by="Sletteloggen", giver=WordGiver.PATIENT, how=_RESTORED)
    made = Reservation(
        id=erasure.reservation_id,
        patient_id=unit.patient_id,
        version=1,
        made=word,
        erase_after=erasure.at,
    )
    await unit.add(made)
    return made
