"""Turns a story's written documents into one patient's own: names, values and dates filled in.

A story is a file per plan part in `local/stories`: the content as the domain types it, and what
may vary. In its texts `{word}` stands for a name or a choice, `{vekt}` for a number, `{vekt+2}` for
that much more and `{pef%80}` for so many per cent of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random

import msgspec
from msgspec.structs import replace

from domain.code_system import FOR_PROBLEMS
from domain.coding import Coding
from domain.content.action import Action
from domain.content.goal import Goal
from domain.content.plan_content import Interpreter, PlanContent
from domain.content.problem import Problem
from domain.content.self_care import Receiver, SelfCare
from domain.content.zone import Threshold, ThresholdBasis, Zone
from domain.plan.part import PlanKind
from local.synthetic.world import KnownProblem, Person

FOLDER = Path(__file__).resolve().parent.parent / "stories"
FALLBACK = "imported"

# People whose story has no documents of that name; the others are found by their own.
_TOLD_AS = {"bipolar": ("krise",), "hjerneslag": ("individuell_plan", "imported")}
_SOMETIMES_AS_WELL = {"palliasjon_barn": "individuell_plan", "skropelig_eldre": "individuell_plan"}

_PLACEHOLDER = re.compile(r"\{(\w+)(?:([+%-])(\d+))?\}")


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number that differs between patients; thresholds of its LOINC code move along with it."""

    usual: int
    low: int
    high: int
    step: int
    code: str | None = None

    def draw(self, random: Random) -> int:
        """Return one patient's value."""
        return random.randrange(self.low, self.high + 1, self.step)


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One plan part of a story.

    `sometimes` is the share of the story's patients who have it. `own` names problem lines that are
    the patient's own diagnosis, by the beginning of its code.
    """

    kind: PlanKind
    content: msgspec.Raw
    sometimes: float = 1.0
    own: dict[str, str] = {}
    choices: dict[str, tuple[str, ...]] = {}
    numbers: dict[str, Range] = {}


class Drawn(msgspec.Struct, frozen=True):
    """What chance decided for one patient: the same in all parts of the plan."""

    words: dict[str, str]
    numbers: dict[str, int]


def of_story(story: str) -> tuple[Template, ...]:
    """Return the plan parts of a story, or of the plain one for people nobody wrote about."""
    names = _TOLD_AS.get(story, (story,))
    told = tuple(_read(path) for name in names for path in sorted(FOLDER.glob(f"{name}.*.json")))
    if not told and story != FALLBACK:
        return of_story(FALLBACK)
    extra = _SOMETIMES_AS_WELL.get(story)
    return (*told, *of_story(extra)) if extra else told


def draw(template: Template, person: Person, random: Random, known: Drawn) -> Drawn:
    """Decide what the template leaves open and is not decided yet; measured values come first."""
    measured = {vital.code: round(vital.value) for vital in person.vitals}
    words = {name: random.choice(options) for name, options in template.choices.items()}
    numbers = {
        name: measured.get(each.code or "", each.draw(random))
        for name, each in template.numbers.items()
    }
    return Drawn(words | known.words, numbers | known.numbers)


def fill(template: Template, person: Person, drawn: Drawn) -> PlanContent:
    """Return the content as this patient's own; dates are still those of the file."""
    text = _fill_text(bytes(template.content).decode(), drawn)
    content = msgspec.json.decode(text, type=PlanContent)
    return replace(
        content,
        problems=_problems(content.problems, template.own, person),
        # A contact whose number nobody knows is of no help in an emergency.
        contacts=tuple(contact for contact in content.contacts if contact.phone),
        self_care=_personal(content.self_care, template.numbers, drawn.numbers),
        interpreter=_interpreter(person),
    )


def dated(content: PlanContent, began: date, written: date) -> PlanContent:
    """Return the content with its dates moved to when the part began and was last written."""
    if content.period_start is None:
        return content
    later = written - content.period_start
    return replace(
        content,
        period_start=began,
        period_end=content.period_end and content.period_end + later,
        goals=tuple(
            replace(goal, target=replace(goal.target, due=goal.target.due + later))
            if goal.target and goal.target.due
            else goal
            for goal in content.goals
        ),
    )


