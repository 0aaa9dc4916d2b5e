"""Measurements over time: graphs with the plan's zones, and what has fallen silent."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from msgspec.structs import replace

from domain.access.patient import Patient
from domain.access.right import Right
from domain.content import observable
from domain.content.observable import Observable, observables
from domain.content.self_care import Monitoring, SelfCare
from domain.errors import BadInput
from domain.following import series as rules
from domain.following.asking import ValuesAsked
from domain.following.conclusion import self_care_of
from domain.following.measurement import CLOCKS_DIFFER_BY, Measurement
from domain.following.series import Point, Series, Silence
from domain.plan.part import Lifecycle, PlanPart
from domain.wording import entry as entry_wording
from resolvers import access, plan, unseen
from resolvers.context import Context

MOST_POINTS = 5_000
LONGEST = timedelta(days=400)


async def for_patient(
    ctx: Context, patient: Patient, observable: Observable, since: datetime, until: datetime
) -> Series:
    """Return a graph of one observable in a period, with the bands of the plan in use."""
    access.content(ctx, patient.id)
    access.beyond_shared(ctx, patient.id)
    access.require(ctx, patient.id, Right.READ_REPORTS)
    _require_period(since, until)
    asked = ValuesAsked(
        patient_id=patient.id,
        observable=observable,
        size=MOST_POINTS + 1,
        since=since,
        until=until,
    )
    found = await _seen(ctx, asked)
    care = self_care_of(await plan.self_care_in_use(ctx, patient)) or SelfCare()
    is_cut = len(found) > MOST_POINTS
    return rules.series(observable, found[:MOST_POINTS], care, is_cut=is_cut)


async def silent(ctx: Context, patient: Patient) -> list[Silence]:
    """Return what the active self-care plan asks to be measured, and has no value for in time."""
    access.content(ctx, patient.id)
    access.beyond_shared(ctx, patient.id)
    access.require(ctx, patient.id, Right.READ_REPORTS)
    part = await plan.self_care_in_use(ctx, patient)
    care = self_care_of(part)
    if part is None or care is None or part.lifecycle is not Lifecycle.ACTIVE:
        return []
    since = await _asked_since(ctx, part)
    found = await asyncio.gather(*(_silence(ctx, patient, m, since) for m in care.measurements))
    return [each for each in found if each is not None]


async def _silence(
    ctx: Context, patient: Patient, asked: Monitoring, since: datetime
) -> Silence | None:
    last = await asyncio.gather(*(_last(ctx, patient, o) for o in observables(asked.observable)))
    return rules.silence(asked, [each for some in last for each in some], since, ctx.now)


async def _last(ctx: Context, patient: Patient, observable: Observable) -> list[Measurement]:
    asked = ValuesAsked(
        patient_id=patient.id,
        observable=observable,
        size=1,
        until=ctx.now + CLOCKS_DIFFER_BY,
        is_usable=True,
    )
    return await _seen(ctx, asked)


async def _seen(ctx: Context, asked: ValuesAsked) -> list[Measurement]:
    """Return values; where some reports are hidden, without what came with them."""
    left_out = await unseen.of_patient(ctx, asked.patient_id)
    if not left_out:
        return await ctx.loaders.values.load(asked)
    found = await ctx.loaders.values.load(replace(asked, size=max(asked.size, MOST_POINTS + 1)))
    return [each for each in found if not left_out.leaves_out(each.id)][: asked.size]


async def _asked_since(ctx: Context, part: PlanPart) -> datetime:
    """Return when the plan began to ask for what it asks for now."""
    version = await plan.version(ctx, part, part.content_version)
    return part.updated_at if version is None else version.created_at


def name_of(ctx: Context, series: Series) -> str:
    """Return what a graph shows, in words."""
    return observable.name(series.observable, ctx.language)


def source_label(ctx: Context, point: Point) -> str:
    """Return the label that tells readers who or what a value comes from."""
    return entry_wording.label(point.source, ctx.language)


def silence_sentence(ctx: Context, silence: Silence) -> str:
    """Return how long nothing has come, in words."""
    return entry_wording.silence_sentence(silence, ctx.language)


def _require_period(since: datetime, until: datetime) -> None:
    if since.tzinfo is None or until.tzinfo is None:
        raise BadInput("`since` and `until` must have a time zone.")
    if not timedelta(0) < until - since <= LONGEST:
        raise BadInput(f"`until` must be after `since`, by at most {LONGEST.days} days.")
