from __future__ import annotations

from datetime import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.coding import Coding
from domain.content.passage import Heading, Passage
from domain.content.plan_content import Interpreter, PlanContent
from domain.content.problem import Problem, ProblemStatus
from domain.content.self_care import ReadingHours, Weekday
from domain.content.zone import Threshold, ThresholdBasis, Zone
from domain.plan.template import TemplateStatus, apply, confirm, suits, unread_lines
from domain.source.origin import Origin
from domain.source.section import SourceName
from tests.builders import NOW
from tests.templates import (
    CONTENT,
    COPD,
    ICD10,
    ICPC2,
    KEYS,
    SATURATION,
    TEMPLATE,
    in_other_words,
    with_lines,
)

HOURS = ReadingHours(weekdays=(Weekday.MONDAY,), opens=time(8), closes=time(15))
OPEN = {"a2", "l1", "receiver"}  # what must be filled in
SET_BY_CONFIRMING = {"GREEN"}


def unread(content: PlanContent) -> set[str]:
    return set(unread_lines(CONTENT, content))


def test_an_applied_template_says_which_it_is_and_that_its_limits_are_examples() -> None:
    content = apply(TEMPLATE)
    assert content.template
    assert (content.template.template_id, content.template.template_version) == ("kols", 3)
    assert content.self_care
    assert all(each.is_example for zone in content.self_care.zones for each in zone.thresholds)
    assert content.goals == CONTENT.goals


def test_an_applied_template_is_wholly_unread_but_for_its_title() -> None:
    assert unread_lines(CONTENT, apply(TEMPLATE)) == KEYS


@given(st.sampled_from(KEYS), st.text(st.characters(categories=["L", "Nd"]), min_size=1))
def test_another_word_makes_a_line_read_unless_it_has_more_to_fill_in(key: str, word: str) -> None:
    changed = with_lines(apply(TEMPLATE), key, lambda line: in_other_words(line, word))
    still = {key} & (OPEN | SET_BY_CONFIRMING)
    assert unread(changed) == set(KEYS) - {key} | still


@given(st.sets(st.sampled_from([*KEYS, "title", "nothing"])))
def test_confirming_makes_lines_read_unless_they_have_more_to_fill_in(keys: set[str]) -> None:
    assert unread(confirm(apply(TEMPLATE), keys)) == set(KEYS) - (keys - OPEN)


@given(st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(KEYS)))
def test_confirming_twice_is_confirming_both(first: set[str], second: set[str]) -> None:
    stepwise = confirm(confirm(apply(TEMPLATE), first), second)
    assert unread(stepwise) == unread(confirm(apply(TEMPLATE), first | second))
    assert stepwise.template
    confirmed = stepwise.template.confirmed_lines
    assert sorted(confirmed) == sorted(first | second)


@pytest.mark.parametrize("key", KEYS)
def test_a_line_that_was_removed_is_not_unread(key: str) -> None:
    assert unread(with_lines(apply(TEMPLATE), key, lambda line: None)) == set(KEYS) - {key}


@given(
    st.sampled_from(["description", "emergencyText"]),
    st.integers(0, 20),
    st.sampled_from([" ", "\n", "\t", "\u00a0", "\u200b", "\u00ad", ".", " – ", "[", "]"]),
)
def test_blanks_and_signs_are_no_reading(key: str, place: int, added: str) -> None:
    changed = with_lines(apply(TEMPLATE), key, lambda text: text[:place] + added + text[place:])
    assert unread(changed) == set(KEYS)


@pytest.mark.parametrize(
    "same", ["HVA JEG GJØR SELV!", "Hva jeg gj\u00f8r selv", "Hva jeg gjør\nselv"]
)
def test_case_spelling_and_line_breaks_are_no_reading(same: str) -> None:
    assert unread(replace(apply(TEMPLATE), description=same)) == set(KEYS)


def test_brackets_taken_away_with_nothing_filled_in_are_no_reading() -> None:
    left = with_lines(apply(TEMPLATE), "a2", lambda line: replace(line, owner="navn, rolle"))
    assert "a2" in unread(left)
    assert "a2" not in unread(confirm(left, ["a2"]))


def test_a_copy_under_new_ids_is_as_unread_as_under_the_old() -> None:
    content = apply(TEMPLATE)
    renamed = replace(
        content,
        goals=(replace(content.goals[0], id="g9", problem_ids=("p9",)),),
        problems=(replace(content.problems[0], id="p9"),),
    )
    assert {"g9", "p9"} <= unread(renamed)


def test_a_line_of_one_s_own_is_read() -> None:
    own = replace(CONTENT.goals[0], id="g2", description="Se barnebarna.")
    content = apply(TEMPLATE)
    assert unread(replace(content, goals=(*content.goals, own))) == set(KEYS)


def test_a_line_of_one_s_own_with_a_placeholder_is_not() -> None:
    own = Passage(id="t2", heading=Heading.OTHER, text="Ring [navn].")
    content = apply(TEMPLATE)
    assert "t2" in unread(replace(content, passages=(*content.passages, own)))


def test_the_patient_s_own_words_are_read() -> None:
    assert "whatMattersToMe" not in unread(replace(apply(TEMPLATE), what_matters_to_me="Hagen"))


def test_a_title_with_a_placeholder_is_not_left_as_it_is() -> None:
    assert "title" in unread(confirm(replace(apply(TEMPLATE), title="Plan for [navn]"), ["title"]))


@pytest.mark.parametrize("text", ["Ring [navn].", "Ring [].", "Ring [navn\nog rolle]", "［navn］"])
def test_a_placeholder_can_not_be_confirmed_away(text: str) -> None:
    content = replace(apply(TEMPLATE), description=text)
    assert "description" in unread(confirm(content, ["description"]))


