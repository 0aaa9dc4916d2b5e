"""The templates that come with the gateway: complete, marked, and left open where they must be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from domain.content.action import ActionCategory, ActionFor
from domain.content.goal import ExpressedBy
from domain.content.passage import Heading
from domain.content.plan_content import PlanContent
from domain.content.zone import Threshold, ThresholdBasis, ZoneLevel
from domain.plan.part import PlanKind
from domain.plan.template import PlanTemplate, apply, confirm, unread_lines
from domain.writing.validation import faults_of
from store.template import TemplateStore

EXAMPLES = "Tallene er eksempler og må settes for den enkelte."
PHONES = {"113", "116117", "116123"}
NOT_WORDS = {"id", "system", "code", "unit", "problemIds", "goalIds", "category"}
PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")
NATIONAL = set(ActionCategory) - {ActionCategory.OTHER}
ASKED_FOR = {
    PlanKind.EGENBEHANDLINGSPLAN: {Heading.FUNCTION, Heading.ROUTINES, Heading.UPDATING},
    PlanKind.KRISEPLAN: {
        *(Heading.EARLY_SIGNS, Heading.HOW_TO_MEET_ME, Heading.WANTED_HELP),
        *(Heading.PARTICIPANTS, Heading.CONSENT, Heading.RELATED_PLANS, Heading.UPDATING),
    },
    PlanKind.BARN_BEREDSKAP_LIVSKVALITET: {
        *(Heading.FUNCTION, Heading.PARTICIPANTS, Heading.COORDINATION),
        *(Heading.TREATMENT_CLARIFICATIONS, Heading.SYMPTOM_RELIEF, Heading.ACUTE_EVENTS),
        *(Heading.UPDATING, Heading.RELATED_PLANS, Heading.FAMILY, Heading.ROUTINES),
    },
    PlanKind.INDIVIDUELL_PLAN: {
        *(Heading.RESOURCES_AND_NEEDS, Heading.PARTICIPANTS, Heading.COORDINATION),
        *(Heading.CONTRIBUTIONS, Heading.IMPLEMENTATION, Heading.UPDATING, Heading.CONSENT),
        Heading.COOPERATION,
    },
}
each_template = pytest.mark.parametrize(
    "template", TemplateStore.packaged().all(), ids=lambda template: template.id
)
each_with_zones = pytest.mark.parametrize(
    "template",
    [each for each in TemplateStore.packaged().all() if each.content.self_care],
    ids=lambda template: template.id,
)


def written(data: object, name: str = "") -> Iterator[str]:
    """Yield the words in a document: everything written that isn't an id, a code or a unit."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from written(value, key)
    elif isinstance(data, list):
        for value in data:
            yield from written(value, name)
    elif isinstance(data, str) and name not in NOT_WORDS:
        yield data


def filled(content: PlanContent) -> PlanContent:
    """Return the content as if somebody had filled in all that stands open."""

    def fill(data: Any, name: str = "") -> Any:
        if isinstance(data, dict):
            made = {key: fill(value, key) for key, value in data.items()}
            if "organisationNumber" in made:
                hours = {"weekdays": [1], "opens": "08:00:00", "closes": "15:00:00"}
                made["hours"] = [hours]
            if made.get("basis") == ThresholdBasis.PERCENT_OF_BASELINE.name:
                made["baseline"] = 260
            return made
        if isinstance(data, list):
            return [fill(value, name) for value in data]
        is_words = isinstance(data, str) and name not in NOT_WORDS
        return PLACEHOLDER.sub("utfylt sammen med pasienten", data) if is_words else data

    return msgspec.convert(fill(as_written(content)), PlanContent)


def as_written(content: PlanContent) -> Any:
    return msgspec.json.decode(msgspec.json.encode(content))


def keys(content: PlanContent) -> list[str]:
    """Return the keys of all lines but the title."""
    lists: list[tuple[Any, ...]] = [content.passages, content.problems, content.goals]
    lists += [content.actions, content.contacts]
    names, levels = ["description"], []
    if care := content.self_care:
        lists += [care.measurements, care.medicines]
        levels = [zone.level.name for zone in care.zones]
        names += ["emergencyText"] + ["receiver"] * (care.receiver is not None)
    return [each.id for lines in lists for each in lines] + levels + names


@each_template
def test_a_template_says_that_its_numbers_are_examples(template: PlanTemplate) -> None:
    assert template.description.endswith(EXAMPLES)


@each_template
def test_an_applied_template_is_wholly_unread(template: PlanTemplate) -> None:
    assert sorted(unread_lines(template.content, apply(template))) == sorted(keys(template.content))


@each_template
def test_a_template_that_is_filled_in_and_confirmed_is_read(template: PlanTemplate) -> None:
    content = filled(apply(template))
    assert unread_lines(template.content, confirm(content, keys(content))) == ()


@each_template
def test_confirming_everything_leaves_what_must_be_filled_in(template: PlanTemplate) -> None:
    content = apply(template)
    left = unread_lines(template.content, confirm(content, keys(content)))
    services = [each for each in content.actions if each.performed_by is ActionFor.SERVICE]
    assert {each.id for each in [*content.passages, *services, content.goals[0]]} <= {*left}


@each_template
def test_no_two_lines_have_one_key(template: PlanTemplate) -> None:
    single = ["title", "whatMattersToMe", "periodStart", "periodEnd", "interpreter"]
    counted = Counter([*keys(template.content), *single])
    assert set(counted.values()) == {1}


