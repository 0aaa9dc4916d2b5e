from __future__ import annotations

from typing import Any

import pytest

from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.plan.part import Lifecycle, Plan
from domain.writing.membership import (
    ONE_AT_A_TIME,
    require_free,
    require_relation,
    require_successor,
)
from domain.writing.rejection import FunctionTaken, LastResponsible, Rejected, StillAnswers
from tests.builders import HOSPITAL, NOW
from tests.domain.parts import a_part

RESPONSIBLE = CareTeamFunction.PLAN_RESPONSIBLE


def _member(*functions: CareTeamFunction, unit: str | None = HOSPITAL, **more: Any) -> TeamMember:
    known: dict[str, Any] = {"id": "mbr_1", "patient_id": "pat_1", "version": 1, "name": "Siri"}
    return TeamMember(since=NOW, functions=functions, organisation_number=unit, **known | more)


@pytest.mark.parametrize("function", list(CareTeamFunction))
def test_the_function_that_is_taken_is_named(function: CareTeamFunction) -> None:
    other = _member(function)
    if function not in ONE_AT_A_TIME:
        require_free([other], [function])
        return
    with pytest.raises(Rejected) as taken:
        require_free([other], [function])
    assert taken.value.rejection == FunctionTaken(function=function, holder=other)


def test_what_nobody_has_is_free() -> None:
    require_free([_member(RESPONSIBLE)], ONE_AT_A_TIME)


def test_the_plan_is_not_given_up_without_somebody_else_who_answers_for_it() -> None:
    with pytest.raises(Rejected) as last:
        require_successor([_member()], [RESPONSIBLE])
    assert last.value.rejection == LastResponsible()
    require_successor([_member(RESPONSIBLE)], [RESPONSIBLE])
    require_successor([], [RESPONSIBLE], [RESPONSIBLE])
    require_successor([], [CareTeamFunction.COORDINATOR])


@pytest.mark.parametrize("lifecycle", list(Lifecycle))
def test_a_unit_keeps_somebody_in_the_team_while_it_answers_for_living_parts(
    lifecycle: Lifecycle,
) -> None:
    part = a_part(lifecycle=lifecycle)
    plan = Plan(id="pln_1", patient_id="pat_1", parts=(part,))
    if not part.is_living:
        require_relation(plan, _member(), [])
        return
    with pytest.raises(Rejected) as kept:
        require_relation(plan, _member(), [_member(unit="999000134")])
    assert kept.value.rejection == StillAnswers(part_ids=("prt_1",))
    require_relation(plan, _member(), [_member(name="Kollega")])
    require_relation(plan, _member(unit="999000134"), [])
    require_relation(plan, _member(unit=None), [])
