from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.keeping.delivery import (
    ALARM_AFTER,
    LONGEST_WAIT,
    Delivery,
    DeliveryState,
    Occasion,
    delivered,
    failed,
    of_activated,
    of_ended,
)
from domain.plan.part import Lifecycle
from tests.builders import NOW
from tests.domain.parts import a_part


def _tried(times: int) -> Delivery:
    delivery = of_activated(a_part())
    for _ in range(times):
        delivery = failed(delivery, NOW)
    return delivery


@pytest.mark.parametrize(("version", "occasion"), [(1, "ACTIVATED"), (2, "REVISED")])
def test_the_first_version_is_taken_into_use_and_later_ones_revise(
    version: int, occasion: str
) -> None:
    assert of_activated(a_part(content_version=version)).occasion.name == occasion


@pytest.mark.parametrize("lifecycle", list(Lifecycle))
def test_only_an_end_is_delivered_as_one(lifecycle: Lifecycle) -> None:
    delivery = of_ended(a_part(lifecycle=lifecycle, reason="Derfor"))
    ends = {Lifecycle.COMPLETED, Lifecycle.REVOKED, Lifecycle.ENTERED_IN_ERROR}
    assert (delivery is not None) is (lifecycle in ends)
    if delivery is not None:
        assert (delivery.occasion, delivery.reason) == (Occasion[lifecycle.name], "Derfor")


def test_what_was_never_in_use_is_not_delivered() -> None:
    assert of_ended(a_part(lifecycle=Lifecycle.REVOKED, content_version=0)) is None


def test_it_waits_longer_each_time_but_never_very_long() -> None:
    waits = [_tried(times).next_try_at - NOW for times in range(1, 12)]
    assert waits[:4] == [timedelta(seconds=each) for each in (30, 60, 120, 240)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_after_a_good_hour_somebody_should_look_into_it() -> None:
    assert _tried(ALARM_AFTER - 1).state is DeliveryState.WAITING
    assert _tried(ALARM_AFTER).state is DeliveryState.FAILED


def test_a_refusal_is_told_at_once_and_still_tried_again() -> None:
    refused = failed(of_activated(a_part()), NOW, is_refused=True)
    assert refused.state is DeliveryState.FAILED
    assert refused.next_try_at > NOW


@given(times=st.integers(0, 100_000))
def test_however_often_it_fails_it_can_still_arrive(times: int) -> None:
    delivery = replace(of_activated(a_part()), attempts=times)
    tried = failed(delivery, NOW)
    assert NOW < tried.next_try_at <= NOW + LONGEST_WAIT
    arrived = delivered(tried, "r-1", NOW)
    assert (arrived.state, arrived.receipt) == (DeliveryState.DELIVERED, "r-1")
