"""The rules themselves, one table. They hold for contents without faults: no text is blank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.author import Author
from domain.content.passage import Heading
from domain.content.plan_content import PlanContent
from domain.content.zone import ZoneLevel
from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.plan.mandatory import asked
from domain.plan.mandatory.rule import (
    Candidate,
    Missing,
    MissingCode,
    Requirement,
    RuleSource,
    part,
)
from domain.plan.part import PlanKind

_OURS = RuleSource(name="Tjenestens egne regler for planer")
_HOME_MONITORING = RuleSource(
    name="Digital hjemmeoppfølging, sluttrapport 2021 (Helsedirektoratet)", section="6.5"
)
_NATIONAL_PLANS = RuleSource(name="Pasientens planer (Norsk helsenett)", section="Planer v0.4")
_PSYCHOSIS = RuleSource(
    name="Nasjonal faglig retningslinje for psykoselidelser", section="Kriseplan"
)
_ADVANCE_PLANNING = RuleSource(
    name="Nasjonale faglige råd: forhåndssamtaler og planlegging ved begrenset forventet levetid",
    section="Forhåndssamtaler",
)
_END_OF_LIFE = RuleSource(
    name="Nasjonale faglige råd: lindrende behandling i livets sluttfase",
)
_CHILDREN = RuleSource(
    name="Palliasjon til barn og unge, høringsutkast 2024 (Helsedirektoratet)",
    section="Plan for beredskap og livskvalitet",
)


def _point(letter: str) -> RuleSource:
    """One of the nine points that an individual plan has by regulation."""
    return RuleSource(
        name="Forskrift om habilitering og rehabilitering, individuell plan og koordinator",
        section=f"§ 19 {letter}",
    )


_EVERY_PART = (
    Requirement(MissingCode.PROBLEM, _OURS, part(asked.has_problem)),
    Requirement(MissingCode.RESPONSIBLE, _OURS, part(asked.has_responsible)),
)
_REVIEWED = Requirement(MissingCode.REVIEW_DATE, _OURS, part(asked.has_review_date))

# Every part has one or the other; here where the kind itself asks for neither.
_GOAL_OR_ZONE = Requirement(MissingCode.GOAL_OR_ZONE, _OURS, part(asked.has_goal_or_zone))

# In the other kinds a goal may be a wish that nobody can promise to act on.
_GOALS_ARE_WORKED_FOR = (
    Requirement(MissingCode.ACTION_FOR_GOAL, _OURS, asked.goals_without_action),
    Requirement(MissingCode.ACTION_OWNER, _OURS, asked.actions_without_owner),
)

_BY_KIND: dict[PlanKind, tuple[Requirement, ...]] = {
    PlanKind.BEHANDLINGSPLAN: (
        _REVIEWED,
        Requirement(MissingCode.GOAL, _OURS, part(asked.has_goal)),
        Requirement(MissingCode.ACTION, _OURS, part(asked.has_action)),
        *_GOALS_ARE_WORKED_FOR,
    ),
    PlanKind.EGENBEHANDLINGSPLAN: (
        _REVIEWED,
        Requirement(MissingCode.WHAT_MATTERS, _HOME_MONITORING, part(asked.says_what_matters)),
        Requirement(MissingCode.OWN_GOAL, _HOME_MONITORING, part(asked.has_own_goal)),
        Requirement(
            MissingCode.MEDICATION_MEASURE, _HOME_MONITORING, part(asked.has_medication_measure)
        ),
        Requirement(MissingCode.OTHER_MEASURE, _HOME_MONITORING, part(asked.has_other_measure)),
        *_GOALS_ARE_WORKED_FOR,
        Requirement(MissingCode.GREEN_ZONE, _NATIONAL_PLANS, asked.zone(ZoneLevel.GREEN)),
        Requirement(MissingCode.YELLOW_ZONE, _NATIONAL_PLANS, asked.zone(ZoneLevel.YELLOW)),
        Requirement(MissingCode.RED_ZONE, _NATIONAL_PLANS, asked.zone(ZoneLevel.RED)),
        Requirement(MissingCode.YELLOW_CONTACT, _OURS, asked.contact_in(ZoneLevel.YELLOW)),
        Requirement(MissingCode.RED_CONTACT, _OURS, asked.contact_in(ZoneLevel.RED)),
        Requirement(MissingCode.EMERGENCY_NUMBER, _OURS, part(asked.has_emergency_number)),
        Requirement(MissingCode.READER, _OURS, part(asked.has_reader)),
    ),
    PlanKind.INDIVIDUELL_PLAN: (
        Requirement(MissingCode.GOAL, _point("a"), part(asked.has_goal)),
        Requirement(
            MissingCode.RESOURCES_AND_NEEDS, _point("a"), asked.text(Heading.RESOURCES_AND_NEEDS)
        ),
        Requirement(
            MissingCode.PARTICIPANTS, _point("b"), asked.text_or_team(Heading.PARTICIPANTS)
        ),
        Requirement(
            MissingCode.COORDINATION,
            _point("c"),
            asked.text_or_function(
                Heading.COORDINATION,
                CareTeamFunction.COORDINATOR,
                CareTeamFunction.CHILD_COORDINATOR,
            ),
        ),
        Requirement(MissingCode.CONTRIBUTIONS, _point("d"), asked.text(Heading.CONTRIBUTIONS)),
        Requirement(MissingCode.ACTION, _point("e"), part(asked.has_action)),
        Requirement(MissingCode.ACTION_EXTENT, _point("e"), asked.actions_without_extent),
        Requirement(MissingCode.ACTION_OWNER, _point("e"), asked.actions_without_owner),
        Requirement(MissingCode.ACTION_FOR_GOAL, _OURS, asked.goals_without_action),
        Requirement(MissingCode.IMPLEMENTATION, _point("f"), asked.text(Heading.IMPLEMENTATION)),
        Requirement(MissingCode.PERIOD, _point("g"), part(asked.has_period)),
        Requirement(MissingCode.REVIEW_DATE, _point("g"), part(asked.has_review_date)),
        Requirement(MissingCode.CONSENT, _point("h"), asked.text(Heading.CONSENT)),
        Requirement(MissingCode.COOPERATION, _point("i"), asked.text(Heading.COOPERATION)),
    ),
    PlanKind.KRISEPLAN: (
        _REVIEWED,
        _GOAL_OR_ZONE,
        Requirement(MissingCode.EARLY_SIGNS, _PSYCHOSIS, part(asked.shows_early_signs)),
        Requirement(MissingCode.WHOM_TO_CONTACT, _PSYCHOSIS, part(asked.has_contact)),
        Requirement(MissingCode.HOW_TO_MEET_ME, _PSYCHOSIS, asked.text(Heading.HOW_TO_MEET_ME)),
        Requirement(MissingCode.WANTED_HELP, _PSYCHOSIS, asked.text(Heading.WANTED_HELP)),
    ),
    PlanKind.PALLIATIV_PLAN: (
        _REVIEWED,
        _GOAL_OR_ZONE,
        Requirement(MissingCode.WHAT_MATTERS, _ADVANCE_PLANNING, part(asked.says_what_matters)),
        Requirement(
            MissingCode.TREATMENT_CLARIFICATIONS,
            _ADVANCE_PLANNING,
            asked.text(Heading.TREATMENT_CLARIFICATIONS),
        ),
        Requirement(MissingCode.SYMPTOM_RELIEF, _END_OF_LIFE, asked.text(Heading.SYMPTOM_RELIEF)),
        Requirement(MissingCode.FAMILY, _END_OF_LIFE, asked.text(Heading.FAMILY)),
        Requirement(MissingCode.ACUTE_EVENTS, _OURS, asked.text(Heading.ACUTE_EVENTS)),
        Requirement(MissingCode.WHOM_TO_CONTACT, _OURS, part(asked.has_contact)),
    ),
    PlanKind.BARN_BEREDSKAP_LIVSKVALITET: (
        _REVIEWED,
        _GOAL_OR_ZONE,
        Requirement(MissingCode.WHAT_MATTERS, _CHILDREN, part(asked.says_what_matters)),
        Requirement(MissingCode.FUNCTION, _CHILDREN, asked.text(Heading.FUNCTION)),
        Requirement(MissingCode.PARTICIPANTS, _CHILDREN, asked.text_or_team(Heading.PARTICIPANTS)),
        Requirement(
            MissingCode.CHILD_COORDINATOR,
            _CHILDREN,
            asked.text_or_function(Heading.COORDINATION, CareTeamFunction.CHILD_COORDINATOR),
        ),
        Requirement(
            MissingCode.TREATMENT_CLARIFICATIONS,
            _CHILDREN,
            asked.text(Heading.TREATMENT_CLARIFICATIONS),
        ),
        Requirement(MissingCode.SYMPTOM_RELIEF, _CHILDREN, asked.text(Heading.SYMPTOM_RELIEF)),
        Requirement(MissingCode.ACUTE_EVENTS, _CHILDREN, asked.text(Heading.ACUTE_EVENTS)),
        Requirement(MissingCode.UPDATING, _CHILDREN, asked.text(Heading.UPDATING)),
        Requirement(MissingCode.RELATED_PLANS, _CHILDREN, asked.text(Heading.RELATED_PLANS)),
    ),
}


def requirements(kind: PlanKind) -> tuple[Requirement, ...]:
    """Return the rules for a kind of part, in the order they are told."""
    return (*_EVERY_PART, *_BY_KIND[kind])


def missing(
    kind: PlanKind,
    content: PlanContent,
    *,
    responsible: Author | None,
    review_due: date | None,
    care_team: Sequence[TeamMember] = (),
) -> tuple[Missing, ...]:
    """Return what a part of a kind still needs before it can be activated, item by item."""
    candidate = Candidate(
        content=content, responsible=responsible, review_due=review_due, care_team=care_team
    )
    return tuple(
        Missing(kind=kind, code=rule.code, source=rule.source, line=line)
        for rule in requirements(kind)
        for line in rule.lacking(candidate)
    )
