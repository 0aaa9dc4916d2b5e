"""What a rule about a part's content is: a code, where it stands, and how to see what lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from domain.author import Author
from domain.content.plan_content import PlanContent
from domain.noun import Noun
from domain.plan.care_team import TeamMember
from domain.plan.part import PlanKind


class MissingCode(Enum):
    """What may be missing from a part; `domain.wording.mandatory` has the sentences."""

    PROBLEM = "PROBLEM"
    GOAL_OR_ZONE = "GOAL_OR_ZONE"
    RESPONSIBLE = "RESPONSIBLE"
    REVIEW_DATE = "REVIEW_DATE"
    GOAL = "GOAL"
    ACTION = "ACTION"
    ACTION_FOR_GOAL = "ACTION_FOR_GOAL"
    ACTION_OWNER = "ACTION_OWNER"
    ACTION_EXTENT = "ACTION_EXTENT"
    WHAT_MATTERS = "WHAT_MATTERS"
    OWN_GOAL = "OWN_GOAL"
    MEDICATION_MEASURE = "MEDICATION_MEASURE"
    OTHER_MEASURE = "OTHER_MEASURE"
    GREEN_ZONE = "GREEN_ZONE"
    YELLOW_ZONE = "YELLOW_ZONE"
    RED_ZONE = "RED_ZONE"
    YELLOW_CONTACT = "YELLOW_CONTACT"
    RED_CONTACT = "RED_CONTACT"
    EMERGENCY_NUMBER = "EMERGENCY_NUMBER"
    READER = "READER"
    RESOURCES_AND_NEEDS = "RESOURCES_AND_NEEDS"
    PARTICIPANTS = "PARTICIPANTS"
    COORDINATION = "COORDINATION"
    CONTRIBUTIONS = "CONTRIBUTIONS"
    IMPLEMENTATION = "IMPLEMENTATION"
    PERIOD = "PERIOD"
    CONSENT = "CONSENT"
    COOPERATION = "COOPERATION"
    EARLY_SIGNS = "EARLY_SIGNS"
    WHOM_TO_CONTACT = "WHOM_TO_CONTACT"
    HOW_TO_MEET_ME = "HOW_TO_MEET_ME"
    WANTED_HELP = "WANTED_HELP"
    FUNCTION = "FUNCTION"
    CHILD_COORDINATOR = "CHILD_COORDINATOR"
    TREATMENT_CLARIFICATIONS = "TREATMENT_CLARIFICATIONS"
    SYMPTOM_RELIEF = "SYMPTOM_RELIEF"
    ACUTE_EVENTS = "ACUTE_EVENTS"
    UPDATING = "UPDATING"
    RELATED_PLANS = "RELATED_PLANS"
    FAMILY = "FAMILY"


class RuleSource(Noun):
    """The law or guidance that a rule stands in, by its own Norwegian name; a reader's pointer."""

    name: str
    section: str | None = None


class Missing(Noun):
    """One thing that a part of this kind still needs; `line` is the line that lacks it."""

    kind: PlanKind
    code: MissingCode
    source: RuleSource
    line: str | None = None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A part that somebody wants to activate: what it says and who stands around it."""

    content: PlanContent
    responsible: Author | None = None
    review_due: date | None = None
    care_team: Sequence[TeamMember] = ()


# The lines that lack what is asked for; None stands for the part as a whole.
Lacking = Callable[[Candidate], Iterable[str | None]]


@dataclass(frozen=True)
class Requirement:
    """One rule."""

    code: MissingCode
    source: RuleSource
    lacking: Lacking


def part(is_met: Callable[[Candidate], object]) -> Lacking:
    """Ask something of the part as a whole."""

    def lacking(candidate: Candidate) -> Iterable[str | None]:
        return () if is_met(candidate) else (None,)

    return lacking
