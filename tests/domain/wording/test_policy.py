from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pytest

from domain.access import legal_basis, lock
from domain.access.lock import Key
from domain.access.matrix import Condition
from domain.wording.policy import CONDITIONS, KEYS, LOCKS
from domain.words import Words


@pytest.mark.parametrize(
    ("words", "members"),
    [(CONDITIONS, Condition), (LOCKS, lock.ALL), (KEYS, Key)],
    ids=["conditions", "locks", "keys"],
)
def test_every_member_has_a_name_of_its_own_in_both_languages(
    words: Mapping[Any, Words], members: Collection[Any]
) -> None:
    assert set(words) == set(members)
    for language in ("nb", "en"):
        names = [each.to(language) for each in words.values()]
        assert all(names)
        assert len(set(names)) == len(names)


def test_every_law_is_cited_and_told_of_in_both_languages() -> None:
    for basis in legal_basis.ALL:
        assert basis.about.nb.endswith("."), basis.key
        assert basis.about.en.endswith("."), basis.key
        assert basis.about.nb != basis.about.en, basis.key
        assert basis.name("nb") != basis.name("en"), basis.key


def test_a_law_is_cited_with_its_section() -> None:
    assert legal_basis.INCAPACITY.name("nb") == "pasient- og brukerrettighetsloven §§ 4-5, 4-6"
    assert legal_basis.USE_IS_LOGGED.name("en") == "the Patient Records Act § 22"
    assert legal_basis.GUARDIANSHIP.name("nb") == "vergemålsloven"
