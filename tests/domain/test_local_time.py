from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.local_time import clock, is_same_day, moment_in_words

WINTER = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


def test_the_clock_is_norways_in_winter_and_summer() -> None:
    assert (clock(WINTER), clock(SUMMER)) == ("08:05", "00:30")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "torsdag 2. juli kl. 00:30"),
        ("en", "Thursday 2 July at 00:30"),
        ("se", "torsdag 2. juli kl. 00:30"),
    ],
)
def test_a_moment_has_its_norwegian_day(language: str, words: str) -> None:
    assert moment_in_words(SUMMER, language) == words


def test_a_day_ends_at_norwegian_midnight() -> None:
    assert not is_same_day(SUMMER, SUMMER.replace(hour=21))
    assert is_same_day(SUMMER, SUMMER.replace(hour=23))
