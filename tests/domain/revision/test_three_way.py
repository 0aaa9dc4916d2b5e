from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.revision.three_way import Unsettled, merged_order, settled

orders = st.lists(st.sampled_from("abcdef"), unique=True)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        ("a", "a", "a", "a"),
        ("a", "b", "a", "b"),
        ("a", "a", "b", "b"),
        ("a", "b", "b", "b"),
        ("a", None, "a", None),
        (None, "a", None, "a"),
        ("a", "a ", "b", "b"),
        ("a", "b", "a ", "b"),
        ("a", "b ", "b", "b "),
        ("a", None, " a", None),
    ],
)
def test_one_side_s_change_stands_where_the_other_made_none(
    base: str | None, ours: str | None, theirs: str | None, result: str | None
) -> None:
    assert settled(base, ours, theirs) == result


@pytest.mark.parametrize(
    ("base", "ours", "theirs"), [("a", "b", "c"), ("a", None, "c"), (None, "b", "c")]
)
def test_two_different_changes_are_for_somebody_to_choose(
    base: str | None, ours: str | None, theirs: str | None
) -> None:
    with pytest.raises(Unsettled):
        settled(base, ours, theirs)


@given(orders, orders)
def test_the_order_of_the_only_side_that_did_anything_stands(base: str, side: str) -> None:
    assert merged_order(base, side, base, set(side)) == tuple(side)
    assert merged_order(base, base, side, set(side)) == tuple(side)
    assert merged_order(base, side, side, set(side)) == tuple(side)


@given(orders, orders, orders)
def test_everything_kept_is_there_once(base: str, ours: str, theirs: str) -> None:
    kept = {*ours, *theirs} - {"a"}
    assert sorted(merged_order(base, ours, theirs, kept)) == sorted(kept)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        ("ab", "abx", "aby", "abyx"),
        ("ab", "axb", "aby", "axby"),
        ("ab", "xab", "ab", "xab"),
        ("abc", "cba", "abcy", "cyba"),
        ("abc", "abcx", "cba", "cxba"),
        ("abc", "bac", "acb", "bac"),
        ("", "x", "y", "yx"),
    ],
)
def test_additions_follow_what_they_followed_and_the_plan_s_own_come_first(
    base: str, ours: str, theirs: str, result: str
) -> None:
    assert "".join(merged_order(base, ours, theirs, {*ours, *theirs})) == result
