from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.plan.sharing import (
    RecipientKind,
    RecipientSetting,
    Share,
    ShareScope,
    Sharing,
    SharingState,
)
from tests.builders import NOW

DAY = timedelta(days=1)


def _share(
    since: datetime = NOW - DAY,
    until: datetime | None = None,
    withdrawn: datetime | None = None,
    **changes: Any,
) -> Share:
    known: dict[str, Any] = {
        "id": "shr_1",
        "patient_id": "pat_1",
        "part_id": "prt_1",
        "recipient": "Fjordvik skole",
        "kind": RecipientKind.ORGANISATION,
        "setting": RecipientSetting.SCHOOL,
        "scopes": (ShareScope.ZONE_SHEET,),
        "organisation_number": None,
        "shared_by": "Kari",
    }
    return Share(since=since, until=until, withdrawn_at=withdrawn, **known | changes)


@pytest.mark.parametrize(
    ("shares", "state"),
    [
        ((), SharingState.NOT_SHARED),
        ((_share(),), SharingState.SHARED),
        ((_share(until=NOW),), SharingState.WITHDRAWN),
        ((_share(withdrawn=NOW - DAY),), SharingState.WITHDRAWN),
        ((_share(until=NOW), _share()), SharingState.SHARED),
    ],
)
def test_sharing_is_open_while_any_share_is(shares: tuple[Share, ...], state: SharingState) -> None:
    assert Sharing(shares=shares).state(NOW) is state


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [
        ({}, True),
        ({"recipient": " fjordvik SKOLE "}, True),
        ({"recipient": "Solbakken skole"}, False),
        ({"kind": RecipientKind.TEAM}, False),
        ({"organisation_number": "999000193"}, False),
        ({"scopes": (ShareScope.CONTACTS,), "since": NOW}, True),
    ],
)
def test_the_same_recipient_is_known_by_name_where_there_is_no_number(
    changes: dict[str, Any], is_same: bool
) -> None:
    assert _share().is_with(_share(**changes)) is is_same


def test_a_number_says_more_than_a_name() -> None:
    known = {"kind": RecipientKind.PERSON, "recipient_number": "12838499987"}
    assert _share(**known).is_with(_share(recipient="B. Sandvik", **known))
    assert not _share(**known).is_with(_share(**known | {"recipient_number": "20811599924"}))


def test_two_people_of_one_unit_are_two_recipients() -> None:
    unit = {"kind": RecipientKind.PERSON, "organisation_number": "999000118"}
    assert not _share(recipient="Ane", **unit).is_with(_share(recipient="Bo", **unit))


def test_no_text_form_of_a_share_shows_a_number() -> None:
    assert "12838499987" not in f"{_share(recipient_number='12838499987')!r}"
