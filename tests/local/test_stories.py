"""The written plans: complete, coherent and decodable as what the domain says a plan is."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from domain.author import Author
from domain.coding import Coding
from domain.content.action import ActionFor
from domain.content.goal import ExpressedBy
from domain.content.plan_content import PlanContent
from domain.content.self_care import SelfCare
from domain.content.zone import Threshold, ThresholdBasis, ZoneLevel
from domain.following.limit import limits_of
from domain.plan.mandatory import missing
from domain.plan.part import PlanKind
from domain.writing.validation import faults_of
from domain.writing.validation.coding import same_measure
from local.synthetic.stories import FALLBACK, FOLDER, Drawn, Template, draw, fill, of_story
from local.synthetic.world import KnownProblem, Name, Person, Vital
from simulators.nora_medicines import TREATMENTS
from simulators.stories import STORIES

FILES = sorted(FOLDER.glob("*.json"))
EXAMPLE = "Eksempelverdier i et syntetisk datasett, ikke råd"
SOMEBODY = Person(numbers=(), name=Name(given="Kim", family="Test"))
PEOPLE = (
    "navn ansvarlig kontakt koordinator barnekoordinator fastlege avdeling kommune forelder1"
    " forelder2 ansvarlig_tlf kontakt_tlf koordinator_tlf barnekoordinator_tlf fastlege_tlf"
    " avdeling_tlf forelder1_tlf forelder2_tlf"
)
WORDS = {
    **{word: "99011002" if word.endswith("_tlf") else f"{word}-en" for word in PEOPLE.split()},
    "avdeling_orgnr": "974795515",
}
REVIEW = date(2027, 1, 20)

each_story = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def template_of(path: Path) -> Template:
    return msgspec.json.decode(path.read_bytes(), type=Template)


def written(path: Path) -> PlanContent:
    return msgspec.json.decode(template_of(path).content, type=PlanContent)


def filled(path: Path, person: Person = SOMEBODY) -> PlanContent:
    template = template_of(path)
    return fill(template, person, draw(template, person, Random(1), Drawn(WORDS, {})))


def only_known_members(raw: Any, decoded: Any) -> bool:
    if isinstance(raw, dict):
        return all(key in decoded and only_known_members(raw[key], decoded[key]) for key in raw)
    if isinstance(raw, list):
        return all(only_known_members(r, d) for r, d in zip(raw, decoded, strict=True))
    return bool(raw == decoded)


@each_story
def test_a_story_is_a_plan_content_without_anything_else(path: Path) -> None:
    raw = msgspec.json.decode(template_of(path).content)
    decoded = msgspec.json.decode(msgspec.json.encode(written(path)))
    assert only_known_members(raw, decoded)


@each_story
def test_a_file_is_named_for_its_kind(path: Path) -> None:
    assert path.name.split(".")[1].upper() == template_of(path).kind.name


@each_story
def test_a_story_says_that_its_values_are_examples(path: Path) -> None:
    assert EXAMPLE in (written(path).description or "")


@each_story
def test_every_placeholder_is_filled(path: Path) -> None:
    text = msgspec.json.encode(filled(path)).decode()
    assert set(re.findall(r"\{\w+[^\"{}:]*\}", text)) <= {"{score}"}  # a unit of UCUM
    known = WORDS.keys() | template_of(path).choices.keys() | template_of(path).numbers.keys()
    assert set(re.findall(r"\{(\w+)", path.read_text())) - {"score"} <= known


@each_story
def test_links_point_at_lines_of_the_same_part(path: Path) -> None:
    content = written(path)
    problems = {problem.id for problem in content.problems}
    goals = {goal.id for goal in content.goals}
    for goal in content.goals:
        assert set(goal.problem_ids) <= problems
        assert goal.problem_ids
    for action in content.actions:
        assert set(action.problem_ids) <= problems
        assert set(action.goal_ids) <= goals
        assert action.goal_ids
        assert action.owner


@each_story
def test_a_filled_story_could_have_been_written_by_somebody(path: Path) -> None:
    assert faults_of(filled(path)) == ()


@each_story
def test_a_filled_story_lacks_nothing_that_its_kind_asks_for(path: Path) -> None:
    kind = template_of(path).kind
    somebody = Author(name="Ingrid Haugen")
    assert missing(kind, filled(path), responsible=somebody, review_due=REVIEW) == ()


@each_story
def test_a_story_has_both_voices_and_enough_actions_for_a_history(path: Path) -> None:
    content = written(path)
    voices = {goal.expressed_by for goal in content.goals}
    assert ExpressedBy.PATIENT in voices
    assert len(content.actions) >= 4
    assert content.what_matters_to_me


@each_story
def test_zones_are_green_yellow_and_red(path: Path) -> None:
    if template_of(path).kind in (PlanKind.BEHANDLINGSPLAN, PlanKind.INDIVIDUELL_PLAN):
        return
    self_care = written(path).self_care
    assert self_care is not None
    assert self_care.emergency_text
    assert [zone.level for zone in self_care.zones] == list(ZoneLevel)
    assert all(zone.contact and zone.when_to_call for zone in self_care.zones[1:])


@each_story
@pytest.mark.parametrize("weight", [45, 120])
def test_no_value_lies_in_two_zones(path: Path, weight: int) -> None:
    person = Person(
        numbers=(),
        name=SOMEBODY.name,
        vitals=(Vital(code="29463-7", value=weight), Vital(code="19935-6", value=weight * 4)),
    )
    for limits in by_observable(filled(path, person).self_care).values():
        ends = sorted((low_of(limit), high_of(limit)) for limit in limits)
        assert all(low < high for low, high in ends)
        assert all(high <= low for (_, high), (low, _) in pairwise(ends))


@each_story
def test_limits_in_per_cent_have_a_baseline(path: Path) -> None:
    for limits in by_observable(filled(path).self_care).values():
        for limit in limits:
            is_relative = limit.basis is ThresholdBasis.PERCENT_OF_BASELINE
            assert (limit.baseline is not None) == is_relative


def by_observable(self_care: SelfCare | None) -> dict[str, list[Threshold]]:
    found: dict[str, list[Threshold]] = {}
    for zone in self_care.zones if self_care else ():
        for limit in zone.thresholds:
            found.setdefault(limit.observable.text, []).append(limit)
    return found


def low_of(limit: Threshold) -> float:
    return float("-inf") if limit.low is None else limit.low


def high_of(limit: Threshold) -> float:
    return float("inf") if limit.high is None else limit.high


def test_self_care_has_something_to_do_for_the_patient() -> None:
    for path in FOLDER.glob("*.egenbehandlingsplan.json"):
        performers = {action.performed_by for action in written(path).actions}
        assert performers == set(ActionFor), path.stem


def test_what_a_self_care_plan_sets_limits_for_is_measured_at_home() -> None:
    for path in FOLDER.glob("*.egenbehandlingsplan.json"):
        care = written(path).self_care
        assert care is not None
        limited = {
            same_measure(limit.observable) for zone in care.zones for limit in zone.thresholds
        }
        measured = {same_measure(measurement.observable) for measurement in care.measurements}
        assert limited <= measured, path.stem


def test_somebody_reads_every_self_care_plan_and_says_how_medicines_are_used() -> None:
    for path in FOLDER.glob("*.egenbehandlingsplan.json"):
        care = filled(path).self_care
        assert care is not None
        assert care.receiver is not None, path.stem
        assert care.receiver.organisation_number == "974795515"
        assert care.receiver.escalate_phone == "116117"
        assert care.medicines, path.stem


def test_noras_plan_has_half_the_dose_of_her_medicine_list() -> None:
    care = written(FOLDER / "astma_epilepsi_barn.egenbehandlingsplan.json").self_care
    (frisium,) = (each for each in care.medicines if each.medicine.code == "N05BA09")
    (listed,) = (each for each in TREATMENTS if each.medicine == "frisium")
    assert frisium.dose == "5 mg"
    assert "10 mg" in listed.dosage


def test_a_unit_without_a_number_reads_nothing() -> None:
    template = template_of(FOLDER / "kols.egenbehandlingsplan.json")
    for word, expected in (("avdeling_orgnr", None), ("avdeling_tlf", "avdeling-en")):
        drawn = draw(template, SOMEBODY, Random(1), Drawn(WORDS | {word: ""}, {}))
        content = fill(template, SOMEBODY, drawn)
        receiver = content.self_care.receiver
        assert (receiver and receiver.name) == expected
        assert faults_of(content) == ()


def test_a_diagnosis_of_an_unknown_code_system_keeps_its_words() -> None:
    known = KnownProblem(text="Gikt", system="http://example.org/local", code="7")
    person = Person(numbers=(), name=SOMEBODY.name, problems=(known,), story="whatever")
    (template,) = of_story(person.story)
    content = fill(template, person, draw(template, person, Random(1), Drawn(WORDS, {})))
    assert [problem.concept for problem in content.problems] == [Coding(text="Gikt")]
    assert faults_of(content) == ()


@pytest.mark.parametrize("story", sorted({story.key for story in STORIES}))
def test_every_story_of_the_simulators_has_a_plan_written_for_it(story: str) -> None:
    assert of_story(story)
    assert of_story(story) != of_story(FALLBACK)


def test_an_unknown_story_gets_a_modest_plan_of_ones_own_problems() -> None:
    problems = (KnownProblem(text="Gikt", code="M10"), KnownProblem(text="Knee pain"))
    person = Person(numbers=(), name=SOMEBODY.name, problems=problems, story="whatever")
    (template,) = of_story(person.story)
    content = fill(template, person, draw(template, person, Random(1), Drawn(WORDS, {})))
    assert [problem.concept.text for problem in content.problems] == ["Gikt", "Knee pain"]


def test_measured_values_move_the_limits() -> None:
    person = Person(numbers=(), name=SOMEBODY.name, vitals=(Vital(code="29463-7", value=90),))
    content = filled(FOLDER / "hjertesvikt.egenbehandlingsplan.json", person)
    weight = by_observable(content.self_care)["Kroppsvekt"]
    assert [(limit.low, limit.high) for limit in weight] == [(None, 92), (92, 94), (94, None)]


def test_a_contact_without_a_number_is_left_out() -> None:
    template = template_of(FOLDER / "astma_barn.egenbehandlingsplan.json")
    drawn = draw(template, SOMEBODY, Random(1), Drawn(WORDS | {"forelder2_tlf": ""}, {}))
    contacts = fill(template, SOMEBODY, drawn).contacts
    assert "k_f2" not in [contact.id for contact in contacts]
    assert "k_f1" in [contact.id for contact in contacts]


@each_story
def test_every_limit_of_a_story_can_be_evaluated(path: Path) -> None:
    self_care = filled(path).self_care or SelfCare()
    thresholds = [each for zone in self_care.zones for each in zone.thresholds]
    limits = limits_of(self_care.zones)
    assert [each.threshold for each in limits] == thresholds
    assert not [each for each in limits if each.doubt]
