from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.author import Author
from domain.content.passage import Heading
from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.plan.mandatory import MissingCode, missing
from domain.plan.mandatory.table import requirements
from domain.plan.part import PlanKind
from domain.writing.validation import faults_of
from tests.builders import NOW
from tests.contents import CONTENT, a_content

TREATMENT = PlanKind.BEHANDLINGSPLAN
SELF_CARE = PlanKind.EGENBEHANDLINGSPLAN
CRISIS = PlanKind.KRISEPLAN
PALLIATIVE = PlanKind.PALLIATIV_PLAN
CHILD = PlanKind.BARN_BEREDSKAP_LIVSKVALITET
INDIVIDUAL = PlanKind.INDIVIDUELL_PLAN
ALL = tuple(PlanKind)

TEXTS = [
    {"id": f"t{order}", "heading": heading.name, "text": "Slik er det."}
    for order, heading in enumerate(Heading)
]
ACTION, WALK = CONTENT["actions"]
OWNED_WALK = WALK | {"owner": "Kim", "timing": "Hver dag", "goalIds": ["g1"]}
GREEN, YELLOW, RED = CONTENT["selfCare"]["zones"]
WHOLE = {"passages": TEXTS, "actions": [ACTION, OWNED_WALK], "template": None}
SOMEBODY = Author(name="Ingrid Haugen")
REVIEW = date(2027, 1, 20)


def lacking(
    kind: PlanKind,
    *team: TeamMember,
    responsible: Author | None = SOMEBODY,
    review_due: date | None = REVIEW,
    **changes: Any,
) -> list[tuple[str, str | None]]:
    content = a_content(**WHOLE | changes)
    assert faults_of(content) == ()  # what is asked about can also be written
    found = missing(kind, content, responsible=responsible, review_due=review_due, care_team=team)
    return [(item.code.name, item.line) for item in found]


def codes(kind: PlanKind, **changes: Any) -> list[str]:
    return [code for code, _ in lacking(kind, **changes)]


def without(*headings: Heading) -> Any:
    return [text for text in TEXTS if Heading[text["heading"]] not in headings]


def member(*functions: CareTeamFunction) -> TeamMember:
    return TeamMember(
        id="m", patient_id="pat_1", version=1, name="Siri Nordvik", since=NOW, functions=functions
    )


@pytest.mark.parametrize("kind", PlanKind)
def test_a_whole_part_lacks_nothing(kind: PlanKind) -> None:
    assert lacking(kind) == []


@pytest.mark.parametrize(
    ("changes", "code", "kinds"),
    [
        ({"responsible": None}, "RESPONSIBLE", ALL),
        ({"review_due": None}, "REVIEW_DATE", ALL),
        ({"problems__0__status": "RESOLVED"}, "PROBLEM", ALL),
        ({"whatMattersToMe": None}, "WHAT_MATTERS", (SELF_CARE, PALLIATIVE, CHILD)),
        ({"periodEnd": None}, "PERIOD", (INDIVIDUAL,)),
        ({"goals__0__expressedBy": "CLINICIAN"}, "OWN_GOAL", (SELF_CARE,)),
        ({"selfCare__zones": [YELLOW, RED]}, "GREEN_ZONE", (SELF_CARE,)),
        (
            {"selfCare__receiver": None, "passages": without(Heading.REPORTING)},
            "READER",
            (SELF_CARE,),
        ),
        (
            {"selfCare__zones__1__contact": None},
            "YELLOW_CONTACT",
            (SELF_CARE,),
        ),
        (
            {"selfCare__medicines": [], "actions": [OWNED_WALK]},
            "MEDICATION_MEASURE",
            (SELF_CARE,),
        ),
        ({"actions": [ACTION]}, "OTHER_MEASURE", (SELF_CARE,)),
    ],
)
def test_what_is_taken_away_is_told_where_it_is_asked_for(
    changes: dict[str, Any], code: str, kinds: tuple[PlanKind, ...]
) -> None:
    for kind in PlanKind:
        assert codes(kind, **changes) == [code] * (kind in kinds), kind


