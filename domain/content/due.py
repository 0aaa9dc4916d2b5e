"""What a content says should have been done by a day, and is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.content.action import Action, ActionStatus
from domain.content.goal import Achievement, Goal, GoalStatus
from domain.content.line import ContentSection
from domain.content.plan_content import PlanContent
from domain.noun import Noun

_NOT_DONE = (ActionStatus.ACTIVE, ActionStatus.ON_HOLD)
_WORKED_FOR = (
    GoalStatus.PROPOSED,
    GoalStatus.PLANNED,
    GoalStatus.ACCEPTED,
    GoalStatus.ACTIVE,
    GoalStatus.ON_HOLD,
)
_REACHED = (Achievement.ACHIEVED, Achievement.SUSTAINING)


class DueLine(Noun):
    """An action or goal with its day; `label` is what the line says first."""

    section: ContentSection
    line_id: str
    label: str
    due: date


def overdue(content: PlanContent | None, today: date) -> list[DueLine]:
    """Return the actions and goals whose day is past and that are not done, earliest first."""
    late = (line for line in _due(content) if line.due < today)
    return sorted(late, key=lambda line: line.due)


def _due(content: PlanContent | None) -> Iterator[DueLine]:
    for action in content.actions if content else ():
        if action.due is not None and is_open(action):
            yield DueLine(
                section=ContentSection.ACTIONS,
                line_id=action.id,
                label=action.title,
                due=action.due,
            )
    for goal in content.goals if content else ():
        due = goal.target.due if goal.target else None
        if due is not None and _is_worked_for(goal):
            label = goal.description
            section = ContentSection.GOALS
            yield DueLine(section=section, line_id=goal.id, label=label, due=due)


def is_open(action: Action) -> bool:
    """Tell whether an action is neither done nor called off."""
    return action.status in _NOT_DONE


def _is_worked_for(goal: Goal) -> bool:
    return goal.status in _WORKED_FOR and goal.achievement not in _REACHED
