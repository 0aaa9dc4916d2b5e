from __future__ import annotations

import pytest

from domain.content.zone import ZoneLevel, badness, worst

GREEN, YELLOW, RED = ZoneLevel


@pytest.mark.parametrize(
    ("levels", "expected"),
    [((), None), ((None,), None), ((GREEN, None), GREEN), ((YELLOW, RED, GREEN), RED)],
)
def test_the_worst_of_no_level_is_none(
    levels: tuple[ZoneLevel | None, ...], expected: ZoneLevel | None
) -> None:
    assert worst(levels) is expected


def test_red_is_worse_than_yellow_is_worse_than_green() -> None:
    assert sorted(ZoneLevel, key=badness) == [GREEN, YELLOW, RED]