def linked(content: PlanContent) -> PlanContent:
    """Return the content without links to lines that are no longer in it."""
    problems = {problem.id for problem in content.problems}
    goals = {goal.id for goal in content.goals}

    def goal_links(goal: Goal) -> Goal:
        return replace(goal, problem_ids=_kept(goal.problem_ids, problems))

    def action_links(action: Action) -> Action:
        kept = _kept(action.problem_ids, problems)
        return replace(action, problem_ids=kept, goal_ids=_kept(action.goal_ids, goals))

    return replace(
        content,
        goals=tuple(map(goal_links, content.goals)),
        actions=tuple(map(action_links, content.actions)),
    )


def _read(path: Path) -> Template:
    return msgspec.json.decode(path.read_bytes(), type=Template)


def _kept(links: tuple[str, ...], lines: set[str]) -> tuple[str, ...]:
    return tuple(link for link in links if link in lines)


def _fill_text(text: str, drawn: Drawn) -> str:
    """Fill placeholders, those in the words that were filled in included."""

    def value(found: re.Match[str]) -> str:
        name, sign, amount = found.groups()
        if name in drawn.numbers:
            return _number(drawn.numbers[name], sign, int(amount or 0))
        if name not in drawn.words:
            return found.group()  # not ours: UCUM writes units such as {score}
        return _fill_text(_as_json_text(drawn.words[name]), drawn)

    return _PLACEHOLDER.sub(value, text)


def _as_json_text(word: str) -> str:
    return msgspec.json.encode(word).decode()[1:-1]


def _number(value: int, sign: str | None, amount: int) -> str:
    signed = {"+": value + amount, "-": value - amount, "%": round(value * amount / 100)}
    return str(signed[sign] if sign else value)


def _problems(
    written: tuple[Problem, ...], own: Mapping[str, str], person: Person
) -> tuple[Problem, ...]:
    """Return the problem lines, with the patient's own diagnoses where the story asks for them."""
    lines = {problem.id: problem for problem in written}
    left = list(person.problems)
    for line, prefix in own.items():
        known = next((p for p in left if (p.code or "").startswith(prefix)), None)
        if known is not None:
            left.remove(known)
            before = lines.get(line)
            note = before.note if before else None
            lines[line] = Problem(id=line, concept=_concept(known), note=note)
    return tuple(lines.values())


def _concept(known: KnownProblem) -> Coding:
    """Return the diagnosis with its code, or in words alone if a plan can't name its system."""
    if known.system not in FOR_PROBLEMS or known.code is None:
        return Coding(text=known.text)
    return Coding(text=known.text, system=known.system, code=known.code)


def _interpreter(person: Person) -> Interpreter | None:
    if not person.interpreter:
        return None
    return Interpreter(language=person.language, note="Bestill tolk til alle samtaler om planen.")


def _personal(
    self_care: SelfCare | None, ranges: Mapping[str, Range], numbers: Mapping[str, int]
) -> SelfCare | None:
    """Return the zones with limits around the patient's own values."""
    if self_care is None:
        return None
    own = {each.code: (each, numbers[name]) for name, each in ranges.items() if each.code}

    def limits(threshold: Threshold) -> Threshold:
        found = own.get(threshold.observable.code or "")
        return threshold if found is None else _moved(threshold, *found)

    def zone(each: Zone) -> Zone:
        return replace(each, thresholds=tuple(map(limits, each.thresholds)))

    return replace(
        self_care,
        zones=tuple(map(zone, self_care.zones)),
        receiver=self_care.receiver and _reached(self_care.receiver),
    )


def _reached(receiver: Receiver) -> Receiver | None:
    """Return the unit as it can be reached; without a number of its own nothing reaches it."""
    if not receiver.organisation_number:
        return None
    return replace(receiver, phone=receiver.phone or None)


def _moved(threshold: Threshold, around: Range, value: int) -> Threshold:
    if threshold.basis is ThresholdBasis.PERCENT_OF_BASELINE:
        return replace(threshold, baseline=float(value))
    low, high = (
        None if limit is None else limit + value - around.usual
        for limit in (threshold.low, threshold.high)
    )
    return replace(threshold, low=low, high=high)
