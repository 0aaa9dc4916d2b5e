from __future__ import annotations

import pytest

from domain.registered_operation import Room, id_of, is_id

EXAMPLE = b"query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}"


def test_an_id_is_made_of_the_documents_bytes() -> None:
    # The example of GraphQL over HTTP, appendix A.
    expected = "sha256:7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e"
    assert id_of(EXAMPLE) == expected
    assert id_of(EXAMPLE + b"\n") != expected


@pytest.mark.parametrize(
    "text", ["", "sha256:", "a" * 64, "sha256:" + "A" * 64, "md5:" + "a" * 64, id_of(b"") + "\n"]
)
def test_anything_else_is_no_id(text: str) -> None:
    assert is_id(id_of(b""))
    assert not is_id(text)


@pytest.mark.parametrize(
    ("taken", "size", "is_left"), [(0, 10, True), (1, 10, True), (2, 1, False), (0, 11, False)]
)
def test_room_is_left_until_either_bound_is_reached(taken: int, size: int, is_left: bool) -> None:
    assert Room(operations=2, size=10).is_left(taken, size) is is_left
