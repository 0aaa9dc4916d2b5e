from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from gateway.live.deadlines import Deadlines
from gateway.live.follower import Follower
from tests.builders import NOW, a_clinician


def a_follower() -> Follower:
    nothing = cast(Any, None)
    return Follower(nothing, "pat_1", nothing, a_clinician(), nothing)


def test_whoever_is_due_is_looked_at_once_and_nobody_before_their_time() -> None:
    deadlines, soon, later = Deadlines(), a_follower(), a_follower()
    deadlines.set(soon, NOW + timedelta(seconds=1.2))
    deadlines.set(later, NOW + timedelta(hours=1))
    assert list(deadlines.due(NOW + timedelta(seconds=1))) == []
    assert list(deadlines.due(NOW + timedelta(seconds=2))) == [soon]
    assert list(deadlines.due(NOW + timedelta(minutes=59))) == []
    assert list(deadlines.due(NOW + timedelta(hours=2))) == [later]


def test_a_new_time_takes_the_place_of_the_old_one() -> None:
    deadlines, follower = Deadlines(), a_follower()
    deadlines.set(follower, NOW + timedelta(seconds=1))
    deadlines.set(follower, NOW + timedelta(seconds=9))
    assert list(deadlines.due(NOW + timedelta(seconds=5))) == []
    assert list(deadlines.due(NOW + timedelta(seconds=9))) == [follower]


def test_whoever_has_left_is_not_kept() -> None:
    deadlines = Deadlines()
    for _ in range(100):
        follower = a_follower()
        deadlines.set(follower, NOW + timedelta(hours=1))
        deadlines.forget(follower)
    assert not any(deadlines._by_second.values())
    assert len(deadlines._seconds) == 1
    assert list(deadlines.due(NOW + timedelta(hours=1))) == []