@each_template
def test_links_lead_to_lines_and_every_problem_has_a_goal_and_every_goal_an_action(
    template: PlanTemplate,
) -> None:
    content = template.content
    problems = {each.id for each in content.problems}
    goals = {each.id for each in content.goals}
    assert {link for goal in content.goals for link in goal.problem_ids} == problems
    assert {link for action in content.actions for link in action.problem_ids} == problems
    assert {link for action in content.actions for link in action.goal_ids} == goals
    assert all(goal.problem_ids and goal.target for goal in content.goals)
    assert all(action.problem_ids and action.goal_ids for action in content.actions)


@each_template
def test_actions_are_of_every_national_category_and_somebody_s(template: PlanTemplate) -> None:
    actions = template.content.actions
    assert {action.category for action in actions} >= NATIONAL
    assert {action.performed_by for action in actions} == set(ActionFor)
    assert all(action.owner and action.timing for action in actions)


@each_template
def test_what_law_and_guidance_ask_for_has_its_heading(template: PlanTemplate) -> None:
    assert {each.heading for each in template.content.passages} >= ASKED_FOR[template.kind]


@each_template
def test_the_patient_s_own_words_are_left_to_the_patient(template: PlanTemplate) -> None:
    content = template.content
    assert content.what_matters_to_me is None
    own = [goal for goal in content.goals if goal.expressed_by is ExpressedBy.PATIENT]
    assert PLACEHOLDER.fullmatch(own[0].description)


@each_template
def test_names_telephones_and_doses_are_placeholders(template: PlanTemplate) -> None:
    content = template.content
    assert all(PLACEHOLDER.search(each.text) for each in content.passages)
    for action in content.actions:
        if action.performed_by is ActionFor.SERVICE:
            assert PLACEHOLDER.search(action.owner or ""), action.id
    for contact in content.contacts:
        assert contact.phone in PHONES or contact.phone == "[telefon]"
    assert {each.phone for each in content.contacts} >= {"113", "116117"}
    for medicine in content.self_care.medicines if content.self_care else ():
        assert PLACEHOLDER.fullmatch(medicine.medicine.text)
        assert PLACEHOLDER.fullmatch(medicine.dose or "")


@each_template
def test_no_number_stands_in_words_but_those_to_call(template: PlanTemplate) -> None:
    for text in written(as_written(template.content)):
        bare = PLACEHOLDER.sub("", text).replace("type 1", "").replace("SpO2", "")
        assert set(re.findall(r"\d+", bare)) <= PHONES, text


@each_template
def test_brackets_are_pairs_that_say_what_to_fill_in(template: PlanTemplate) -> None:
    for text in written(as_written(template.content)):
        assert not set("[]") & set(PLACEHOLDER.sub("", text)), text
        assert all(len(each) > 4 for each in PLACEHOLDER.findall(text)), text


@each_template
def test_codes_are_of_the_systems_that_are_used(template: PlanTemplate) -> None:
    systems = {"urn:oid:2.16.578.1.12.4.1.1.7110", "urn:oid:2.16.578.1.12.4.1.1.7170"}
    assert {each.system for each in template.for_problems} <= systems
    for problem in template.content.problems:
        concept = problem.concept
        assert concept.system in systems or PLACEHOLDER.fullmatch(concept.text)


def limits(template: PlanTemplate) -> Iterator[Threshold]:
    care = template.content.self_care
    for zone in care.zones if care else ():
        yield from zone.thresholds


@each_template
def test_every_limit_is_an_example(template: PlanTemplate) -> None:
    assert all(limit.is_example for limit in limits(template))


@each_template
def test_every_value_lies_in_one_zone(template: PlanTemplate) -> None:
    by_observable: dict[str, list[tuple[float, float]]] = {}
    for limit in limits(template):
        low = float("-inf") if limit.low is None else limit.low
        high = float("inf") if limit.high is None else limit.high
        by_observable.setdefault(limit.observable.text, []).append((low, high))
    for name, found in by_observable.items():
        ends = sorted(found)
        assert (ends[0][0], ends[-1][1]) == (float("-inf"), float("inf")), name
        assert all(high == low for (_, high), (low, _) in pairwise(ends)), name


@each_with_zones
def test_zones_say_what_to_do_whom_to_call_and_when(template: PlanTemplate) -> None:
    care = template.content.self_care
    assert care
    assert [zone.level for zone in care.zones] == list(ZoneLevel)
    assert all(zone.contact and zone.when_to_call and zone.warning_signs for zone in care.zones)
    assert "113" in f"{care.zones[2].contact} {care.zones[2].when_to_call}"
    assert "116117" in f"{care.zones[1].when_to_call}" or template.id == "palliasjon_barn"
    assert care.emergency_text


@each_with_zones
def test_what_is_measured_is_what_zones_have_limits_for(template: PlanTemplate) -> None:
    care = template.content.self_care
    assert care
    measured = {(each.observable.code, each.unit) for each in care.measurements}
    assert {(limit.observable.code, limit.unit) for limit in limits(template)} <= measured
    assert bool(care.measurements) == bool(care.receiver)


def test_asthma_s_limits_are_in_per_cent_of_the_child_s_own_best() -> None:
    astma = TemplateStore.packaged().by_id("astma_barn")
    assert astma
    assert {(limit.basis, limit.baseline) for limit in limits(astma)} == {
        (ThresholdBasis.PERCENT_OF_BASELINE, None)
    }


@pytest.mark.parametrize("template", TemplateStore.packaged().all(), ids=lambda each: each.id)
def test_a_draft_that_begins_as_a_template_can_be_saved_as_it_is(template: PlanTemplate) -> None:
    assert faults_of(apply(template)) == ()
