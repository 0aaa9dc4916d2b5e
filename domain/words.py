"""Words that users read, kept in every language at once."""

from __future__ import annotations

from domain.noun import Noun

DEFAULT_LANGUAGE = "nb"
LANGUAGES = frozenset({"nb", "en"})


def spoken(language: str) -> str:
    """Return a language that we have words in: the one asked for, or bokmål."""
    return language if language in LANGUAGES else DEFAULT_LANGUAGE


class Words(Noun):
    """The same words in bokmål and in English; what somebody wrote is the same in both."""

    nb: str
    en: str

    def to(self, language: str) -> str:
        """Return the words in a language, in bokmål where it has none of its own."""
        return self.en if language == "en" else self.nb


def capital(text: str) -> str:
    """Return a text that begins with a capital letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def own(text: str) -> Words:
    """Return what somebody wrote, which is not translated."""
    return Words(nb=text, en=text)
