from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cooperation.notice_choice import (
    GROUP_OF,
    Channel,
    NoticeChoice,
    may_go_at,
    quiet_until,
)
from domain.local_time import OSLO
from domain.wording.notice import _TO_ONE, _TO_OTHERS, _TO_PATIENT_SIDE
from tests.builders import NOW

# What only units and personnel are asked or answered.
_OF_WORK = {
    *("APPROVAL_REQUESTED", "APPROVAL_DECIDED", "CORRECTION_ASKED", "MOVE_REGISTERED"),
    *("HANDOVER_OPENED", "HANDOVER_DECLINED", "HANDOVER_WITHDRAWN"),
}


def a_choice(**fields: Any) -> NoticeChoice:
    known = {"number": "1", "subject": "s", "channel": Channel.SMS, "updated_at": NOW}
    return NoticeChoice(**{**known, **fields})


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


def test_every_kind_that_somebody_is_told_of_has_a_group_or_is_of_work_alone() -> None:
    told = {kind.name for words in (_TO_ONE, _TO_OTHERS, _TO_PATIENT_SIDE) for kind in words}
    grouped = {kind.name for kind in GROUP_OF}
    assert told == grouped | _OF_WORK
    assert not grouped & _OF_WORK


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-22T20:59", None),
        ("2026-11-22T21:00", "2026-11-23T08:00"),
        ("2026-11-23T00:30", "2026-11-23T08:00"),
        ("2026-11-23T07:59", "2026-11-23T08:00"),
        ("2026-11-23T08:00", None),
        # The nights that the clock is changed: 23 hours and 25 hours in a day.
        ("2026-03-28T23:00", "2026-03-29T08:00"),
        ("2026-10-24T23:00", "2026-10-25T08:00"),
    ],
)
def test_quiet_hours_are_those_of_the_clock_on_the_wall(at: str, until: str | None) -> None:
    found = quiet_until(a_choice(), oslo(at).astimezone(UTC))
    assert found == (oslo(until) if until else None)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-28", 10), ("2026-10-24", 12)])
def test_a_night_when_the_clock_is_changed_is_an_hour_shorter_or_longer(
    day: str, hours: int
) -> None:
    begins = oslo(f"{day}T21:00").astimezone(UTC)
    ends = quiet_until(a_choice(), begins)
    assert ends is not None
    assert ends - begins == timedelta(hours=hours)


def test_quiet_hours_can_be_within_a_day_or_none() -> None:
    noon = oslo("2026-11-22T12:00")
    at_work = a_choice(quiet_from=8, quiet_until=16)
    assert quiet_until(at_work, noon) == oslo("2026-11-22T16:00")
    assert quiet_until(at_work, oslo("2026-11-22T16:00")) is None
    assert quiet_until(a_choice(quiet_from=5, quiet_until=5), noon.replace(hour=5)) is None
    until_midnight = a_choice(quiet_from=21, quiet_until=0)
    assert quiet_until(until_midnight, noon.replace(hour=22)) == oslo("2026-11-23T00:00")


_HOURS = st.integers(0, 23)
_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@given(
    at=st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: _BEGIN + timedelta(minutes=minutes)),
    begins=_HOURS,
    ends=_HOURS,
)
def test_quiet_ends_within_a_day_and_is_not_quiet_then(
    at: datetime, begins: int, ends: int
) -> None:
    choice = a_choice(quiet_from=begins, quiet_until=ends)
    until = quiet_until(choice, at)
    if until is not None:
        assert at < until <= at + timedelta(hours=25)
        assert quiet_until(choice, until) is None


def test_the_next_message_waits_for_its_interval_and_then_for_the_morning() -> None:
    sent = oslo("2026-11-22T18:00")
    choice = a_choice(gather_hours=2, last_sent_at=sent)
    assert may_go_at(choice, sent + timedelta(hours=1)) == oslo("2026-11-22T20:00")
    assert may_go_at(choice, oslo("2026-11-22T20:30")) == oslo("2026-11-22T20:30")
    slow = a_choice(gather_hours=4, last_sent_at=sent)
    assert may_go_at(slow, sent) == oslo("2026-11-23T08:00")


def test_a_choice_shows_nobody() -> None:
    assert repr(a_choice(number="02834530190")) == "NoticeChoice(SMS)"
