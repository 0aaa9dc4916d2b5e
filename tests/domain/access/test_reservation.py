from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from domain.access.reservation import UNDO_TIME, Reservation, ended
from domain.given_word import GivenWord, WordGiver
from tests.builders import NOW

WORD = GivenWord(at=NOW, by="Arne Fjell", giver=WordGiver.PATIENT)
MADE = Reservation(
    id="rsv_1", patient_id="pat_1", version=1, made=WORD, erase_after=NOW + UNDO_TIME
)


@pytest.mark.parametrize(
    ("later", "can"),
    [
        (timedelta(0), True),
        (UNDO_TIME - timedelta(microseconds=1), True),
        (UNDO_TIME, False),
        (timedelta(days=99), False),
    ],
)
def test_it_can_be_undone_for_thirty_days(later: timedelta, can: bool) -> None:
    assert MADE.can_be_undone(NOW + later) is can
    assert MADE.can_be_ended(NOW + later) is can


def test_once_all_is_erased_it_can_be_ended_but_not_undone() -> None:
    erased = replace(MADE, erased_at=NOW + UNDO_TIME)
    assert erased.can_be_ended(NOW + UNDO_TIME)
    assert not erased.can_be_undone(NOW)


def test_what_is_undone_is_not_undone_again() -> None:
    assert not ended(MADE, WORD).can_be_undone(NOW)


def test_it_stands_until_it_is_ended() -> None:
    assert (MADE.since, MADE.ended_at) == (NOW, None)
    assert (ended(MADE, WORD).ended_at, ended(MADE, WORD).version) == (NOW, 2)
