from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gateway.live.cursors import Cursors, CursorUnknown, Place

KEY = "a-key-that-is-long-enough-for-this"
PLACE = Place(4711, datetime(2026, 11, 24, 12, 0, 7, tzinfo=UTC))


def test_a_place_comes_back_with_the_same_key_in_any_process() -> None:
    cursor = Cursors(KEY).seal(PLACE, "pat_1")
    assert Cursors(KEY).open(cursor, "pat_1") == PLACE


def test_a_place_never_looks_the_same_twice_and_is_always_as_long() -> None:
    cursors = Cursors(KEY)
    made = {cursors.seal(Place(position, PLACE.at), "pat_1") for position in [1, 1, 1, 10**15]}
    assert len(made) == 4
    assert len({len(each) for each in made}) == 1


@pytest.mark.parametrize("cursor", ["", "æ", "x", "AAAA", "A" * 59, "A" * 10_000, "====", "\0"])
def test_what_was_never_a_cursor_is_unknown(cursor: str) -> None:
    with pytest.raises(CursorUnknown):
        Cursors(KEY).open(cursor, "pat_1")


def test_a_cursor_of_something_else_or_of_another_key_or_changed_is_unknown() -> None:
    cursor = Cursors(KEY).seal(PLACE, "pat_1")
    changed = ("B" if cursor[0] == "A" else "A") + cursor[1:]
    for cursors, given, of in (
        (Cursors(KEY), cursor, "pat_2"),
        (Cursors(KEY + "!"), cursor, "pat_1"),
        (Cursors(KEY), changed, "pat_1"),
    ):
        with pytest.raises(CursorUnknown):
            cursors.open(given, of)
