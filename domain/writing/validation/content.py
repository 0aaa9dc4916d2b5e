"""A content and its lines, checked whole."""

from __future__ import annotations

from collections.abc import Collection

from domain.code_system import FOR_PROBLEMS
from domain.content.action import Action
from domain.content.contact import ContactPoint
from domain.content.goal import Goal, Target
from domain.content.passage import Passage
from domain.content.plan_content import Interpreter, PlanContent, TemplateUse
from domain.content.problem import Problem
from domain.content.zone import ZoneLevel
from domain.writing.fault import Fault, FaultCode
from domain.writing.validation.coding import code, taken_over
from domain.writing.validation.line import few, ids_of, placed, references, unique_ids
from domain.writing.validation.number import day, within
from domain.writing.validation.self_care import self_care
from domain.writing.validation.text import (
    Faults,
    identifier,
    language,
    optional_line,
    optional_text,
    phone,
    required_line,
    required_text,
)

# A list where everything comes first has no order.
LOWEST_PRIORITY = 99
MOST_VERSIONS = 1_000_000
# Lines of every kind may be confirmed.
MOST_CONFIRMED = 500


def faults_of(content: PlanContent, at: str = "content") -> tuple[Fault, ...]:
    """Return everything that keeps a content from being stored, none if it is sound.

    `at` is the place of the content in the input. Never raises, whatever the texts hold.
    """
    return (*_head(content, at), *_lines(content, at), *_rest(content, at))


def _head(content: PlanContent, at: str) -> Faults:
    yield from required_line(content.title, f"{at}.title")
    yield from optional_text(content.description, f"{at}.description")
    yield from optional_text(content.what_matters_to_me, f"{at}.whatMattersToMe")
    start, end = content.period_start, content.period_end
    yield from day(start, f"{at}.periodStart")
    yield from day(end, f"{at}.periodEnd")
    if start and end and end < start:
        place = f"{at}.periodEnd"
        yield Fault(path=place, code=FaultCode.END_BEFORE_START, other=f"{at}.periodStart")


def _lines(content: PlanContent, at: str) -> Faults:
    problems = {problem.id for problem in content.problems}
    goals = {goal.id for goal in content.goals}
    yield from few(content.passages, f"{at}.passages")
    for passage, place in placed(content.passages, f"{at}.passages"):
        yield from _passage(passage, place)
    yield from few(content.problems, f"{at}.problems")
    for problem, place in placed(content.problems, f"{at}.problems"):
        yield from _problem(problem, place)
    yield from few(content.goals, f"{at}.goals")
    for goal, place in placed(content.goals, f"{at}.goals"):
        yield from _goal(goal, place, problems)
    yield from few(content.actions, f"{at}.actions")
    for action, place in placed(content.actions, f"{at}.actions"):
        yield from _action(action, place, problems, goals)
    yield from few(content.contacts, f"{at}.contacts")
    for contact, place in placed(content.contacts, f"{at}.contacts"):
        yield from _contact(contact, place)


def _rest(content: PlanContent, at: str) -> Faults:
    if content.self_care:
        yield from self_care(content.self_care, f"{at}.selfCare")
    if content.interpreter:
        yield from _interpreter(content.interpreter, f"{at}.interpreter")
    if content.template:
        known = {line for line, _ in ids_of(content, at)} | {level.name for level in ZoneLevel}
        yield from _template(content.template, f"{at}.template", known)
    yield from unique_ids(content, at)


def _passage(passage: Passage, at: str) -> Faults:
    yield from identifier(passage.id, f"{at}.id")
    yield from required_text(passage.text, f"{at}.text")


def _problem(problem: Problem, at: str) -> Faults:
    yield from identifier(problem.id, f"{at}.id")
    yield from code(problem.concept, f"{at}.concept", FOR_PROBLEMS, problem.origin)
    yield from day(problem.onset, f"{at}.onset")
    yield from optional_text(problem.note, f"{at}.note")
    yield from taken_over(problem.origin, f"{at}.origin")


def _goal(goal: Goal, at: str, problems: Collection[str]) -> Faults:
    yield from identifier(goal.id, f"{at}.id")
    yield from required_text(goal.description, f"{at}.description")
    if goal.target:
        yield from _target(goal.target, f"{at}.target")
    yield from within(goal.priority, f"{at}.priority", 1, LOWEST_PRIORITY)
    yield from references(goal.problem_ids, f"{at}.problemIds", problems)


def _target(target: Target, at: str) -> Faults:
    yield from required_line(target.measure, f"{at}.measure")
    yield from required_line(target.value, f"{at}.value")
    yield from optional_line(target.unit, f"{at}.unit")
    yield from day(target.due, f"{at}.due")


def _action(action: Action, at: str, problems: Collection[str], goals: Collection[str]) -> Faults:
    yield from identifier(action.id, f"{at}.id")
    yield from required_line(action.title, f"{at}.title")
    yield from optional_text(action.description, f"{at}.description")
    yield from optional_line(action.timing, f"{at}.timing")
    yield from day(action.due, f"{at}.due")
    yield from optional_line(action.owner, f"{at}.owner")
    yield from references(action.problem_ids, f"{at}.problemIds", problems)
    yield from references(action.goal_ids, f"{at}.goalIds", goals)


def _contact(contact: ContactPoint, at: str) -> Faults:
    yield from identifier(contact.id, f"{at}.id")
    yield from required_line(contact.label, f"{at}.label")
    yield from phone(contact.phone, f"{at}.phone")
    yield from optional_line(contact.hours, f"{at}.hours")
    yield from taken_over(contact.origin, f"{at}.origin")


def _interpreter(interpreter: Interpreter, at: str) -> Faults:
    yield from language(interpreter.language, f"{at}.language")
    yield from optional_text(interpreter.note, f"{at}.note")


def _template(template: TemplateUse, at: str, known: Collection[str]) -> Faults:
    yield from identifier(template.template_id, f"{at}.templateId")
    yield from within(template.template_version, f"{at}.templateVersion", 1, MOST_VERSIONS)
    yield from references(template.confirmed_lines, f"{at}.confirmedLines", known, MOST_CONFIRMED)
