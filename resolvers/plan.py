"""A patient's plan and its parts, as far as the viewer may see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from domain.access import explanation
from domain.access.decision import Access
from domain.access.home import words_of_own_home
from domain.access.lock import Key
from domain.access.patient import Patient, PatientRecord
from domain.access.right import Right
from domain.access.unseen import Unseen
from domain.content.due import DueLine, overdue
from domain.errors import NotFound
from domain.keeping.consent import without_content
from domain.local_time import OSLO
from domain.noun import Noun
from domain.plan.approval import Agreement
from domain.plan.care_team import TeamMember
from domain.plan.part import IN_USE, Lifecycle, Plan, PlanKind, PlanPart
from domain.plan.shared_content import as_shared, without_numbers_of
from domain.plan.sharing import Share, ShareScope
from domain.plan.version import PlanVersion
from domain.refusal import Refusal
from domain.source.section import SectionState
from domain.wording.reason import sentence
from resolvers import access, unseen
from resolvers.context import Context


class Withheld(Noun):
    """That what a part says is held back by a lock; of a PARTIAL one the zone sheet is shown."""

    state: SectionState
    refusal: Refusal
    opened_by: tuple[Key, ...] = ()


_decode: Callable[[msgspec.Raw], Plan | None] = msgspec.json.Decoder(Plan | None).decode


async def by_id(ctx: Context, id: str) -> Plan:
    """Return the plan with a public id."""
    record = access.permitted(ctx, await ctx.store.patient.by_plan_id(id))
    return await _prime(ctx, record)


async def part_by_id(ctx: Context, id: str) -> PlanPart:
    """Return the plan part with a public id."""
    plan = await _prime(ctx, access.permitted(ctx, await ctx.store.patient.by_part_id(id)))
    for part in plan.parts:
        if part.id == id:
            return _noted(ctx, part)
    raise NotFound


async def for_patient(ctx: Context, patient: Patient) -> Plan | None:
    """Return the patient's plan; None when there is none."""
    record = await ctx.loaders.record.load(patient.id)
    return None if record is None else await _visible(ctx, record)


async def part_of_patient(ctx: Context, patient_id: str, part_id: str) -> PlanPart | None:
    """Return a part of a patient who may be seen, None when the part may not or is gone."""
    record = await ctx.loaders.record.load(patient_id)
    plan = await _visible(ctx, record) if record else None
    parts = plan.parts if plan else ()
    return next((_noted(ctx, part) for part in parts if part.id == part_id), None)


async def self_care_in_use(ctx: Context, patient: Patient) -> PlanPart | None:
    """Return the patient's self-care plan that is followed now, or paused."""
    plan = await for_patient(ctx, patient)
    found = plan.in_use(PlanKind.EGENBEHANDLINGSPLAN) if plan else None
    return None if found is None else _noted(ctx, found)


async def patient_of(ctx: Context, plan: Plan) -> Patient:
    """Return the patient whose plan it is."""
    return access.permitted(ctx, await ctx.loaders.record.load(plan.patient_id)).patient


def parts(ctx: Context, plan: Plan, lifecycles: Sequence[Lifecycle] = IN_USE) -> list[PlanPart]:
    """Return the parts that stand at one of some points of the lifecycle."""
    return [_noted(ctx, part) for part in plan.parts if part.lifecycle in lifecycles]


def care_team(ctx: Context, plan: Plan) -> Sequence[TeamMember]:
    """Return the care team that all parts have in common, those who have left it too."""
    access.beyond_shared(ctx, plan.patient_id)
    return plan.care_team


def scopes(ctx: Context, part: PlanPart) -> list[ShareScope]:
    """Return how much of a part the viewer is shown."""
    portion = ctx.decisions[part.patient_id].portion(part.id)
    return [scope for scope in ShareScope if scope in portion]


def agreements(ctx: Context, part: PlanPart) -> Sequence[Agreement]:
    """Return the word of each person entitled to give it."""
    access.content(ctx, part.patient_id)
    access.beyond_shared(ctx, part.patient_id)
    return part.agreements


def withheld(ctx: Context, part: PlanPart) -> Withheld | None:
    """Return why what a part says is held back, all of it or all but the zone sheet; else None."""
    decided = ctx.decisions[part.patient_id]
    is_partial = decided.kept_to_zones is not None
    right = Right.READ_PLAN if is_partial else Right.READ_ZONES
    against = decided.closed.get(right)
    if against is None:
        return None
    return Withheld(
        state=SectionState.PARTIAL if is_partial else SectionState.WITHHELD,
        refusal=against,
        opened_by=explanation.keys(decided, right, ctx.viewer),
    )


def withheld_sentence(ctx: Context, of: Withheld) -> str:
    """Return why it is held back, in words."""
    return sentence(of.refusal, ctx.language)


def is_review_overdue(ctx: Context, part: PlanPart) -> bool:
    """Tell whether the part should have been reviewed before today."""
    access.beyond_pieces(ctx, part.patient_id)
    return part.is_review_overdue(ctx.now.date())


def overdue_lines(ctx: Context, part: PlanPart) -> list[DueLine]:
    """Return the actions and goals of a part in use whose day is past and that are not done."""
    access.content(ctx, part.patient_id)
    access.beyond_pieces(ctx, part.patient_id)
    today = ctx.now.astimezone(OSLO).date()
    return overdue(part.content, today) if part.lifecycle in IN_USE else []


