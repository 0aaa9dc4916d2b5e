"""What a care team must keep to: who may have which task, and who can't leave.

The law speaks of one coordinator and of one child coordinator (helse- og omsorgstjenesteloven
§§ 7-2 and 7-2 a). One primary contact is our own rule, so that a patient knows whom to turn to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.plan.part import Plan
from domain.writing.rejection import FunctionTaken, LastResponsible, Rejected, StillAnswers

ONE_AT_A_TIME = frozenset(
    {
        CareTeamFunction.PRIMARY_CONTACT,
        CareTeamFunction.COORDINATOR,
        CareTeamFunction.CHILD_COORDINATOR,
    }
)


def require_free(others: Sequence[TeamMember], functions: Iterable[CareTeamFunction]) -> None:
    """Raise Rejected when one of the other members has a function that only one can have."""
    for function in functions:
        for member in others:
            if function in ONE_AT_A_TIME and function in member.functions:
                raise Rejected(FunctionTaken(function=function, holder=member))


def require_successor(
    others: Sequence[TeamMember],
    before: Sequence[CareTeamFunction],
    after: Sequence[CareTeamFunction] = (),
) -> None:
    """Raise Rejected when a member gives up the plan and none of the others answers for it."""
    function = CareTeamFunction.PLAN_RESPONSIBLE
    gives_up = function in before and function not in after
    if gives_up and not any(function in member.functions for member in others):
        raise Rejected(LastResponsible())


def require_relation(plan: Plan, leaving: TeamMember, others: Sequence[TeamMember]) -> None:
    """Raise Rejected when a unit would answer for parts without anyone of it in the team.

    It would have no care relation left, so that nobody could act for what it answers for.
    """
    unit = leaving.organisation_number
    if unit is None or any(member.organisation_number == unit for member in others):
        return
    parts = tuple(p.id for p in plan.living if p.responsible.organisation_number == unit)
    if parts:
        raise Rejected(StillAnswers(part_ids=parts))
