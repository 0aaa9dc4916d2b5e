"""The verdict of `make live-test` sees whatever is wrong; the trial itself runs by command."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from bench.live_crash.__main__ import read
from bench.live_crash.follower import Heard, Notices, View
from bench.live_crash.log import Logged, unsound
from bench.live_crash.trial import Plan
from bench.live_crash.verdict import of_notices, of_view

PATIENT = "pat_1"
LOG = [
    Logged(n, PATIENT, n, f"e{n}", kind)
    for n, kind in enumerate(("DRAFT_STARTED", "PART_ACTIVATED", "PART_HELD"), start=1)
]


def a_follower(*heard: int) -> Notices:
    follower = Notices("clinician", PATIENT, "events", Random(1), lambda: "")
    follower.heard = [Heard(f"e{n}", "PART_HELD", PATIENT) for n in heard]
    return follower


def test_who_was_told_all_of_it_is_sound() -> None:
    assert of_notices(a_follower(1, 2, 3), LOG) == []


@pytest.mark.parametrize("heard", [(1, 3), (1, 2), (2, 3), (1, 2, 2, 3), (2, 1, 3), (1, 2, 3, 4)])
def test_a_gap_a_repetition_and_another_order_are_seen(heard: tuple[int, ...]) -> None:
    assert of_notices(a_follower(*heard), LOG)


def test_who_was_told_what_is_not_for_them_is_seen() -> None:
    parent = a_follower(1, 2, 3)
    parent.person = "parent"
    assert of_notices(parent, LOG)


@pytest.mark.parametrize("end", ["ENDED_WITHOUT_A_REASON", "FORBIDDEN"])
def test_an_end_without_a_reason_is_seen(end: str) -> None:
    follower = a_follower(1, 2, 3)
    follower.ends.append(end)
    assert of_notices(follower, LOG)


def test_a_view_that_is_not_as_a_fresh_query_is_seen() -> None:
    view = View("clinician", PATIENT, "events", Random(1), lambda: "")
    view.shown = {"name": "Ada"}
    assert of_view(view, {"name": "Ada"}) == []
    assert of_view(view, {"name": "Nora"})


@pytest.mark.parametrize(
    "broken",
    [
        lambda log: [*log[:1], *log[2:]],
        lambda log: [log[1], log[0], log[2]],
        lambda log: [*log[:2], log[2]._replace(position=None)],
    ],
)
def test_a_log_with_a_gap_or_without_places_is_seen(
    broken: Callable[[list[Logged]], list[Logged]],
) -> None:
    assert unsound(LOG) == []
    assert unsound(broken(LOG))


def test_command_line_says_how_much_is_tried() -> None:
    assert read(["--gateway-kills", "3", "--seed", "9"]) == Plan(gateway_kills=3, seed=9)
