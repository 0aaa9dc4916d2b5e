"""Finds patients, each behind the policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain import ids
from domain.access.patient import Patient, PatientRecord
from domain.access.relation import Basis
from domain.access.right import Right
from domain.access.standing import Standing
from domain.access.subject import Subject
from domain.access.viewer import Viewer, ViewerRole
from domain.errors import NotFound
from domain.identity_number import IdentityNumber
from domain.noun import Noun
from resolvers import access
from resolvers.context import Context
from resolvers.explanation import notice_to

_BY_PERSON = (ViewerRole.CITIZEN, ViewerRole.RECIPIENT)


async def by_id(ctx: Context, id: str) -> Patient:
    """Return the patient with a public id."""
    ids.uuid_of(id, ids.PATIENT)
    record = access.permitted(ctx, await ctx.loaders.record.load(id))
    return record.patient


async def by_identity_number(ctx: Context, identity_number: IdentityNumber) -> Patient:
    """Return the patient who has or had an identity number."""
    record = await ctx.store.patient.by_identity_number(identity_number.value)
    if record is not None:
        ctx.loaders.record.prime(record.patient.id, record)
    found = access.permitted(ctx, record).patient
    decided = access.of_patient(ctx, found)
    if decided.is_by_share and decided.is_in_pieces and ctx.viewer.role in _BY_PERSON:
        raise NotFound  # or numbers could be tried, to learn whose plan it is
    return found


async def of_viewer(ctx: Context, viewer: Viewer) -> list[Patient]:
    """Return the patients a citizen or recipient may see, themselves first; nobody for others."""
    number = viewer.identity_number
    records = await _records_of(ctx, viewer)
    for record in records:
        ctx.loaders.record.prime(record.patient.id, record)
    seen = [r.patient for r in records if access.of_record(ctx, r).may(Right.SEE_PATIENT)]
    return sorted(seen, key=lambda patient: (number not in patient.identity_numbers, patient.name))


async def _records_of(ctx: Context, viewer: Viewer) -> Sequence[PatientRecord]:
    if viewer.role is ViewerRole.RECIPIENT and viewer.share_id is not None:
        record = await ctx.store.patient.by_share_id(viewer.share_id)
        return () if record is None else (record,)
    if viewer.role is ViewerRole.CITIZEN and viewer.identity_number is not None:
        return await ctx.store.patient.by_person(viewer.identity_number.value)
    return ()


def age(ctx: Context, patient: Patient) -> int:
    """Return the patient's age today."""
    access.beyond_pieces(ctx, patient.id)
    return patient.age_on(ctx.now.date())


class AccessBasis(Noun):
    """What this operation's access to a patient rests on, and as what the viewer stands there."""

    basis: Basis
    origin: str
    since: datetime
    until: datetime | None
    standing: Standing | None


def access_basis(ctx: Context, patient: Patient) -> AccessBasis | None:
    """Return what this operation's access rests on."""
    decided = access.of_patient(ctx, patient)
    tie = decided.relation
    if tie is None:
        return None
    return AccessBasis(
        basis=tie.basis,
        origin=tie.origin,
        since=tie.since,
        until=tie.until,
        standing=decided.standing,
    )


def notice(ctx: Context, of: AccessBasis) -> str | None:
    """Return what everybody on the patient's side is always told, whatever there is."""
    return notice_to(ctx, of.standing)


def subject_of(patient: Patient) -> Subject:
    """Return the patient as sources are asked about them."""
    return Subject(
        patient_id=patient.id,
        numbers=patient.identity_numbers,
        given_name=patient.given_name,
        family_name=patient.family_name,
        birth_date=patient.birth_date,
        gender=patient.gender,
    )
