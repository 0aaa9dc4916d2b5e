from __future__ import annotations

from domain.writing.validation.line import (
    few,
    ids_of,
    no_duplicates,
    placed,
    references,
    unique_ids,
)
from tests.contents import a_content


def test_a_list_may_be_as_long_as_it_may() -> None:
    assert list(few("abc", "x", 3)) == []
    (fault,) = few("abcd", "x", 3)
    assert (fault.code.name, fault.path, fault.allowed) == ("TOO_MANY", "x", "3")


def test_items_know_their_place() -> None:
    assert list(placed("abc", "content.goals", 2)) == [
        ("a", "content.goals[0]"),
        ("b", "content.goals[1]"),
    ]


def test_what_stands_three_times_is_told_of_twice() -> None:
    faults = list(no_duplicates("abaca", "x"))
    assert [(fault.path, fault.other) for fault in faults] == [("x[2]", "x[0]"), ("x[4]", "x[0]")]


def test_links_point_at_known_lines() -> None:
    faults = list(references(("p1", "p9"), "x", {"p1", "p2"}))
    assert [(fault.code.name, fault.path) for fault in faults] == [("UNKNOWN_REFERENCE", "x[1]")]


def test_every_kind_of_line_has_its_id_counted() -> None:
    content = a_content()
    assert [value for value, _ in ids_of(content, "x")] == [
        "t1",
        "p1",
        "g1",
        "a1",
        "a2",
        "k1",
        "m1",
        "l1",
    ]
    assert dict(ids_of(content, "x"))["l1"] == "x.selfCare.medicines[0].id"
    assert list(unique_ids(content, "x")) == []
