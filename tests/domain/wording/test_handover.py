from __future__ import annotations

import pytest
from msgspec.structs import replace

from domain.cooperation.handover import HandoverState
from domain.wording.handover import sentence
from domain.words import LANGUAGES
from tests.domain.cooperation.test_handover import OFFERED


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("state", list(HandoverState))
def test_where_it_stands_names_both(state: HandoverState, language: str) -> None:
    said = sentence(replace(OFFERED, state=state), language)
    assert "Barneavdelingen" in said
    assert "Hjemmetjenesten" in said


def test_what_did_not_follow_is_said() -> None:
    taken = replace(OFFERED, state=HandoverState.ACCEPTED, left_out=("prt_2",))
    assert sentence(taken, "nb").endswith("fulgte ikke med: 1.")


def test_an_organisation_without_a_name_has_its_number() -> None:
    assert "999000118" in sentence(replace(OFFERED, to_organisation_name=None), "nb")
