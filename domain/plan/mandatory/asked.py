"""What rules ask of a part, each a question to its content or to those around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.content.action import Action, ActionCategory, ActionStatus
from domain.content.goal import ExpressedBy, Goal, GoalStatus
from domain.content.passage import Heading
from domain.content.problem import ProblemStatus
from domain.content.zone import Zone, ZoneLevel
from domain.plan.care_team import CareTeamFunction
from domain.plan.mandatory.rule import Candidate, Lacking, part

_OVER = frozenset(
    {
        GoalStatus.COMPLETED,
        GoalStatus.CANCELLED,
        GoalStatus.REJECTED,
        GoalStatus.ENTERED_IN_ERROR,
    }
)
_TO_BE_DONE = frozenset({ActionStatus.ACTIVE, ActionStatus.ON_HOLD})
_EMERGENCY = re.compile(r"(?<![0-9])113(?![0-9])")


def has_problem(candidate: Candidate) -> bool:
    """A problem that isn't over."""
    problems = candidate.content.problems
    return any(problem.status is not ProblemStatus.RESOLVED for problem in problems)


def has_goal(candidate: Candidate) -> bool:
    """A goal that is still to be reached."""
    return any(_goals(candidate))


def has_goal_or_zone(candidate: Candidate) -> bool:
    """Something to work towards, or to act by."""
    return has_goal(candidate) or bool(_zones(candidate))


def has_own_goal(candidate: Candidate) -> bool:
    """A goal in the patient's own words."""
    return any(goal.expressed_by is ExpressedBy.PATIENT for goal in _goals(candidate))


def has_responsible(candidate: Candidate) -> bool:
    """A named person who answers for the part."""
    return candidate.responsible is not None


def has_review_date(candidate: Candidate) -> bool:
    """A day for the next review."""
    return candidate.review_due is not None


def has_period(candidate: Candidate) -> bool:
    """A first and a last day."""
    content = candidate.content
    return content.period_start is not None and content.period_end is not None


def says_what_matters(candidate: Candidate) -> bool:
    """The patient's word on what matters."""
    return bool(candidate.content.what_matters_to_me)


def has_action(candidate: Candidate) -> bool:
    """Something to be done."""
    return any(_actions(candidate))


def has_medication_measure(candidate: Candidate) -> bool:
    """Something to be done with medicines."""
    care = candidate.content.self_care
    is_action = any(each.category is ActionCategory.MEDICATION for each in _actions(candidate))
    return is_action or bool(care and care.medicines)


def has_other_measure(candidate: Candidate) -> bool:
    """Something to be done without medicines."""
    return any(each.category is not ActionCategory.MEDICATION for each in _actions(candidate))


def goals_without_action(candidate: Candidate) -> Iterator[str]:
    """Goals that nothing is done for."""
    served = {goal for action in _actions(candidate) for goal in action.goal_ids}
    return (goal.id for goal in _goals(candidate) if goal.id not in served)


def actions_without_owner(candidate: Candidate) -> Iterator[str]:
    """Actions that nobody answers for."""
    return (action.id for action in _actions(candidate) if not action.owner)


def actions_without_extent(candidate: Candidate) -> Iterator[str]:
    """Actions that don't say how often or how much."""
    return (action.id for action in _actions(candidate) if not action.timing)


def zone(level: ZoneLevel) -> Lacking:
    """Ask for a zone of a colour."""
    return part(lambda candidate: _zone(candidate, level))


def contact_in(level: ZoneLevel) -> Lacking:
    """Ask for somebody to call in a zone: in its words, or a number that is for it."""

    def is_met(candidate: Candidate) -> bool:
        found = _zone(candidate, level)
        numbers = candidate.content.contacts
        return bool(found and found.contact) or any(each.zone is level for each in numbers)

    return part(is_met)


def has_contact(candidate: Candidate) -> bool:
    """Somebody to call, in any zone."""
    in_zones = any(each.contact for each in _zones(candidate))
    return in_zones or bool(candidate.content.contacts)


def has_emergency_number(candidate: Candidate) -> bool:
    """113 where one looks for it in the red zone, or among the numbers that are for it or any."""
    red = _zone(candidate, ZoneLevel.RED)
    if red and _EMERGENCY.search(red.contact or ""):
        return True
    fitting = (None, ZoneLevel.RED)
    return any(
        each.phone.strip() == "113" and each.zone in fitting for each in candidate.content.contacts
    )


def has_reader(candidate: Candidate) -> bool:
    """A unit that reads what is reported, with its hours, or a text that says who does, if any."""
    care = candidate.content.self_care
    reads = care and care.receiver and care.receiver.hours
    return bool(reads) or _says(candidate, Heading.REPORTING)


def shows_early_signs(candidate: Candidate) -> bool:
    """Early signs, under their heading or as the yellow zone's."""
    yellow = _zone(candidate, ZoneLevel.YELLOW)
    return _says(candidate, Heading.EARLY_SIGNS) or bool(yellow and yellow.warning_signs)


def text(heading: Heading) -> Lacking:
    """Ask for a text under a heading."""
    return part(lambda candidate: _says(candidate, heading))


def text_or_team(heading: Heading) -> Lacking:
    """Ask for a text under a heading; a care team says the same."""
    return part(lambda candidate: _says(candidate, heading) or candidate.care_team)


def text_or_function(heading: Heading, *functions: CareTeamFunction) -> Lacking:
    """Ask for a text under a heading; somebody in the care team with a function says the same."""

    def is_met(candidate: Candidate) -> bool:
        team = candidate.care_team
        held = {function for member in team for function in member.functions}
        return _says(candidate, heading) or not held.isdisjoint(functions)

    return part(is_met)


def _says(candidate: Candidate, heading: Heading) -> bool:
    return any(passage.heading is heading for passage in candidate.content.passages)


def _goals(candidate: Candidate) -> Iterator[Goal]:
    return (goal for goal in candidate.content.goals if goal.status not in _OVER)


def _actions(candidate: Candidate) -> Iterator[Action]:
    return (each for each in candidate.content.actions if each.status in _TO_BE_DONE)


def _zones(candidate: Candidate) -> tuple[Zone, ...]:
    care = candidate.content.self_care
    return care.zones if care else ()


def _zone(candidate: Candidate, level: ZoneLevel) -> Zone | None:
    return next((each for each in _zones(candidate) if each.level is level), None)
