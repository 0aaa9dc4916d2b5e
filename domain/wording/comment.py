"""The sentences that stand for a comment that is no longer shown, by language."""

from __future__ import annotations

from domain.words import DEFAULT_LANGUAGE

_WITHDRAWN = {
    "nb": "Kommentaren er trukket av den som skrev den.",
    "en": "The comment was taken back by whoever wrote it.",
}
_DELETED = {
    "nb": "Kommentaren er tatt bort. Virksomheten har godtatt et krav om å slette den.",
    "en": "The comment has been taken away. The organisation accepted a request to delete it.",
}


def withdrawn(language: str) -> str:
    """Return what stands for a comment that its author took back, in bokmål where need be."""
    return _WITHDRAWN.get(language, _WITHDRAWN[DEFAULT_LANGUAGE])


def deleted(language: str) -> str:
    """Return what stands for a comment that a decision took away, in bokmål where need be."""
    return _DELETED.get(language, _DELETED[DEFAULT_LANGUAGE])