@pytest.mark.parametrize(
    ("heading", "code", "kinds"),
    [
        (Heading.RESOURCES_AND_NEEDS, "RESOURCES_AND_NEEDS", (INDIVIDUAL,)),
        (Heading.PARTICIPANTS, "PARTICIPANTS", (CHILD, INDIVIDUAL)),
        (Heading.CONTRIBUTIONS, "CONTRIBUTIONS", (INDIVIDUAL,)),
        (Heading.IMPLEMENTATION, "IMPLEMENTATION", (INDIVIDUAL,)),
        (Heading.COOPERATION, "COOPERATION", (INDIVIDUAL,)),
        (Heading.CONSENT, "CONSENT", (INDIVIDUAL,)),
        (Heading.HOW_TO_MEET_ME, "HOW_TO_MEET_ME", (CRISIS,)),
        (Heading.WANTED_HELP, "WANTED_HELP", (CRISIS,)),
        (Heading.FUNCTION, "FUNCTION", (CHILD,)),
        (Heading.TREATMENT_CLARIFICATIONS, "TREATMENT_CLARIFICATIONS", (PALLIATIVE, CHILD)),
        (Heading.SYMPTOM_RELIEF, "SYMPTOM_RELIEF", (PALLIATIVE, CHILD)),
        (Heading.ACUTE_EVENTS, "ACUTE_EVENTS", (PALLIATIVE, CHILD)),
        (Heading.UPDATING, "UPDATING", (CHILD,)),
        (Heading.RELATED_PLANS, "RELATED_PLANS", (CHILD,)),
        (Heading.FAMILY, "FAMILY", (PALLIATIVE,)),
    ],
)
def test_a_text_is_asked_for_under_its_heading(
    heading: Heading, code: str, kinds: tuple[PlanKind, ...]
) -> None:
    for kind in PlanKind:
        assert codes(kind, passages=without(heading)) == [code] * (kind in kinds), kind


def test_every_goal_is_worked_for_in_the_kinds_that_promise_it() -> None:
    lonely = CONTENT["goals"][0] | {"id": "g2"}
    goals = [*CONTENT["goals"], lonely, lonely | {"id": "g3", "status": "COMPLETED"}]
    for kind in PlanKind:
        promised = kind in (TREATMENT, SELF_CARE, INDIVIDUAL)
        assert lacking(kind, goals=goals) == [("ACTION_FOR_GOAL", "g2")] * promised


def test_a_cancelled_action_serves_no_goal() -> None:
    actions = [ACTION | {"status": "CANCELLED"}, OWNED_WALK | {"goalIds": []}]
    assert lacking(TREATMENT, actions=actions) == [("ACTION_FOR_GOAL", "g1")]


def test_every_action_has_an_owner_and_an_individual_plan_s_an_extent() -> None:
    nobody_s = {"owner": None, "timing": None}
    actions = [
        ACTION,
        OWNED_WALK | nobody_s,
        ACTION | nobody_s | {"id": "a3", "status": "COMPLETED"},
    ]
    assert lacking(TREATMENT, actions=actions) == [("ACTION_OWNER", "a2")]
    assert lacking(SELF_CARE, actions=actions) == [("ACTION_OWNER", "a2")]
    assert lacking(INDIVIDUAL, actions=actions) == [
        ("ACTION_EXTENT", "a2"),
        ("ACTION_OWNER", "a2"),
    ]
    assert lacking(CRISIS, actions=actions) == []


def test_a_treatment_plan_has_goals_and_actions() -> None:
    nothing = {"goals": [], "actions": [], "selfCare": None}
    assert codes(TREATMENT, **nothing) == ["GOAL", "ACTION"]
    assert codes(PALLIATIVE, **nothing) == ["GOAL_OR_ZONE"]
    assert codes(PALLIATIVE, **nothing | {"goals": CONTENT["goals"]}) == []
    assert codes(PALLIATIVE, **nothing | {"selfCare": {"zones": [RED]}}) == []


def test_the_red_zone_has_113_in_its_words_or_among_the_numbers() -> None:
    ward = {"selfCare__zones__2__contact": "Vakthavende, 99011002"}
    assert codes(SELF_CARE, **ward) == []
    for change in ({"phone": "116117"}, {"zone": "YELLOW"}):
        contacts = [CONTENT["contacts"][0] | change]
        assert codes(SELF_CARE, **ward, contacts=contacts) == ["EMERGENCY_NUMBER"]
        assert codes(SELF_CARE, contacts=contacts) == []
    assert codes(SELF_CARE, selfCare__zones__2__contact="99113002", contacts=[]) == [
        "EMERGENCY_NUMBER"
    ]


