from __future__ import annotations

from datetime import timedelta

import pytest

from domain.access.viewer import ViewerRole
from domain.live.change import ChangedSection
from domain.live.webhook import (
    LONGEST_WAIT,
    PARK_LANE_AFTER,
    Failure,
    Lane,
    Webhook,
    WebhookState,
    failed,
    failure_of,
    is_hopeless,
    sections_of,
    viewer_of,
    wait_after,
)
from tests.builders import NOW

LANE = Lane(patient_id="pat_1", webhook_id="whk_1", position=7, next_try_at=NOW)
WEBHOOK = Webhook(
    id="whk_1",
    client_id="client-1",
    organisation="999000900",
    legal_entity=None,
    url="https://vendor.example",
    sections=(ChangedSection.PLAN,),
    state=WebhookState.ACTIVE,
    since=NOW,
    version=1,
    registered_at=NOW,
    seen_at=NOW,
)


def test_a_wait_doubles_up_to_an_hour_and_is_drawn_from_its_upper_half() -> None:
    longest = [wait_after(attempts, 1.0).total_seconds() for attempts in (1, 2, 3, 4)]
    assert longest == [5, 10, 20, 40]
    assert wait_after(500, 1.0) == LONGEST_WAIT
    assert wait_after(3, 0.0) == wait_after(3, 1.0) / 2


def test_attempts_are_counted_for_the_change_that_fails() -> None:
    once = failed(LANE, 7, Failure.TIMEOUT, NOW, 1.0)
    later = NOW + timedelta(hours=1)
    twice = failed(once, 7, Failure.STATUS_5XX, later, 1.0)
    assert (twice.attempts, twice.failing_since, twice.failure) == (2, NOW, Failure.STATUS_5XX)
    further = failed(twice, 9, Failure.STATUS_5XX, later, 1.0)
    assert (further.attempts, further.failing_since, further.position) == (1, later, 9)


def test_a_lane_is_parked_after_two_days_and_several_attempts() -> None:
    lane, now = LANE, NOW
    while not lane.is_parked:
        lane = failed(lane, 7, Failure.STATUS_4XX, now, 1.0)
        now = lane.next_try_at
    assert PARK_LANE_AFTER <= now - NOW < PARK_LANE_AFTER + LONGEST_WAIT
    assert not is_hopeless(7, timedelta(days=9))


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (200, None),
        (204, None),
        (101, Failure.INVALID_ANSWER),
        (302, Failure.REDIRECT),
        (401, Failure.STATUS_4XX),
        (410, Failure.GONE),
        (429, Failure.STATUS_4XX),
        (503, Failure.STATUS_5XX),
    ],
)
def test_a_status_means_that_it_arrived_or_why_not(status: int, failure: Failure | None) -> None:
    assert failure_of(status) is failure


def test_the_viewer_is_the_client_s_machine_and_nothing_more() -> None:
    viewer = viewer_of(WEBHOOK, NOW)
    assert viewer.is_machine
    assert (viewer.role, viewer.organisation) == (ViewerRole.VENDOR, "999000900")
    assert (viewer.security_level, viewer.purpose_of_use, viewer.attest) == (0, None, None)


def test_it_lapses_when_its_vendor_has_not_been_seen() -> None:
    assert not WEBHOOK.has_lapsed(7, NOW + timedelta(days=6))
    assert WEBHOOK.has_lapsed(7, NOW + timedelta(days=7))


def test_sections_have_the_graph_s_order_and_no_other_names() -> None:
    assert sections_of(["COMMENTS", "PLAN", "PLAN"]) == (
        ChangedSection.PLAN,
        ChangedSection.COMMENTS,
    )
    with pytest.raises(KeyError):
        sections_of(["EVERYTHING"])
