from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from domain.content.self_care import ReadingHours, Receiver, Weekday
from domain.content.zone import ZoneLevel
from domain.following.reading import escalates_at, periods, who_reads
from domain.local_time import OSLO
from tests.domain.nora import GREEN, OFFICE_HOURS, RED, WARD, YELLOW

ALL_DAYS = tuple(Weekday)
MINUTES = timedelta(minutes=1)


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


def open_at(opens: str, closes: str, *weekdays: Weekday) -> ReadingHours:
    clocks = time.fromisoformat(opens), time.fromisoformat(closes)
    return ReadingHours(weekdays=weekdays or ALL_DAYS, opens=clocks[0], closes=clocks[1])


def a_unit(*hours: ReadingHours, after: int = 60, to: str | None = "Vakthavende") -> Receiver:
    return structs.replace(WARD, hours=hours, escalate_after_minutes=after, escalate_to=to)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ("2026-11-23T07:59:59", False),
        ("2026-11-23T08:00", True),
        ("2026-11-23T14:59:59", True),
        ("2026-11-23T15:00", False),
        ("2026-11-22T12:00", False),  # a Sunday
    ],
)
def test_somebody_reads_from_opening_until_closing(now: str, is_open: bool) -> None:
    assert who_reads(WARD, oslo(now)).is_open is is_open


def test_while_open_it_says_until_when_and_while_closed_from_when() -> None:
    reading = who_reads(WARD, oslo("2026-11-23T09:00"))
    assert (reading.closes_at, reading.opens_next_at) == (oslo("2026-11-23T15:00"), None)
    reading = who_reads(WARD, oslo("2026-11-20T16:00"))
    assert (reading.closes_at, reading.opens_next_at) == (None, oslo("2026-11-23T08:00"))
    assert reading.reader == "Barneavdelingen"


def test_without_a_receiver_nobody_reads() -> None:
    reading = who_reads(None, oslo("2026-11-23T09:00"))
    assert (reading.reader, reading.is_open, reading.opens_next_at) == (None, False, None)


@pytest.mark.parametrize(
    "hours", [(), (ReadingHours(weekdays=(), opens=time(8), closes=time(15)),)]
)
def test_a_unit_without_hours_never_reads(hours: tuple[ReadingHours, ...]) -> None:
    reading = who_reads(a_unit(*hours), oslo("2026-11-23T09:00"))
    assert (reading.is_open, reading.closes_at, reading.opens_next_at) == (False, None, None)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-04-01T16:00", "2026-04-07T08:00"),  # over Easter
        ("2026-05-14T09:00", "2026-05-15T08:00"),  # Ascension
        ("2026-12-31T16:00", "2027-01-04T08:00"),
    ],
)
def test_public_holidays_are_closed(now: str, opens: str) -> None:
    reading = who_reads(WARD, oslo(now))
    assert (reading.is_open, reading.opens_next_at) == (False, oslo(opens))


def test_midnight_closes_at_the_end_of_the_day() -> None:
    evening = a_unit(open_at("16:00", "00:00", Weekday.MONDAY))
    reading = who_reads(evening, oslo("2026-11-23T23:59"))
    assert (reading.is_open, reading.closes_at) == (True, oslo("2026-11-24T00:00"))
    assert not who_reads(evening, oslo("2026-11-24T00:00")).is_open


def test_hours_that_meet_at_midnight_are_one() -> None:
    night = a_unit(open_at("20:00", "00:00"), open_at("00:00", "06:00"))
    assert who_reads(night, oslo("2026-11-23T23:00")).closes_at == oslo("2026-11-24T06:00")


def test_around_the_clock_is_open_until_the_next_holiday() -> None:
    always = a_unit(open_at("00:00", "00:00"))
    assert who_reads(always, oslo("2026-11-23T03:00")).closes_at == oslo("2026-12-25T00:00")


@pytest.mark.parametrize(("opens", "closes"), [("22:00", "06:00"), ("09:00", "09:00")])
def test_hours_that_end_before_they_begin_are_none(opens: str, closes: str) -> None:
    assert not who_reads(a_unit(open_at(opens, closes)), oslo("2026-11-23T23:00")).is_open


def test_overlapping_hours_count_once() -> None:
    twice = a_unit(open_at("08:00", "12:00"), open_at("10:00", "12:30"), after=180)
    received = oslo("2026-11-23T10:00")
    assert who_reads(twice, received).closes_at == oslo("2026-11-23T12:30")
    assert escalates_at(twice, YELLOW, received) == oslo("2026-11-24T08:30")


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ("2026-03-29T00:59:59+00:00", True),
        ("2026-03-29T01:00:00+00:00", True),  # 03:00 in Norway: the hour in between never was
        ("2026-03-29T01:59:59+00:00", True),
        ("2026-03-29T02:00:00+00:00", False),
    ],
)
def test_the_night_clocks_go_forward_is_an_hour_shorter(now: str, is_open: bool) -> None:
    unit = a_unit(open_at("00:00", "04:00", Weekday.SUNDAY))
    assert who_reads(unit, datetime.fromisoformat(now)).is_open is is_open


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ("2026-10-25T00:29:00+00:00", True),
        ("2026-10-25T00:30:00+00:00", False),  # the first 02:30
        ("2026-10-25T01:29:00+00:00", False),  # the second 02:29
    ],
)
def test_a_closing_time_that_comes_twice_closes_the_first_time(now: str, is_open: bool) -> None:
    unit = a_unit(open_at("00:00", "02:30", Weekday.SUNDAY))
    assert who_reads(unit, datetime.fromisoformat(now)).is_open is is_open


