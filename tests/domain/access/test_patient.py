from __future__ import annotations

from datetime import date

import pytest

from domain.access.patient import Patient
from domain.access.subject import Gender
from tests.builders import NOW


def _born(day: date, died_on: date | None = None) -> Patient:
    return Patient(
        id="pat_1",
        given_name="Nora",
        family_name="Fjell",
        birth_date=day,
        gender=Gender.UNKNOWN,
        died_on=died_on,
    )


@pytest.mark.parametrize(
    ("born", "age"), [(date(2015, 11, 22), 11), (date(2015, 11, 23), 10), (date(2016, 2, 29), 10)]
)
def test_age_is_completed_years(born: date, age: int) -> None:
    assert _born(born).age_on(NOW.date()) == age


def test_age_stops_at_death() -> None:
    assert _born(date(1940, 1, 1), died_on=date(2020, 6, 1)).age_on(NOW.date()) == 80
