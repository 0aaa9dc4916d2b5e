"""The sentence that stands for a comment that was taken back, by language."""

from __future__ import annotations

from domain.words import DEFAULT_LANGUAGE

_WITHDRAWN = {
    "nb": "Kommentaren er trukket av den som skrev den.",
    "en": "The comment was taken back by whoever wrote it.",
}


def withdrawn(language: str) -> str:
    """Return the sentence, in bokmål where the language has none."""
    return _WITHDRAWN.get(language, _WITHDRAWN[DEFAULT_LANGUAGE])
