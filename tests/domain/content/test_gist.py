from __future__ import annotations

from datetime import time
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.content.gist import alike, readable
from domain.content.goal import Target
from domain.content.self_care import ReadingHours, Receiver, Weekday
from tests.domain.lines import a_goal, a_limit, a_problem, a_zone


@pytest.mark.parametrize(
    "typed",
    [" Hvile og\npust", "Hvile og \npust", "Hvile og\r\npust\n", "\tHvile og\npust\u00a0"],
)
def test_white_space_at_the_ends_of_lines_says_nothing(typed: str) -> None:
    assert alike(a_zone(what_to_do=typed), a_zone(what_to_do="Hvile og\npust"))


def test_white_space_inside_a_line_may_be_a_table() -> None:
    assert not alike("1  2", "1 2")


def test_a_letter_is_the_same_however_it_was_sent() -> None:
    assert alike("Blås på", normalize("NFD", "Blås på"))


def test_letters_that_differ_in_size_differ() -> None:
    assert not alike("PEF", "pef")


def test_an_empty_text_is_no_text() -> None:
    assert alike(a_problem(note="  "), a_problem(note=None))


def test_a_noun_that_says_nothing_is_no_noun() -> None:
    assert alike(a_goal(target=Target(measure=" ", value="")), a_goal(target=None))


def test_links_have_no_order_and_no_repetitions() -> None:
    assert alike(a_goal(problem_ids=("p1", "p2")), a_goal(problem_ids=("p2", "p1", "p2")))


def test_weekdays_have_no_order() -> None:
    weekend = (Weekday.SATURDAY, Weekday.SUNDAY)
    assert alike(_hours(*weekend), _hours(*weekend[::-1]))


def test_reading_hours_have_no_order() -> None:
    hours = (_hours(Weekday.MONDAY), _hours(Weekday.FRIDAY))
    one, other = (
        Receiver(name="Post 4", organisation_number="974795515", hours=given)
        for given in (hours, hours[::-1])
    )
    assert alike(one, other)


def _hours(*weekdays: Weekday) -> ReadingHours:
    return ReadingHours(weekdays=weekdays, opens=time(8), closes=time(15))


def test_limits_have_no_order() -> None:
    limits = (a_limit("PEF", low=50), a_limit("SpO2", low=88))
    assert alike(a_zone(thresholds=limits), a_zone(thresholds=limits[::-1]))


def test_warning_signs_are_read_from_the_top() -> None:
    signs = ("Tung pust", "Feber")
    assert not alike(a_zone(warning_signs=signs), a_zone(warning_signs=signs[::-1]))


def test_a_value_that_somebody_has_set_is_no_longer_an_example() -> None:
    proposed = a_zone(thresholds=(a_limit(low=50, is_example=True),))
    assert not alike(proposed, a_zone(thresholds=(a_limit(low=50),)))


def test_nothing_is_not_the_number_nought() -> None:
    assert not alike(a_zone(thresholds=(a_limit(low=0),)), a_zone(thresholds=(a_limit(),)))


@given(st.text())
def test_reading_a_text_again_changes_nothing(text: str) -> None:
    assert readable(readable(text)) == readable(text)
