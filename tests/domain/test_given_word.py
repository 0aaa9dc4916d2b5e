from __future__ import annotations

import pytest

from domain.given_word import WordGiver, givers_at, is_heard


@pytest.mark.parametrize(
    ("age", "givers"),
    [
        (0, {WordGiver.PARENT, WordGiver.CHILD_AND_PARENTS, WordGiver.CHILD_WELFARE}),
        (11, {WordGiver.PARENT, WordGiver.CHILD_AND_PARENTS, WordGiver.CHILD_WELFARE}),
        (12, {WordGiver.CHILD_AND_PARENTS, WordGiver.CHILD_WELFARE}),
        (15, {WordGiver.CHILD_AND_PARENTS, WordGiver.CHILD_WELFARE}),
        (16, {WordGiver.PATIENT, WordGiver.GUARDIAN}),
        (90, {WordGiver.PATIENT, WordGiver.GUARDIAN}),
    ],
)
def test_whose_word_counts_follows_age(age: int, givers: set[WordGiver]) -> None:
    assert givers_at(age) == givers


@pytest.mark.parametrize(("age", "told"), [(11, False), (12, True), (15, True), (16, False)])
def test_a_child_of_12_to_15_is_heard(age: int, told: bool) -> None:
    assert is_heard(age) is told
