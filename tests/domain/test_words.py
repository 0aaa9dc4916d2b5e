from __future__ import annotations

import pytest

from domain.words import Words, capital, own


@pytest.mark.parametrize(("language", "word"), [("nb", "mål"), ("en", "goal"), ("nn", "mål")])
def test_a_language_that_is_not_kept_is_answered_in_the_first(language: str, word: str) -> None:
    assert Words(nb="mål", en="goal").to(language) == word


def test_what_somebody_wrote_is_not_translated() -> None:
    assert own("Gå tur").to("en") == "Gå tur"


def test_a_capital_letter_leaves_the_rest_as_it_is() -> None:
    assert [capital(text) for text in ("måling av SpO2", "", "Å")] == ["Måling av SpO2", "", "Å"]
