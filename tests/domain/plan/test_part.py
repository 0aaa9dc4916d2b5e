from __future__ import annotations

from datetime import timedelta

import pytest

from domain.plan.care_team import TeamMember
from domain.plan.part import IN_USE, LIVING, Lifecycle, Plan
from tests.builders import NOW
from tests.domain.parts import a_part

TODAY = NOW.date()


@pytest.mark.parametrize("lifecycle", list(Lifecycle))
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_review_is_overdue_from_the_day_after_in_what_is_in_use(
    lifecycle: Lifecycle, days: int
) -> None:
    part = a_part(lifecycle=lifecycle, review_due=TODAY + timedelta(days=days))
    assert part.is_review_overdue(TODAY) is (days < 0 and lifecycle in IN_USE)


def test_without_a_day_no_review_is_overdue() -> None:
    assert not a_part().is_review_overdue(TODAY)


def test_what_has_not_ended_is_living() -> None:
    parts = tuple(a_part(each.name, lifecycle=each) for each in Lifecycle)
    plan = Plan(id="pln_1", patient_id="pat_1", parts=parts)
    assert {part.lifecycle for part in plan.living} == set(LIVING)


def test_a_plan_has_the_team_of_its_time() -> None:
    days = {"left": (-9, -1), "there": (-9, None), "to come": (1, None)}
    team = tuple(
        TeamMember(
            id="mbr_1",
            patient_id="pat_1",
            version=1,
            name=name,
            since=NOW + timedelta(days=since),
            until=None if until is None else NOW + timedelta(days=until),
        )
        for name, (since, until) in days.items()
    )
    plan = Plan(id="pln_1", patient_id="pat_1", care_team=team)
    assert [member.name for member in plan.at(NOW).care_team] == ["there"]
