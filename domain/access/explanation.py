"""Why somebody may do something or not: the same decision, told with what it rests on.

What is hidden without a word is not looked at: an explanation is the same whether anything is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum

from domain.access import lock, permission
from domain.access.decision import Access
from domain.access.guard import Guard
from domain.access.legal_basis import LegalBasis, against, bases, in_force
from domain.access.lock import Key
from domain.access.matrix import CELLS, Condition
from domain.access.permission import towards
from domain.access.right import READS, Right
from domain.access.standing import Standing
from domain.access.viewer import Viewer, ViewerRole
from domain.local_time import OSLO
from domain.noun import Noun
from domain.plan.part import Plan, PlanPart
from domain.refusal import Refusal


class AccessOutcome(Enum):
    """What comes of a decision: all of it, some of it, closed until it is opened, or nothing."""

    ALLOW = "ALLOW"
    MASK = "MASK"
    WITHHOLD = "WITHHOLD"
    DENY = "DENY"


class Explanation(Noun):
    """One right of one viewer to one patient, and why it is as it is.

    `refusal` stands against all of it, or with MASK against some. `condition` is what it is given
    on. `keys` open what is closed. `bases` are the laws in force on the day that give the right, or
    that stand against it.
    """

    right: Right
    outcome: AccessOutcome
    standing: Standing | None = None
    condition: Condition | None = None
    refusal: Refusal | None = None
    keys: tuple[Key, ...] = ()
    bases: tuple[LegalBasis, ...] = ()


_GIVEN = (AccessOutcome.ALLOW, AccessOutcome.MASK)
# Given, but of some of it alone.
_OF_SOME = frozenset({Condition.OWN_ONLY, Condition.SHARED, Condition.ANSWERS})


def explain(
    access: Access,
    right: Right,
    viewer: Viewer,
    now: datetime,
    plan: Plan | None = None,
) -> Explanation:
    """Return why a viewer has a right or not; the plan's team must be that of now."""
    standing = towards(viewer, access, plan, None)
    outcome, refusal = _outcome(access, right, viewer, plan)
    day = now.astimezone(OSLO).date()
    if refusal is None and standing is not None:
        return Explanation(
            right=right,
            outcome=outcome,
            standing=standing,
            condition=CELLS[standing][right].condition,
            bases=in_force(bases(right, standing), day),
        )
    return Explanation(
        right=right,
        outcome=outcome,
        standing=standing,
        refusal=refusal,
        keys=keys(access, right, viewer),
        bases=in_force(against(refusal), day) if refusal else (),
    )


def explain_field(
    access: Access,
    guard: Guard,
    viewer: Viewer,
    now: datetime,
    plan: Plan | None = None,
) -> Explanation:
    """Return why a viewer may read a field of the graph or not."""
    told = [explain(access, right, viewer, now, plan) for right in guard.rights]
    closed = (each for each in told if each.outcome not in _GIVEN)
    refusal = None if access.standing is None else guard.by_extent(access)
    if refusal is None:
        return next(closed, told[-1])
    return Explanation(
        right=told[-1].right,
        outcome=AccessOutcome.DENY,
        standing=told[-1].standing,
        refusal=refusal,
        bases=in_force(against(refusal), now.astimezone(OSLO).date()),
    )


def _outcome(
    access: Access, right: Right, viewer: Viewer, plan: Plan | None
) -> tuple[AccessOutcome, Refusal | None]:
    refusals = [*_refusals(access, right, viewer, plan)]
    if any(refusal is None for refusal in refusals):
        is_whole = all(refusal is None for refusal in refusals)
        standing = towards(viewer, access, plan, None)
        is_of_some = standing is not None and CELLS[standing][right].condition in _OF_SOME
        return (AccessOutcome.ALLOW if is_whole and not is_of_some else AccessOutcome.MASK), None
    refusal = refusals[0]
    if right is Right.READ_PLAN and access.may(Right.READ_ZONES):
        return AccessOutcome.MASK, refusal
    is_locked = right in access.closed and bool(keys(access, right, viewer))
    return (AccessOutcome.WITHHOLD if is_locked else AccessOutcome.DENY), refusal


def _refusals(
    access: Access, right: Right, viewer: Viewer, plan: Plan | None
) -> Iterator[Refusal | None]:
    """Yield what stands against a right: once, or for each part where it depends on the part."""
    if right in READS:
        yield access.on(right).refusal
        return
    parts: tuple[PlanPart | None, ...] = tuple(plan.living) if plan else ()
    for part in parts or (None,):
        yield permission.against(right, viewer, access, plan, part)


# Whose right it is to turn a key, where not everybody may.
_TURNED_BY: Mapping[tuple[Refusal, Key], Right] = {
    (Refusal.RESTRICTED, Key.CONSENT): Right.OPEN_RESTRICTION,
    (Refusal.RESTRICTED, Key.EMERGENCY): Right.OPEN_RESTRICTION,
    (Refusal.RESERVED, Key.UNDO): Right.RESERVE,
}


def keys(access: Access, right: Right, viewer: Viewer) -> tuple[Key, ...]:
    """Return what opens a right that is closed to a viewer, and that they may use."""
    standing = access.standing
    if standing is None:
        return _of_stranger(access.ruling.refusal, right, viewer)
    refusal = access.closed.get(right)
    for each in lock.ALL:
        if each.refusal is refusal and right in each.rights and standing not in each.spares:
            return tuple(key for key in each.keys if _may_turn(access, standing, each.refusal, key))
    return ()


def keys_of_source(refusal: Refusal, viewer: Viewer) -> tuple[Key, ...]:
    """Return what may open what a source says that it holds back from a viewer."""
    is_personnel = viewer.role is ViewerRole.CLINICIAN and not viewer.is_student
    return lock.RESTRICTED.keys if refusal is Refusal.RESTRICTED and is_personnel else ()


def _may_turn(access: Access, standing: Standing, refusal: Refusal, key: Key) -> bool:
    needed = _TURNED_BY.get((refusal, key))
    return needed is None or access.refusal_by_table(needed, standing) is None


def _of_stranger(refusal: Refusal | None, right: Right, viewer: Viewer) -> tuple[Key, ...]:
    """Return the key of health personnel who are nothing to the patient: emergency access.

    Whether the patient has blocked them, they are told when they try.
    """
    is_personnel = viewer.role is ViewerRole.CLINICIAN and not viewer.is_student
    is_open = CELLS[Standing.EMERGENCY][right].is_given
    has_key = refusal is Refusal.NO_CARE_RELATION and is_personnel and is_open
    return (Key.EMERGENCY,) if has_key else ()
