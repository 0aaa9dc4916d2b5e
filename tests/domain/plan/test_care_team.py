from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.coding import Coding
from domain.plan.care_team import TeamMember
from domain.profession import SYSTEM
from tests.builders import NOW

SECOND = timedelta(seconds=1)


def _member(**changes: Any) -> TeamMember:
    known: dict[str, Any] = {"version": 1, "name": "Siri Nordvik", "since": NOW}
    return TeamMember(id="mbr_1", patient_id="pat_1", **known | changes)


@pytest.mark.parametrize(
    ("until", "now", "is_open"),
    [
        (None, NOW - SECOND, False),
        (None, NOW, True),
        (NOW + SECOND, NOW, True),
        (NOW + SECOND, NOW + SECOND, False),
    ],
)
def test_a_membership_holds_from_its_beginning_until_its_end(
    until: datetime | None, now: datetime, is_open: bool
) -> None:
    assert _member(until=until).is_open(now) is is_open


@pytest.mark.parametrize(
    ("code", "text", "role"),
    [
        ("SP", None, Coding(text="Sykepleier", system=SYSTEM, code="SP")),
        ("SP", "Teamsykepleier", Coding(text="Teamsykepleier", system=SYSTEM, code="SP")),
        (None, "Kontaktlærer", Coding(text="Kontaktlærer")),
        (None, None, None),
    ],
)
def test_a_role_has_the_code_and_the_words_that_are_known(
    code: str | None, text: str | None, role: Coding | None
) -> None:
    assert _member(role_code=code, role_text=text).role == role
