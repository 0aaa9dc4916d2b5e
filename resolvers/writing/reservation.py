"""A patient reserves: all is hidden at once. Undone in time, all is as it was."""

from __future__ import annotations

from typing import ClassVar

from domain import ids
from domain.access import reservation as reservations
from domain.access.reservation import UNDO_TIME, Reservation
from domain.command import Command
from domain.event import EventKind
from domain.given_word import SpokenWord
from domain.operation import Operation
from domain.writing.rejection import NoChange, Rejected, TooLateToUndo
from domain.written import ReservationWritten
from resolvers.writing.given_word import given
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version
from store.listing import RESERVATIONS


class Reserve(Command):
    """Reserve against having a plan here, or write down that somebody did."""

    operation: ClassVar[Operation] = Operation.RESERVE
    about: ClassVar[str] = "patient_id"

    patient_id: str
    spoken: SpokenWord | None = None


class UndoReservation(Command):
    """End a reservation: before its erasure all is as it was, after it nothing comes back."""

    operation: ClassVar[Operation] = Operation.UNDO_RESERVATION
    about: ClassVar[str] = "reservation_id"

    reservation_id: str
    expected_version: int
    spoken: SpokenWord | None = None


async def _reserve(write: Write, command: Reserve) -> Done:
    write.permit(None)
    if write.unit.record.reservation is not None:
        raise Rejected(NoChange())
    reservation = Reservation(
        id=ids.new(ids.RESERVATION),
        patient_id=write.patient.id,
        version=1,
        made=given(write, command.spoken),
        erase_after=write.now + UNDO_TIME,
    )
    await write.unit.add(reservation)
    return Done(kind=EventKind.RESERVED, subject_id=reservation.id, version=1)


async def _undo(write: Write, command: UndoReservation) -> Done:
    write.permit(None)
    reservation = await write.one_of(RESERVATIONS, command.reservation_id)
    require_version(reservation, command.expected_version)
    if reservation.ended is not None:
        raise Rejected(NoChange())
    if not reservation.can_be_ended(write.now):
        raise Rejected(TooLateToUndo(until=reservation.erase_after))
    ended = reservations.ended(reservation, given(write, command.spoken))
    await write.unit.change(ended)
    return Done(kind=EventKind.RESERVATION_UNDONE, subject_id=ended.id, version=ended.version)


RESERVE = Mutation(Reserve, ReservationWritten, _reserve)
UNDO = Mutation(UndoReservation, ReservationWritten, _undo)
