"""The reservation that stands, for those it is about; and what it has led to."""

from __future__ import annotations

from msgspec.structs import replace

from domain.access.patient import Patient
from domain.access.reservation import Reservation
from domain.access.viewer import ViewerRole
from domain.errors import NotFound, NotPermitted
from domain.keeping.erasure import Erasure
from domain.operation import Operation
from domain.refusal import Refusal
from domain.wording import choice as choice_wording
from domain.written import Written
from resolvers import access
from resolvers.context import Context
from store.listing import ERASURES, RESERVATIONS


async def standing(ctx: Context, patient: Patient) -> Reservation | None:
    """Return the reservation that stands; None without one."""
    record = await ctx.loaders.record.load(patient.id)
    return record.reservation if record else None


async def erasures(ctx: Context, patient: Patient) -> list[Erasure]:
    """Return the proofs of what was erased, to the patient's side.

    Who represents the patient is not told how much it was: some of it may have been hidden.
    """
    access.beyond_shared(ctx, patient.id)
    if ctx.viewer.role is not ViewerRole.CITIZEN:
        raise NotPermitted(reason=Refusal.PATIENT_ONLY.name)
    found = await ctx.loaders.listed(ERASURES).load(patient.id)
    if not access.of_patient(ctx, patient).is_representative:
        return found
    return [replace(each, tables=(), deliveries=()) for each in found]


def explanation(ctx: Context, reservation: Reservation) -> str:
    """Return in words what the reservation means now."""
    return choice_wording.of_reservation(reservation, ctx.now, ctx.language)


def can_be_undone(ctx: Context, reservation: Reservation) -> bool:
    """Tell whether everything can still be had back."""
    return reservation.can_be_undone(ctx.now)


async def of_written(ctx: Context, written: Written) -> Reservation:
    """Return the reservation that was written about, also to personnel who wrote it down."""
    record = await ctx.loaders.record.load(written.patient_id)
    if record is None:
        raise NotFound
    decided = access.of_record(ctx, record)
    access.admit(ctx, record, decided, Operation.RESERVE)
    ctx.disclosures.decided(record, decided)
    for reservation in await ctx.loaders.listed(RESERVATIONS).load(written.patient_id):
        if reservation.id == written.subject_id:
            return reservation
    raise NotFound
