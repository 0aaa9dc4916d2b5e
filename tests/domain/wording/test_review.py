from __future__ import annotations

import pytest

from domain.cooperation.review import Remaining, RemainingKind
from domain.wording.review import sentence
from domain.words import LANGUAGES


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("kind", list(RemainingKind))
def test_whatever_is_left_can_be_told(kind: RemainingKind, language: str) -> None:
    said = sentence(Remaining(kind=kind, count=3), language)
    assert said.endswith(".")
    assert "{" not in said


def test_how_many_are_left_is_said() -> None:
    left = Remaining(kind=RemainingKind.OPEN_COMMENT, count=3)
    assert sentence(left, "nb") == "Kommentarer uten svar: 3."
