from __future__ import annotations

from datetime import timedelta

import pytest

from domain.access.opening import (
    CODE_LENGTH,
    CODE_LETTERS,
    CODE_LIFETIME,
    PREFIX,
    TOKEN_LIFETIME,
    Opening,
    access_until,
    digest,
    new_code,
    new_token,
    typed,
)
from domain.author import Author
from domain.plan.sharing import RecipientKind, RecipientSetting, Share, ShareScope
from tests.builders import NOW

SHARE = Share(
    id="shr_1",
    patient_id="pat_1",
    part_id="prt_1",
    recipient="Fjordvik skole",
    kind=RecipientKind.ORGANISATION,
    setting=RecipientSetting.SCHOOL,
    scopes=(ShareScope.ZONE_SHEET,),
    organisation_number=None,
    shared_by="Kari Fjell",
    since=NOW,
)


def test_a_code_has_no_letter_that_can_be_taken_for_another() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert set("".join(codes)) <= set(CODE_LETTERS)
    assert set(CODE_LETTERS).isdisjoint("01OIL")


def test_a_code_is_the_same_however_it_is_typed() -> None:
    code = new_code()
    spelled = f" {code[:5].lower()}-{code[5:].lower()} "
    assert digest(typed(spelled)) == digest(code)


def test_a_token_is_long_and_told_by_its_beginning() -> None:
    one, two = new_token(), new_token()
    assert one.startswith(PREFIX)
    assert one != two
    assert len(one) > 50


@pytest.mark.parametrize(
    ("left", "lasts"),
    [
        (None, TOKEN_LIFETIME),
        (timedelta(days=9), TOKEN_LIFETIME),
        (timedelta(hours=2), timedelta(hours=2)),
    ],
)
def test_access_lasts_a_working_day_and_never_longer_than_the_share(
    left: timedelta | None, lasts: timedelta
) -> None:
    share = SHARE if left is None else _until(left)
    assert access_until(share, NOW) == NOW + lasts


def _until(left: timedelta) -> Share:
    known = {name: getattr(SHARE, name) for name in SHARE.__struct_fields__}
    return Share(**known | {"until": NOW + left})


def test_a_code_is_good_once_and_for_a_quarter_of_an_hour() -> None:
    opening = _opening()
    assert opening.can_be_opened(NOW)
    assert opening.can_be_opened(NOW + CODE_LIFETIME - timedelta(seconds=1))
    assert not opening.can_be_opened(NOW + CODE_LIFETIME)
    assert not _opening(opened_at=NOW).can_be_opened(NOW)


def test_no_text_form_shows_a_digest() -> None:
    assert repr(_opening()) == "Opening(opn_1)"


def _opening(**changes: object) -> Opening:
    known: dict[str, object] = {
        "id": "opn_1",
        "patient_id": "pat_1",
        "share_id": "shr_1",
        "code_digest": digest("x"),
        "made_by": Author(name="Kari Fjell"),
        "made_at": NOW,
        "code_expires_at": NOW + CODE_LIFETIME,
    }
    return Opening(**known | changes)