def test_an_opening_time_that_comes_twice_opens_the_second_time() -> None:
    unit = a_unit(open_at("02:30", "06:00", Weekday.SUNDAY))
    reading = who_reads(unit, datetime(2026, 10, 25, 0, 45, tzinfo=UTC))
    assert reading.opens_next_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_closing_time_that_never_comes_closes_before_it() -> None:
    unit = a_unit(open_at("00:00", "02:30", Weekday.SUNDAY))
    reading = who_reads(unit, datetime(2026, 3, 28, 23, 30, tzinfo=UTC))
    assert reading.closes_at == datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("received", "told"),
    [
        ("2026-11-23T09:00", "2026-11-23T10:00"),
        ("2026-11-23T14:30", "2026-11-24T08:30"),
        ("2026-11-20T15:00", "2026-11-23T09:00"),
        ("2026-11-21T12:00", "2026-11-23T09:00"),
        ("2026-04-01T14:45", "2026-04-07T08:45"),
    ],
)
def test_a_yellow_report_waits_for_reading_time_only(received: str, told: str) -> None:
    assert escalates_at(WARD, YELLOW, oslo(received)) == oslo(told)


@pytest.mark.parametrize(
    ("received", "told"),
    [
        ("2026-11-23T09:00", "2026-11-23T10:00"),
        ("2026-11-23T14:30", "2026-11-23T15:00"),  # nobody watches after closing
        ("2026-11-23T15:00", "2026-11-23T15:00"),
        ("2026-11-21T12:00", "2026-11-21T12:00"),
    ],
)
def test_a_red_report_never_waits_for_a_unit_to_open(received: str, told: str) -> None:
    assert escalates_at(WARD, RED, oslo(received)) == oslo(told)


@pytest.mark.parametrize("level", [YELLOW, RED])
def test_a_report_to_a_unit_that_never_reads_is_passed_on_at_once(level: ZoneLevel) -> None:
    received = oslo("2026-11-23T09:00")
    assert escalates_at(a_unit(), level, received) == received


@pytest.mark.parametrize("level", [GREEN, None])
def test_what_is_neither_yellow_nor_red_is_not_passed_on(level: ZoneLevel | None) -> None:
    assert escalates_at(WARD, level, oslo("2026-11-23T09:00")) is None


def test_without_anybody_to_pass_it_on_to_nothing_is_passed_on() -> None:
    assert escalates_at(a_unit(OFFICE_HOURS, to=None), RED, oslo("2026-11-21T12:00")) is None


@pytest.mark.parametrize(
    ("received", "told"),
    [
        ("2026-03-29T00:10", "2026-03-29T02:10+00:00"),  # 04:10 in Norway
        ("2026-10-25T00:10", "2026-10-25T01:10+00:00"),  # the second 02:10
    ],
)
def test_reading_time_is_real_time_when_clocks_change(received: str, told: str) -> None:
    unit = a_unit(open_at("00:00", "06:00", Weekday.SUNDAY), after=180)
    assert escalates_at(unit, YELLOW, oslo(received)) == datetime.fromisoformat(told)


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
any_hours = st.builds(
    ReadingHours,
    weekdays=st.lists(st.sampled_from(Weekday), max_size=7, unique=True).map(tuple),
    opens=clocks,
    closes=clocks,
)
units = st.builds(
    lambda hours, after: a_unit(*hours, after=after),
    st.lists(any_hours, max_size=4),
    st.integers(-10, 3000),
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # bounds are local


@given(units, moments)
def test_it_is_open_until_it_closes_and_closed_until_it_opens(
    unit: Receiver, now: datetime
) -> None:
    reading = who_reads(unit, now)
    second = timedelta(seconds=1)
    if reading.closes_at is not None:
        assert reading.is_open
        assert who_reads(unit, reading.closes_at - second).is_open
        assert not who_reads(unit, reading.closes_at).is_open
    if reading.opens_next_at is not None:
        assert not reading.is_open
        assert not who_reads(unit, max(now, reading.opens_next_at - second)).is_open
        assert who_reads(unit, reading.opens_next_at).is_open


@given(units, moments)
def test_periods_follow_each_other_and_never_touch(unit: Receiver, now: datetime) -> None:
    found = list(periods(unit.hours, now))
    assert all(each.opens < each.closes for each in found)
    assert all(a.closes < b.opens for a, b in pairwise(found))


@given(units, moments)
def test_red_is_passed_on_no_later_than_yellow(unit: Receiver, received: datetime) -> None:
    red, yellow = (escalates_at(unit, level, received) for level in (RED, YELLOW))
    assert red is not None
    assert yellow is not None
    assert received <= red <= yellow


@given(units, moments)
def test_yellow_is_passed_on_when_the_reading_time_is_up(
    unit: Receiver, received: datetime
) -> None:
    told = escalates_at(unit, YELLOW, received)
    assert told is not None
    read = sum(
        (
            min(each.closes, told) - max(each.opens, received)
            for each in periods(unit.hours, received)
            if each.opens < told
        ),
        timedelta(0),
    )
    wanted = max(timedelta(0), unit.escalate_after_minutes * MINUTES)
    assert read == wanted or told == received
