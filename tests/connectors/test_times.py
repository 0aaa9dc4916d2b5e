from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.fhir.times import Instant, PartialTime


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-12-03T10:30:00+01:00", datetime(2026, 12, 3, 9, 30, tzinfo=UTC)),
        ("2026-12-03T09:30:00Z", datetime(2026, 12, 3, 9, 30, tzinfo=UTC)),
        ("2026-12-03T09:30:00.25Z", datetime(2026, 12, 3, 9, 30, 0, 250_000, tzinfo=UTC)),
        ("2026-12-03T09:30:00.123456789Z", datetime(2026, 12, 3, 9, 30, 0, 123_456, tzinfo=UTC)),
        ("2026-12-03T10:30:00", datetime(2026, 12, 3, 9, 30, tzinfo=UTC)),
        ("2026-07-03T10:30", datetime(2026, 7, 3, 8, 30, tzinfo=UTC)),
    ],
)
def test_an_instant_is_told_in_utc_and_without_a_zone_is_norwegian(text: str, at: datetime) -> None:
    assert Instant(text).at == at
    assert Instant(text).at.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-02", date(2026, 10, 2)),
        ("2026-10", None),
        ("2026", None),
        ("2026-10-02T23:30:00Z", date(2026, 10, 3)),
        ("9999-12-31T23:30:00Z", date(9999, 12, 31)),
    ],
)
def test_a_partial_time_is_not_completed(text: str, day: date | None) -> None:
    assert PartialTime(text).day == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13",
        "2026-02-30",
        "20261002",
        "2026-W40-5",
        "2026-10-02T25:00:00Z",
        "2026-10-02 10:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "0000",
        "2026-10-02T10:00:00Z ",
        "٢٠٢٦-10-02",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialTime(text)


@pytest.mark.parametrize("text", ["2026", "2026-10", "2026-10-02"])
def test_an_instant_needs_a_time_of_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Instant(text)


@given(
    st.text(alphabet="0123456789-:TZ+. ", max_size=30)
    | st.datetimes(timezones=st.none() | st.timezones()).map(datetime.isoformat)
)
def test_any_other_text_is_a_value_error(text: str) -> None:
    try:
        time = PartialTime(text)
    except ValueError:
        return
    assert time.at is None or time.day is not None
    assert time.at is None or time.at.tzinfo is UTC