def test_a_placeholder_that_is_filled_in_is_read() -> None:
    filled = with_lines(apply(TEMPLATE), "a2", lambda line: replace(line, owner="Kari Moe"))
    assert "a2" not in unread(filled)


def test_the_brackets_of_a_unit_are_no_placeholder() -> None:
    assert {"m1", "GREEN"}.isdisjoint(unread(confirm(apply(TEMPLATE), ["m1", "GREEN"])))


def test_a_zone_in_other_words_is_unread_while_a_limit_is_an_example() -> None:
    def reworded(zone: Zone) -> Zone:
        return replace(zone, condition="Jeg har det bra.")

    def with_its_limits_set(zone: Zone) -> Zone:
        limits = tuple(replace(each, is_example=False) for each in zone.thresholds)
        return replace(reworded(zone), thresholds=limits)

    assert "GREEN" in unread(with_lines(apply(TEMPLATE), "GREEN", reworded))
    assert "GREEN" not in unread(with_lines(apply(TEMPLATE), "GREEN", with_its_limits_set))


def test_setting_the_flag_alone_is_no_reading() -> None:
    def flagged(zone: Zone) -> Zone:
        limits = tuple(replace(each, is_example=False) for each in zone.thresholds)
        return replace(zone, thresholds=limits)

    assert "GREEN" in unread(with_lines(apply(TEMPLATE), "GREEN", flagged))


def test_confirming_one_zone_leaves_the_limits_of_others_examples() -> None:
    content = confirm(apply(TEMPLATE), ["RED"])
    assert content.self_care
    assert content.self_care.zones[0].thresholds[0].is_example


def test_limits_in_per_cent_can_not_be_confirmed_without_the_patient_s_own_value() -> None:
    limit = Threshold(
        observable=SATURATION, unit="L/min", basis=ThresholdBasis.PERCENT_OF_BASELINE, low=80
    )

    def relative(zone: Zone) -> Zone:
        return replace(zone, thresholds=(limit,))

    def own(zone: Zone) -> Zone:
        return replace(zone, thresholds=(replace(limit, baseline=260),))

    unknown = with_lines(apply(TEMPLATE), "GREEN", relative)
    assert "GREEN" in unread(confirm(unknown, ["GREEN"]))
    assert "GREEN" not in unread(confirm(with_lines(unknown, "GREEN", own), ["GREEN"]))


def test_a_receiver_that_never_reads_is_left_to_be_filled_in() -> None:
    content = confirm(apply(TEMPLATE), ["receiver"])
    assert content.self_care
    assert content.self_care.receiver
    receiver = replace(content.self_care.receiver, hours=(HOURS,))
    assert "receiver" in unread(content)
    read = replace(content, self_care=replace(content.self_care, receiver=receiver))
    assert "receiver" not in unread(read)


def test_a_problem_taken_over_from_a_source_is_read() -> None:
    origin = Origin(source=SourceName.HOSPITAL, source_id="[1]", retrieved_at=NOW)
    taken = with_lines(apply(TEMPLATE), "p1", lambda line: replace(line, origin=origin))
    assert "p1" not in unread(taken)


def test_an_interpreter_is_a_line_of_its_own() -> None:
    need = Interpreter(language="so", note="[når]")
    assert "interpreter" in unread(replace(apply(TEMPLATE), interpreter=need))


def test_without_its_mark_nothing_of_a_copy_is_confirmed() -> None:
    unmarked = replace(confirm(apply(TEMPLATE), KEYS), template=None)
    assert unread(unmarked) == set(KEYS)
    assert confirm(unmarked, KEYS) == unmarked


def test_what_is_unread_survives_storing() -> None:
    content = confirm(apply(TEMPLATE), ["a1", "RED"])
    stored = msgspec.json.decode(msgspec.json.encode(content), type=PlanContent)
    assert unread(stored) == unread(content)


@pytest.mark.parametrize(
    ("code", "system", "age", "is_proposed"),
    [
        ("J44", ICD10, 60, True),
        ("J44.9", ICD10, 60, True),
        ("J44.9", ICD10, 18, True),
        ("J44.9", ICD10, 17, False),
        ("J44.9", ICD10, 99, True),
        ("J44.9", ICD10, 100, False),
        ("R95", ICPC2, 60, True),
        ("J44", ICPC2, 60, False),
        ("J4", ICD10, 60, False),
        (None, None, 60, False),
    ],
)
def test_a_template_suits_a_code_or_one_below_it_at_the_right_age(
    code: str | None, system: str | None, age: int, is_proposed: bool
) -> None:
    problem = Problem(id="p1", concept=Coding(text="KOLS", system=system, code=code))
    assert suits(TEMPLATE, [problem], age) is is_proposed


def test_a_template_suits_nobody_when_it_is_retired_or_the_problem_is_over() -> None:
    problem = Problem(id="p1", concept=COPD)
    assert suits(TEMPLATE, [problem], 60)
    assert not suits(replace(TEMPLATE, status=TemplateStatus.RETIRED), [problem], 60)
    assert not suits(TEMPLATE, [replace(problem, status=ProblemStatus.RESOLVED)], 60)
    assert not suits(TEMPLATE, [], 60)


def test_a_template_without_ages_is_for_any() -> None:
    ageless = replace(TEMPLATE, min_age=None, max_age=None)
    problem = Problem(id="p1", concept=COPD)
    assert suits(ageless, [problem], 0)
    assert suits(ageless, [problem], 110)
