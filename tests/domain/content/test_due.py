from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from domain.content.action import ActionStatus
from domain.content.due import DueLine, overdue
from domain.content.goal import Achievement, GoalStatus, Target
from domain.content.line import ContentSection
from tests.domain.lines import a_content, a_goal, an_action

TODAY = date(2026, 11, 22)
PAST = TODAY - timedelta(days=1)


def _target(due: date | None) -> Target:
    return Target(measure="Turer", value="7", due=due)


def test_what_is_past_its_day_comes_earliest_first() -> None:
    content = a_content(
        actions=(an_action("a1", due=PAST), an_action("a2", due=TODAY), an_action("a3")),
        goals=(a_goal("g1", target=_target(PAST - timedelta(days=9))), a_goal("g2")),
    )
    assert overdue(content, TODAY) == [
        DueLine(
            section=ContentSection.GOALS,
            line_id="g1",
            label="Gå til butikken",
            due=PAST - timedelta(days=9),
        ),
        DueLine(section=ContentSection.ACTIONS, line_id="a1", label="Blåse PEF", due=PAST),
    ]


@pytest.mark.parametrize("status", ActionStatus)
def test_what_is_done_or_called_off_is_not_overdue(status: ActionStatus) -> None:
    content = a_content(actions=(an_action(due=PAST, status=status),))
    is_open = status in (ActionStatus.ACTIVE, ActionStatus.ON_HOLD)
    assert bool(overdue(content, TODAY)) is is_open


@pytest.mark.parametrize(
    ("fields", "is_open"),
    [
        ({"status": GoalStatus.ACTIVE}, True),
        ({"status": GoalStatus.PLANNED, "achievement": Achievement.NO_PROGRESS}, True),
        ({"status": GoalStatus.ACTIVE, "achievement": Achievement.ACHIEVED}, False),
        ({"status": GoalStatus.ACTIVE, "achievement": Achievement.SUSTAINING}, False),
        ({"status": GoalStatus.COMPLETED}, False),
        ({"status": GoalStatus.CANCELLED}, False),
        ({"status": GoalStatus.REJECTED}, False),
        ({"status": GoalStatus.ENTERED_IN_ERROR}, False),
    ],
)
def test_a_goal_that_is_reached_or_given_up_is_not_overdue(
    fields: dict[str, Any], is_open: bool
) -> None:
    content = a_content(goals=(a_goal(target=_target(PAST), **fields),))
    assert bool(overdue(content, TODAY)) is is_open


def test_without_a_content_or_a_day_nothing_is_overdue() -> None:
    assert overdue(None, TODAY) == []
    assert overdue(a_content(goals=(a_goal(target=_target(None)),)), TODAY) == []
