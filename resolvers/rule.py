"""What was decided about access to a patient's plan, to those who may know that it was."""

from __future__ import annotations

from domain.access.decision import Access
from domain.access.patient import Patient
from domain.access.representation import REGISTERED_HERE, Representation
from domain.access.rule import AccessRule, RuleKind
from domain.access.service_area import ServiceArea, areas_in
from domain.access.standing import OWN, PATIENT_SIDE
from domain.errors import NotFound
from domain.written import Written
from resolvers import access
from resolvers.context import Context
from store.listing import REPRESENTATIONS, RULES

# What locks are is told where locks are.
_KINDS = frozenset(
    {
        RuleKind.HIDDEN_FROM_PARENTS,
        RuleKind.OWN_ACCESS_REFUSED,
        RuleKind.KEPT_BY_PARENTS,
        RuleKind.SUITABLE_FOR_YOUTH,
        RuleKind.OWN_ACCESS,
        RuleKind.WITHOUT_CAPACITY,
        RuleKind.CARE_TAKEN_OVER,
    }
)
_TO_PATIENT = _KINDS - {RuleKind.OWN_ACCESS_REFUSED}
_TO_REPRESENTATIVES = frozenset({RuleKind.KEPT_BY_PARENTS, RuleKind.OWN_ACCESS})


async def for_patient(ctx: Context, patient: Patient) -> list[AccessRule]:
    """Return what was decided, newest first; nobody is told of what is hidden from them."""
    access.field(ctx, patient, "Patient.accessRules")
    decided = access.of_patient(ctx, patient)
    found = await ctx.loaders.listed(RULES).load(patient.id)
    return [each for each in found if _is_told(ctx, each, decided)]


def _is_told(ctx: Context, rule: AccessRule, decided: Access) -> bool:
    if decided.standing not in PATIENT_SIDE:
        return rule.kind in _KINDS
    if decided.standing in OWN:
        return rule.kind in _TO_PATIENT
    number = ctx.viewer.identity_number
    is_mine = rule.person_number in (None, number.value if number else None)
    return rule.kind in _TO_REPRESENTATIVES and is_mine


async def representations(ctx: Context, patient: Patient) -> list[Representation]:
    """Return who acts or acted for the patient by what was registered here, newest first.

    Whoever represents a patient sees their own only.
    """
    access.field(ctx, patient, "Patient.representations")
    decided = access.of_patient(ctx, patient)
    found = await ctx.loaders.listed(REPRESENTATIONS).load(patient.id)
    here = [each for each in found if each.kind in REGISTERED_HERE]
    if not decided.is_representative:
        return here
    number = ctx.viewer.identity_number
    return [each for each in here if number and each.representative_number == number.value]


def areas(ctx: Context, representation: Representation) -> tuple[ServiceArea, ...]:
    """Return what a representation is for."""
    return areas_in(representation.rights)


def holds(ctx: Context, rule: AccessRule) -> bool:
    """Tell whether a rule holds now."""
    return rule.holds(ctx.now)


def is_open(ctx: Context, representation: Representation) -> bool:
    """Tell whether a representation holds now."""
    return representation.is_open(ctx.now)


def rights(ctx: Context, rule: AccessRule) -> list[str]:
    """Return the rights that a rule is about, in their own order."""
    return sorted(right.name for right in rule.rights)


async def of_written(ctx: Context, written: Written) -> AccessRule | None:
    """Return the rule that was written; None where it left the writer without access."""
    if not await access.still_seen(ctx, written.patient_id):
        return None
    for rule in await ctx.loaders.listed(RULES).load(written.patient_id):
        if rule.id == written.subject_id:
            return rule
    raise NotFound


async def representation_written(ctx: Context, written: Written) -> Representation | None:
    """Return the representation that was written; None where it left the writer without access."""
    if not await access.still_seen(ctx, written.patient_id):
        return None
    for each in await ctx.loaders.listed(REPRESENTATIONS).load(written.patient_id):
        if each.id == written.subject_id:
            return each
    raise NotFound
