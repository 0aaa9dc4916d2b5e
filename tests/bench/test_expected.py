from __future__ import annotations

import pytest

from bench.expected import Expected, leaves, normalised

BODY = (
    b'{"data":{"age":81,"m":{"retrievedAt":"2026-11-22T10:00:00+00:00","age":3,"items":[1,null]}}}'
)
LATER = BODY.replace(b"10:00:00", b"10:01:07.25").replace(b'"age":3', b'"age":12')


def test_an_answer_matches_itself_at_another_time() -> None:
    assert Expected(BODY).matches(BODY)
    assert Expected(BODY).matches(LATER)


@pytest.mark.parametrize(
    "wrong",
    [
        BODY.replace(b'"age":81', b'"age":82'),
        BODY.replace(b"null", b"2"),
        BODY.replace(b'"age":3', b'"age":null'),
        BODY[:-1],
        BODY + b" ",
        b"",
    ],
)
def test_any_other_difference_is_seen(wrong: bytes) -> None:
    assert not Expected(BODY).matches(wrong)


def test_order_of_keys_and_time_are_no_difference_between_servers() -> None:
    shuffled = b'{"data":{"m":{"items":[1,null],"retrievedAt":"then","age":0},"age":81}}'
    assert normalised(shuffled) == normalised(LATER)
    assert normalised(shuffled.replace(b"81", b"80")) != normalised(BODY)


def test_leaves_are_scalars_and_nulls() -> None:
    assert leaves(BODY) == 5
