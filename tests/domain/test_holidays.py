from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.holidays import easter, is_holiday


@pytest.mark.parametrize(
    "day",
    [
        date(1961, 4, 2),
        date(2008, 3, 23),
        date(2024, 3, 31),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
        date(2076, 4, 19),  # the year of the law's old mistake
        date(2285, 3, 22),
    ],
)
def test_easter_is_when_it_is(day: date) -> None:
    assert easter(day.year) == day


@given(st.integers(1900, 2999))
def test_easter_is_a_sunday_from_22_march_to_25_april(year: int) -> None:
    found = easter(year)
    assert found.isoweekday() == 7
    assert date(year, 3, 22) <= found <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("month", "day"),
    [
        *((1, 1), (4, 2), (4, 3), (4, 5), (4, 6), (5, 1)),
        *((5, 14), (5, 17), (5, 24), (5, 25), (12, 25), (12, 26)),
    ],
)
def test_the_red_days_of_2026_are_holidays(month: int, day: int) -> None:
    assert is_holiday(date(2026, month, day))


def test_no_other_day_is_a_holiday() -> None:
    days = [
        date.fromordinal(n)
        for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
    ]
    assert sum(map(is_holiday, days)) == 12


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 22),
        date(2026, 4, 1),
        date(2026, 4, 4),
        date(2026, 12, 24),
        date(2026, 12, 31),
    ],
)
def test_sundays_and_eves_are_left_to_the_units_own_hours(day: date) -> None:
    assert not is_holiday(day)
