"""Who may change what: the table's rights, asked for one operation on one part of a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from domain.access.decision import Access
from domain.access.matrix import CELLS, Condition
from domain.access.not_given import not_given
from domain.access.right import READS, RIGHT_OF, Right
from domain.access.standing import Standing
from domain.access.viewer import Viewer
from domain.author import Author
from domain.operation import Operation
from domain.plan.care_team import CareTeamFunction
from domain.plan.part import Plan, PlanPart
from domain.plan.sharing import ShareScope
from domain.profession import APPROVING, DOCTOR
from domain.refusal import Refusal

# Whoever coordinates or answers for the plan, in whichever of the law's roles.
_COORDINATES = frozenset(
    {
        CareTeamFunction.PLAN_RESPONSIBLE,
        CareTeamFunction.COORDINATOR,
        CareTeamFunction.CHILD_COORDINATOR,
    }
)


def refusal(
    operation: Operation,
    viewer: Viewer,
    access: Access,
    plan: Plan | None,
    part: PlanPart | None,
) -> Refusal | None:
    """Return the rule that stands against an operation, None when it may be done.

    `part` is the plan part it is about, None where there is none yet or it is the whole plan. The
    plan's team must be that of now.
    """
    right = RIGHT_OF.get(operation)
    if right is None:
        return access.ruling.refusal or Refusal.ROLE
    return against(right, viewer, access, plan, part)


def against(
    right: Right,
    viewer: Viewer,
    access: Access,
    plan: Plan | None,
    part: PlanPart | None,
) -> Refusal | None:
    """Return the rule that stands against a right, None when the viewer has it."""
    standing = towards(viewer, access, plan, part)
    if standing is None:
        return access.ruling.refusal or Refusal.ROLE
    by_policy = access.against(right, standing)
    if by_policy is not None:
        return by_policy
    # What is read is asked of each part as it is shown.
    is_met = None if right in READS else _MET.get(CELLS[standing][right].condition)
    if is_met is None or is_met(viewer, access, part):
        return None
    return not_given(right, standing)


def towards(
    viewer: Viewer, access: Access, plan: Plan | None, part: PlanPart | None
) -> Standing | None:
    """Return as what somebody stands towards a plan part: some personnel answer for it.

    Towards the whole plan (`part` None) it is enough to answer for one living part.
    """
    if access.standing is not Standing.PERSONNEL:
        return access.standing
    answers = part is not None and answers_for(viewer, part.responsible)
    if answers or (plan is not None and _is_responsible(viewer, plan, part)):
        return Standing.RESPONSIBLE
    return Standing.PERSONNEL


def _is_responsible(viewer: Viewer, plan: Plan, part: PlanPart | None) -> bool:
    return _coordinates(viewer, plan) or _answers_for_some(viewer, plan, part)


def answers_for(viewer: Viewer, responsible: Author) -> bool:
    """Tell whether the viewer is the responsible, or on duty at the unit that answers for it."""
    if responsible.hpr_number is not None and responsible.hpr_number == viewer.hpr_number:
        return True
    unit = responsible.organisation_number
    return unit is not None and unit == viewer.organisation


def _answers_for_some(viewer: Viewer, plan: Plan, part: PlanPart | None) -> bool:
    return part is None and any(answers_for(viewer, each.responsible) for each in plan.living)


def _coordinates(viewer: Viewer, plan: Plan) -> bool:
    return any(
        member.organisation_number == viewer.organisation
        and _COORDINATES.intersection(member.functions)
        for member in plan.care_team
        if member.organisation_number is not None
    )


_Met: TypeAlias = Callable[[Viewer, Access, PlanPart | None], bool]


def _approves(viewer: Viewer, access: Access, part: PlanPart | None) -> bool:
    return viewer.profession in APPROVING


def _is_doctor(viewer: Viewer, access: Access, part: PlanPart | None) -> bool:
    return viewer.profession == DOCTOR


def _answers(viewer: Viewer, access: Access, part: PlanPart | None) -> bool:
    """Tell whether the viewer answers for the part; nobody gives away what another answers for."""
    return part is not None and answers_for(viewer, part.responsible)


def _is_shared(viewer: Viewer, access: Access, part: PlanPart | None) -> bool:
    shared = access.shared or {}
    return part is not None and ShareScope.WHOLE_PART in shared.get(part.id, ())


# The other conditions are met, or not, whatever the part is.
_MET: Mapping[Condition | None, _Met] = {
    Condition.APPROVES: _approves,
    Condition.IS_DOCTOR: _is_doctor,
    Condition.ANSWERS: _answers,
    Condition.SHARED: _is_shared,
}