async def versions(ctx: Context, part: PlanPart) -> list[PlanVersion]:
    """Return every content that a part has had; what was entered in error is for personnel."""
    access.content(ctx, part.patient_id)
    access.beyond_shared(ctx, part.patient_id)
    if part.content is None and not ctx.decisions[part.patient_id].sees_drafts:
        return []
    left_out = await unseen.of_patient(ctx, part.patient_id)
    if part.id in left_out.parts:
        found = list(left_out.parts[part.id].versions)
    else:
        found = await ctx.store.version.of_part(part.patient_id, part.id)
    return [await _of_own_home(ctx, each) for each in found]


async def version(ctx: Context, part: PlanPart, number: int) -> PlanVersion | None:
    """Return one content that a part has had, by the number that the viewer sees it under."""
    left_out = await unseen.of_patient(ctx, part.patient_id)
    if part.id in left_out.parts:
        seen = left_out.parts[part.id].versions
        found = next((each for each in seen if each.number == number), None)
    else:
        found = await ctx.loaders.versions.load((part.patient_id, part.id, number))
    return None if found is None else await _of_own_home(ctx, found)


async def _of_own_home(ctx: Context, version: PlanVersion) -> PlanVersion:
    """Return a version without the numbers of a parent of the child's other home."""
    record = await ctx.loaders.record.load(version.patient_id)
    others = access.other_home(ctx, record) if record else frozenset()
    if not others:
        return version
    return msgspec.structs.replace(version, content=without_numbers_of(version.content, others))


async def all_shares(ctx: Context, patient_id: str) -> list[Share]:
    """Return every share there is, to know what is to be left out of what a parent sees."""
    record = await ctx.loaders.record.load(patient_id)
    plan = _decode(record.plan) if record else None
    return [share for part in (plan.parts if plan else ()) for share in part.sharing.shares]


def _noted(ctx: Context, part: PlanPart) -> PlanPart:
    """Return a part that is shown; the log of use is told of it and its real version."""
    left_out = ctx.unseen.get(part.patient_id)
    seen = left_out.parts.get(part.id) if left_out else None
    number = part.content_version if seen is None else seen.real(part.content_version)
    ctx.disclosures.part(msgspec.structs.replace(part, content_version=number))
    return part


async def _prime(ctx: Context, record: PatientRecord) -> Plan:
    ctx.loaders.record.prime(record.patient.id, record)
    plan = await _visible(ctx, record)
    if plan is None:
        raise NotFound
    return plan


async def _visible(ctx: Context, record: PatientRecord) -> Plan | None:
    decided = access.of_record(ctx, record)
    access.plan(ctx, record.patient.id)
    plan = _decode(record.plan)
    if plan is None:
        return None
    left_out = await unseen.of_patient(ctx, record.patient.id)
    if left_out:
        plan = _without(plan, left_out)
        if plan is None:
            return None
    others = access.other_home(ctx, record)
    shown = [
        _at_own_home(ctx, _as_shown(part, decided), others)
        for part in plan.parts
        if _is_shown(part, decided)
    ]
    return msgspec.structs.replace(plan, parts=tuple(shown))


def _at_own_home(ctx: Context, part: PlanPart, others: frozenset[str]) -> PlanPart:
    """Return a part as a parent sees it: what the parents of the other home said and are called by.

    Their word on the plan stands, but not what they wrote to it, nor their telephone numbers, nor
    what they have shared and not shown.
    """
    if ctx.decisions[part.patient_id].is_parent:
        number = (ctx.previewed or ctx.viewer).identity_number
        sharing = part.sharing.to_parent(number.value if number else None)
        part = msgspec.structs.replace(part, sharing=sharing)
    if not others:
        return part
    content, tie = part.content, ctx.decisions[part.patient_id].relation
    own = tie.person_name if tie else None
    return msgspec.structs.replace(
        part,
        content=None if content is None else without_numbers_of(content, others),
        agreements=words_of_own_home(part.agreements, own, others),
    )


def _without(plan: Plan, left_out: Unseen) -> Plan | None:
    """Return a plan without what is hidden, in the order of what is seen; None if nothing is left.

    A plan is begun with its first part: of one that has only hidden parts, nothing is known.
    """
    kept = [left_out.seen(part) for part in plan.parts if not left_out.is_about(part.id)]
    if plan.parts and not kept:
        return None
    kinds = list(dict.fromkeys(part.kind for part in plan.parts))
    kept.sort(key=lambda part: part.updated_at, reverse=True)
    kept.sort(key=lambda part: kinds.index(part.kind))
    return msgspec.structs.replace(plan, parts=tuple(kept))


def _is_shown(part: PlanPart, decided: Access) -> bool:
    """Tell whether a part may be shown; pieces of one only while it is to be followed."""
    if not decided.sees_part(part.id, part.lifecycle is Lifecycle.DRAFT):
        return False
    # What is closed to who has the whole plan is still told of: its content is left out below.
    if decided.beyond_parts is None or decided.kept_to_zones is not None:
        return True
    return ShareScope.WHOLE_PART in decided.portion(part.id) or part.lifecycle in IN_USE


def _as_shown(part: PlanPart, decided: Access) -> PlanPart:
    """Return a part as it may be shown: of what was entered in error, only that it was."""
    if not decided.content.is_allowed:
        return without_content(part)
    if part.content is None or part.lifecycle is Lifecycle.ENTERED_IN_ERROR:
        return msgspec.structs.replace(part, content=None)
    portion = decided.portion(part.id)
    if decided.kept_to_zones is not None:
        pieces = as_shared(part.content, portion) if part.lifecycle in IN_USE else None
        return msgspec.structs.replace(without_content(part), content=pieces)
    if ShareScope.WHOLE_PART in portion:
        return part
    return msgspec.structs.replace(part, content=as_shared(part.content, portion))
