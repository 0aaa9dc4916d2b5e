"""Finds patients, each behind the policy."""

from __future__ import annotations

from domain import ids
from domain.access import Relation
from domain.errors import NotFound
from domain.identity_number import IdentityNumber
from domain.patient import Patient
from domain.subject import Subject
from resolvers import access
from resolvers.context import Context


async def by_id(ctx: Context, id: str) -> Patient:
    """Return the patient with a public id."""
    ids.uuid_of(id, ids.PATIENT)
    record = access.permitted(ctx, await ctx.loaders.record.load(id))
    return record.patient


async def by_identity_number(ctx: Context, identity_number: IdentityNumber) -> Patient:
    """Return the patient who has or had an identity number."""
    record = await ctx.store.patient.by_identity_number(identity_number.value)
    if record is None:
        raise NotFound
    ctx.loaders.record.prime(record.patient.id, record)
    return access.permitted(ctx, record).patient


def age(ctx: Context, patient: Patient) -> int:
    """Return the patient's age today."""
    return patient.age_on(ctx.now.date())


def access_basis(ctx: Context, patient: Patient) -> Relation | None:
    """Return the relation that this operation's access rests on."""
    return access.of_patient(ctx, patient).relation


def subject_of(patient: Patient) -> Subject:
    """Return the patient as sources are asked about them."""
    return Subject(
        patient_id=patient.id,
        numbers=patient.identity_numbers,
        given_name=patient.name.rpartition(" ")[0] or None,
        family_name=patient.name.rpartition(" ")[2] or None,
        birth_date=patient.birth_date,
        gender=patient.gender,
    )
