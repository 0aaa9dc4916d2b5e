from __future__ import annotations

import pytest

from domain.event import EventKind
from domain.wording.event import words
from domain.words import LANGUAGES


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("kind", list(EventKind))
def test_whatever_happens_can_be_told(kind: EventKind, language: str) -> None:
    said = words(kind, language)
    assert said[0].isupper()
    assert not said.endswith(".")


def test_another_language_is_told_in_bokmaal() -> None:
    assert words(EventKind.REVIEW_HELD, "fr") == "Evaluert"
