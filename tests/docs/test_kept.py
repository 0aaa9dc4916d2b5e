from __future__ import annotations

from typing import Any

import pytest

from tests.docs.kept import put_in, unlike


@pytest.mark.parametrize(
    ("shown", "given"),
    [
        ({"a": 1}, {"a": 1, "b": 2}),
        ("Sett av Ingrid …", "Sett av Ingrid kl. 13:00"),
        ("…", 0),
        (["…"], []),
        ([1, "…"], [1, 2, 3]),
        (["…", 2, "…", 4], [1, 2, 3, 4]),
        (["…", {"a": 2}], [{"a": 1}, {"a": 2}]),
    ],
)
def test_an_answer_may_have_more_than_is_shown(shown: Any, given: Any) -> None:
    assert unlike(shown, given, {}) == []


@pytest.mark.parametrize(
    ("shown", "given"),
    [
        ({"a": None}, {}),
        ({"a": None}, None),
        ("…", None),
        ("Sett av Ingrid …", "Sett av Omar kl. 13:00"),
        ([1], [1, 2]),
        ([1, "…"], [2, 1]),
        (["…", 2], [2, 3]),
        ([1, 2], [1]),
        ([], None),
    ],
)
def test_what_is_shown_must_be_there(shown: Any, given: Any) -> None:
    assert unlike(shown, given, {})


def test_a_name_keeps_its_value() -> None:
    names: dict[str, Any] = {}
    assert not unlike({"id": "$it", "version": "$number"}, {"id": "it_1", "version": 7}, names)
    assert put_in({"of": ["$it"], "at": "$number"}, names) == {"of": ["it_1"], "at": 7}
    assert put_in('{"code": "$it"}', names) == '{"code": "it_1"}'
    assert unlike("$it", "it_2", names)
    assert unlike("$other", None, names)
    with pytest.raises(KeyError):
        put_in("$nobody", names)


def test_a_name_keeps_nothing_of_what_is_passed_over() -> None:
    names: dict[str, Any] = {}
    others = [{"id": "a", "of": "Emil"}, {"id": "b", "of": "Nora"}]
    assert not unlike(["…", {"id": "$nora", "of": "Nora"}], others, names)
    assert names == {"nora": "b"}
