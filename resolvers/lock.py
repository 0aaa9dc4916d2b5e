"""What the patient has locked, and what has been opened: for the patient's side, and personnel.

Personnel see restrictions, blocks that their own unit has written down, and access that they have
opened themselves. Whoever is blocked sees no block at all: neither their own nor anybody else's.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.access.decision import Access
from domain.access.log_line import LogLine, LogReader
from domain.access.patient import Patient
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind, RulePosition
from domain.access.standing import HEALTH_PERSONNEL, PATIENT_SIDE
from domain.access.viewer import ViewerRole
from domain.errors import NotFound
from domain.operation import Operation
from domain.plan.part import PlanPart
from domain.written import Written
from resolvers import access
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.context import Context
from resolvers.page import Page, bounded, cursor_of, page_of, position_of
from resolvers.writing.block import registered_at
from store.listing import RULES

MOST_OPENED = 100
MOST_LINES = 50
_OPENED = (RuleKind.OPENED, RuleKind.EMERGENCY)


async def restrictions(ctx: Context, patient: Patient) -> list[AccessRule]:
    """Return the restrictions that stand, newest first."""
    access.field(ctx, patient, "Patient.restrictions")
    return [
        rule for rule in await _rules(ctx, patient.id) if _stands(ctx, rule, RuleKind.RESTRICTION)
    ]


async def blocks(ctx: Context, patient: Patient) -> list[AccessRule]:
    """Return the blocks that stand, newest first."""
    access.field(ctx, patient, "Patient.blocks")
    decided = access.of_patient(ctx, patient)
    rules = [each for each in await _rules(ctx, patient.id) if _stands(ctx, each, RuleKind.BLOCK)]
    return _shown(ctx, decided, rules)


async def opened(ctx: Context, patient: Patient) -> list[AccessRule]:
    """Return what has been opened, newest first; it may be over."""
    access.field(ctx, patient, "Patient.openedAccess")
    rules = [each for each in await _rules(ctx, patient.id) if each.kind in _OPENED]
    if access.of_patient(ctx, patient).standing in HEALTH_PERSONNEL:
        rules = [each for each in rules if each.hpr_number == ctx.viewer.hpr_number]
    return rules[:MOST_OPENED]


def rights(ctx: Context, rule: AccessRule) -> Sequence[Right]:
    """Return what a restriction is of; nothing when it is everything that can be restricted."""
    return [right for right in Right if right in rule.rights]


async def of_written(ctx: Context, written: Written) -> AccessRule:
    """Return the rule that was written about, also to personnel who wrote it down."""
    record = await ctx.loaders.record.load(written.patient_id)
    if record is None:
        raise NotFound
    if ctx.viewer.role is ViewerRole.PRIVACY_OFFICER:
        ctx.disclosures.decided(record, access.oversight(ctx, record))
    else:
        decided = access.of_record(ctx, record)
        access.admit(ctx, record, decided, Operation.SET_RESTRICTION)
        ctx.disclosures.decided(record, decided)
    for rule in await _rules(ctx, written.patient_id):
        if rule.id == written.subject_id:
            return rule
    raise NotFound


async def patient_of(ctx: Context, written: Written) -> Patient:
    """Return the patient that access was opened to."""
    return await patients.by_id(ctx, written.patient_id)


async def zone_sheet(ctx: Context, written: Written) -> PlanPart | None:
    """Return the self-care plan in use, which has the zone sheet; None without one."""
    return await plans.self_care_in_use(ctx, await patient_of(ctx, written))


async def emergencies(
    ctx: Context, is_reviewed: bool = False, first: int = 20, after: str | None = None
) -> Page[AccessRule]:
    """Return a page of emergency accesses by the staff of the officer's organisation.

    That the officer has seen them stands in each patient's log.
    """
    entity = access.officer_of(ctx)
    size, place = bounded(first), position_of(after, RulePosition)
    found = await ctx.store.emergency.page(entity, is_reviewed, place, size + 1)
    for record in await ctx.loaders.record.load_many([each.patient_id for each in found[:size]]):
        if record is not None:
            ctx.disclosures.decided(record, access.oversight(ctx, record))
            ctx.disclosures.shown(record.patient.id, "emergencies")
    return page_of(found, size)


async def lines(ctx: Context, rule: AccessRule) -> list[LogLine]:
    """Return what its person did with the patient's plan from the day it was opened on."""
    reader = LogReader(hpr_number=rule.hpr_number)
    found = await ctx.store.log.page(rule.patient_id, reader, None, MOST_LINES)
    return [line for line in found if line.at >= rule.since]


def cursor(ctx: Context, rule: AccessRule) -> str:
    """Return the cursor that continues after an emergency access."""
    return cursor_of(rule.position)


def itself(ctx: Context, rule: AccessRule) -> AccessRule:
    """Return the emergency access of an edge, which is the rule."""
    return rule


async def _rules(ctx: Context, patient_id: str) -> list[AccessRule]:
    return await ctx.loaders.listed(RULES).load(patient_id)


def _stands(ctx: Context, rule: AccessRule, kind: RuleKind) -> bool:
    return rule.kind is kind and rule.holds(ctx.now)


def _shown(ctx: Context, decided: Access, rules: list[AccessRule]) -> list[AccessRule]:
    viewer = ctx.viewer
    if decided.standing in PATIENT_SIDE:
        return rules
    if any(rule.hpr_number == viewer.hpr_number for rule in rules):
        return []
    return [rule for rule in rules if registered_at(rule, viewer.organisation)]
