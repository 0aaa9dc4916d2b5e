from __future__ import annotations

import pytest

from domain.given_word import WordGiver, givers_at


@pytest.mark.parametrize(
    ("age", "givers"),
    [
        (0, {WordGiver.PARENT, WordGiver.CHILD_AND_PARENTS}),
        (11, {WordGiver.PARENT, WordGiver.CHILD_AND_PARENTS}),
        (12, {WordGiver.CHILD_AND_PARENTS}),
        (15, {WordGiver.CHILD_AND_PARENTS}),
        (16, {WordGiver.PATIENT}),
        (90, {WordGiver.PATIENT}),
    ],
)
def test_whose_word_counts_follows_age(age: int, givers: set[WordGiver]) -> None:
    assert givers_at(age) == givers
