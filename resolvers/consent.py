"""Consents as they stand, and what withdrawing one would lead to."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from domain.access.patient import Patient, PatientRecord
from domain.errors import NotFound
from domain.keeping.consent import Consent, ConsentKind
from domain.noun import Noun
from domain.plan.part import Plan, PlanPart
from domain.wording import choice as choice_wording
from domain.written import Written
from resolvers import access, unseen
from resolvers.context import Context
from store.listing import CONSENTS

_decode: Callable[[msgspec.Raw], Plan | None] = msgspec.json.Decoder(Plan | None).decode


class ConsentWithdrawalPreview(Noun):
    """The consent that would be withdrawn, and what would happen then, in words."""

    consent: Consent
    sentences: tuple[str, ...]


async def for_patient(ctx: Context, patient: Patient) -> list[Consent]:
    """Return every consent, the open ones first."""
    access.beyond_shared(ctx, patient.id)
    return await ctx.loaders.listed(CONSENTS).load(patient.id)


async def preview(ctx: Context, patient_id: str) -> ConsentWithdrawalPreview | None:
    """Return what withdrawing the consent to have a plan would lead to; None without a consent."""
    record = access.permitted(ctx, await ctx.loaders.record.load(patient_id))
    access.plan(ctx, record.patient.id)
    for consent in await for_patient(ctx, record.patient):
        if consent.kind is ConsentKind.HAVE_PLAN and consent.withdrawn is None:
            plan = await _plan_of(ctx, record)
            told = choice_wording.of_withdrawal(plan, ctx.now, ctx.language)
            return ConsentWithdrawalPreview(consent=consent, sentences=tuple(told))
    return None


async def _plan_of(ctx: Context, record: PatientRecord) -> Plan | None:
    plan = _decode(record.plan)
    left_out = await unseen.of_patient(ctx, record.patient.id)
    if plan is None:
        return None
    parts = [part for part in plan.parts if not left_out.is_about(part.id)]
    if ctx.decisions[record.patient.id].is_parent:
        number = ctx.viewer.identity_number
        parts = [_with_own_shares(part, number.value if number else None) for part in parts]
    return msgspec.structs.replace(plan, parts=tuple(parts))


def _with_own_shares(part: PlanPart, number: str | None) -> PlanPart:
    return msgspec.structs.replace(part, sharing=part.sharing.to_parent(number))


async def of_written(ctx: Context, written: Written) -> Consent:
    """Return the consent that was written about."""
    record = access.permitted(ctx, await ctx.loaders.record.load(written.patient_id))
    for consent in await for_patient(ctx, record.patient):
        if consent.id == written.subject_id:
            return consent
    raise NotFound
