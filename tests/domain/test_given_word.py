from __future__ import annotations

import pytest

from domain.given_word import WordGiver, givers_at


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
