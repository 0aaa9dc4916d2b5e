"""What everybody on a patient's side is always told, whether anything is hidden or not."""

from __future__ import annotations

from domain.words import Words

_MAY_BE_MORE = Words(
    nb="Du ser det du kan se her. Det kan finnes mer.",
    en="You see what you may see here. There may be more.",
)


def may_be_more(language: str) -> str:
    """Return the sentence; it never changes, so that it tells nothing."""
    return _MAY_BE_MORE.to(language)
