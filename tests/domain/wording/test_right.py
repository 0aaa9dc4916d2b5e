from __future__ import annotations

from domain.access.right import Right
from domain.wording.right import RIGHTS


def test_every_right_has_a_name_of_its_own_in_both_languages() -> None:
    assert set(RIGHTS) == set(Right)
    for language in ("nb", "en"):
        names = [words.to(language) for words in RIGHTS.values()]
        assert all(names)
        assert len(set(names)) == len(names)


def test_a_right_s_name_goes_on_after_may() -> None:
    for name in (text for words in RIGHTS.values() for text in (words.nb, words.en)):
        assert name[0].islower(), name
        assert not name.startswith(("å ", "to ")), name
        assert not name.endswith("."), name
