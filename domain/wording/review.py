"""What is left after a review, in words; bokmål is complete."""

from __future__ import annotations

from collections.abc import Mapping

from domain.cooperation.review import Remaining, RemainingKind
from domain.words import DEFAULT_LANGUAGE

_SENTENCES: Mapping[RemainingKind, Mapping[str, str]] = {
    RemainingKind.PART_IN_USE: {
        "nb": "Planen er fortsatt i bruk. Avslutt den når resten er gjort.",
        "en": "The plan is still in use. End it when the rest is done.",
    },
    RemainingKind.OPEN_DRAFT: {
        "nb": "Utkast som ikke er tatt i bruk eller lagt bort: {count}.",
        "en": "Drafts that are neither in use nor put away: {count}.",
    },
    RemainingKind.REQUESTED_APPROVAL: {
        "nb": "Godkjenninger som ikke er besvart: {count}.",
        "en": "Approvals that wait for an answer: {count}.",
    },
    RemainingKind.OPEN_COMMENT: {
        "nb": "Kommentarer uten svar: {count}.",
        "en": "Comments without an answer: {count}.",
    },
    RemainingKind.OPEN_HANDOVER: {
        "nb": "En annen virksomhet er bedt om å ta over og har ikke svart.",
        "en": "Another organisation is asked to take over and has not answered.",
    },
    RemainingKind.OPEN_SHARE: {
        "nb": "Mottakere som fortsatt har planen: {count}.",
        "en": "Recipients who still have the plan: {count}.",
    },
}


def sentence(of: Remaining, language: str) -> str:
    """Return what is left in words, in bokmål where the language has none."""
    by_language = _SENTENCES[of.kind]
    template = by_language.get(language, by_language[DEFAULT_LANGUAGE])
    return template.format(count=of.count)
