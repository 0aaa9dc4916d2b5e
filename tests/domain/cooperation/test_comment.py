from __future__ import annotations

from typing import Any

import pytest

from domain.access.reader import Reader
from domain.author import Author
from domain.cooperation.comment import AFTER, Comment, CommentStatus, Visibility
from domain.operation import Operation
from tests.builders import NOW

KARI, OLA = "12838499987", "20811599924"


def _comment(**changes: Any) -> Comment:
    known: dict[str, Any] = {
        "id": "cmt_1",
        "patient_id": "pat_1",
        "part_id": "prt_1",
        "text": "Hva nå?",
        "author": Author(name="Kari Fjell", hpr_number="9144897"),
        "created_at": NOW,
        "status": CommentStatus.OPEN,
        "author_number": KARI,
    }
    return Comment(**known | changes)


@pytest.mark.parametrize(
    ("visibility", "seen_by", "kari", "ola"),
    [
        (Visibility.EVERYONE, None, True, True),
        (Visibility.PERSONNEL, None, False, False),
        (Visibility.PERSONNEL_AND_ME, KARI, True, False),
        (Visibility.PERSONNEL_AND_ME, None, False, False),
    ],
)
def test_a_comment_is_for_those_it_is_meant_for(
    visibility: Visibility, seen_by: str | None, kari: bool, ola: bool
) -> None:
    comment = _comment(visibility=visibility, seen_by_number=seen_by)
    assert comment.is_for(Reader(number="new", numbers=frozenset({KARI, "new"}))) is kari
    assert comment.is_for(Reader(number=OLA, numbers=frozenset({OLA}))) is ola
    assert comment.is_for(Reader(hpr_number="1"))
    assert comment.is_for(Reader()) is (visibility is Visibility.EVERYONE)


def test_an_author_is_known_by_number_and_personnel_by_theirs() -> None:
    kari = Reader(number=KARI, numbers=frozenset({KARI}))
    assert _comment().is_by(kari)
    assert not _comment(author_number=None).is_by(kari)
    assert not _comment(author_number=None).is_by(Reader())
    assert _comment().is_by(Reader(hpr_number="9144897"))
    assert not _comment(author=Author(name="Kari Fjell")).is_by(Reader(hpr_number="9144897"))


def test_what_is_withdrawn_stays_withdrawn() -> None:
    assert not any(CommentStatus.WITHDRAWN in ways for ways in AFTER.values())


def test_an_open_comment_can_go_every_way_but_be_reopened() -> None:
    ways = {operation for operation, ways in AFTER.items() if CommentStatus.OPEN in ways}
    assert ways == set(AFTER) - {Operation.REOPEN_COMMENT}


def test_no_text_form_shows_a_number() -> None:
    assert KARI not in f"{_comment(seen_by_number=KARI)!r}"
