"""What is sent outside the app: that there is something to read, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from domain.noun import Noun
from domain.words import spoken

_SUBJECT: Mapping[str, str] = {"nb": "Du har noe nytt å lese", "en": "You have something to read"}
_URGENT: Mapping[str, str] = {
    "nb": "Du har noe nytt å lese, og det haster.",
    "en": "You have something new to read, and it is urgent.",
}
_USUAL: Mapping[str, str] = {
    "nb": "Du har noe nytt å lese.",
    "en": "You have something new to read.",
}
_REST: Mapping[str, str] = {
    "nb": "Logg inn på Helsenorge for å lese det. Der kan du også skru av slike meldinger.",
    "en": "Log in to Helsenorge to read it. You can switch these messages off there too.",
}


class MessageWords(Noun):
    """What a message says; an SMS has no subject."""

    subject: str
    body: str


def words(language: str, *, is_urgent: bool) -> MessageWords:
    """Return what a message says: one of four texts, whatever it is about and however much."""
    lang = spoken(language)
    begins = (_URGENT if is_urgent else _USUAL)[lang]
    return MessageWords(subject=_SUBJECT[lang], body=f"{begins} {_REST[lang]}")
