from __future__ import annotations

from domain.access.facts import DEFAULT
from domain.access.standing import Standing
from domain.wording.standing import STANDINGS, WHO


def test_every_standing_has_a_name_of_its_own_in_both_languages() -> None:
    assert set(STANDINGS) == set(Standing)
    for language in ("nb", "en"):
        names = [words.to(language) for words in STANDINGS.values()]
        assert all(names)
        assert len(set(names)) == len(names)


def test_it_is_said_of_every_standing_who_it_is_in_whole_sentences() -> None:
    assert set(WHO) == set(Standing)
    for words in WHO.values():
        for said in (words.nb, words.en):
            assert said[0].isupper(), said
            assert said.endswith("."), said


def test_the_ages_are_those_that_the_policy_turns_on() -> None:
    assert f"{DEFAULT.own_access_from} til 16 år" in WHO[Standing.YOUTH].nb
    assert STANDINGS[Standing.PARENT_12_15].nb == "forelder til barn på 12–15 år"
    assert STANDINGS[Standing.PARENT_16_17].en == "parent of a youth of 16 or 17"