def test_a_zone_and_whom_to_call_in_it_are_two_things() -> None:
    assert codes(SELF_CARE, selfCare__zones=[GREEN]) == [
        "YELLOW_ZONE",
        "RED_ZONE",
        "YELLOW_CONTACT",
    ]
    assert codes(SELF_CARE, selfCare__zones=[GREEN], contacts=[]) == [
        "YELLOW_ZONE",
        "RED_ZONE",
        "YELLOW_CONTACT",
        "RED_CONTACT",
        "EMERGENCY_NUMBER",
    ]


def test_that_nobody_reads_may_be_so_but_must_be_said() -> None:
    assert codes(SELF_CARE, selfCare__receiver=None) == []
    silent = {"passages": without(Heading.REPORTING)}
    assert codes(SELF_CARE, **silent) == []
    assert codes(SELF_CARE, **silent, selfCare__receiver__hours=[]) == ["READER"]


def test_early_signs_may_be_the_yellow_zone_s() -> None:
    untold = {"passages": without(Heading.EARLY_SIGNS)}
    assert codes(CRISIS, **untold) == []
    assert codes(CRISIS, **untold, selfCare__zones__1__warningSigns=[]) == ["EARLY_SIGNS"]


def test_a_crisis_has_somebody_to_contact() -> None:
    assert codes(CRISIS, contacts=[]) == []
    nobody = {"contacts": [], "selfCare": None}
    assert codes(CRISIS, **nobody) == ["WHOM_TO_CONTACT"]
    assert codes(PALLIATIVE, **nobody) == ["WHOM_TO_CONTACT"]


def test_the_care_team_says_who_takes_part_and_who_coordinates() -> None:
    untold = {"passages": without(Heading.PARTICIPANTS, Heading.COORDINATION)}
    assert codes(INDIVIDUAL, **untold) == ["PARTICIPANTS", "COORDINATION"]
    assert codes(CHILD, **untold) == ["PARTICIPANTS", "CHILD_COORDINATOR"]
    for kind, function, expected in (
        (INDIVIDUAL, CareTeamFunction.COORDINATOR, []),
        (INDIVIDUAL, CareTeamFunction.CHILD_COORDINATOR, []),
        (INDIVIDUAL, CareTeamFunction.CONTACT_DOCTOR, [("COORDINATION", None)]),
        (CHILD, CareTeamFunction.CHILD_COORDINATOR, []),
        (CHILD, CareTeamFunction.COORDINATOR, [("CHILD_COORDINATOR", None)]),
    ):
        assert lacking(kind, member(function), **untold) == expected


def test_the_nine_points_of_an_individual_plan_all_stand_in_the_regulation() -> None:
    points = {rule.source.section for rule in requirements(INDIVIDUAL)} - {None}
    assert points == {f"§ 19 {letter}" for letter in "abcdefghi"}


@pytest.mark.parametrize("kind", PlanKind)
def test_a_kind_asks_for_each_thing_once(kind: PlanKind) -> None:
    asked = [rule.code for rule in requirements(kind)]
    assert len(asked) == len(set(asked))


def test_everything_that_can_be_missing_is_asked_for_by_some_kind() -> None:
    asked = {rule.code for kind in PlanKind for rule in requirements(kind)}
    assert asked == set(MissingCode)


@pytest.mark.parametrize("kind", PlanKind)
def test_an_empty_part_lacks_all_that_is_asked_of_the_whole(kind: PlanKind) -> None:
    found = missing(kind, a_content_of_nothing(), responsible=None, review_due=None)
    of_lines = {"ACTION_FOR_GOAL", "ACTION_OWNER", "ACTION_EXTENT"}
    expected = [rule.code.name for rule in requirements(kind)]
    assert [item.code.name for item in found] == [each for each in expected if each not in of_lines]
    assert all(item.source.name for item in found)


def a_content_of_nothing() -> Any:
    nothing = {name: [] for name in ("passages", "problems", "goals", "actions", "contacts")}
    unsaid = {"whatMattersToMe": None, "periodStart": None, "selfCare": None, "template": None}
    return a_content(**nothing | unsaid)
