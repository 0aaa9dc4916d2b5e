"""Where a handover stands, in words that say what became of responsibility; bokmål is complete."""

from __future__ import annotations

from collections.abc import Mapping

from domain.cooperation.handover import Handover, HandoverState
from domain.words import DEFAULT_LANGUAGE

_SENTENCES: Mapping[HandoverState, Mapping[str, str]] = {
    HandoverState.OPEN: {
        "nb": "{sender} har bedt {receiver} om å ta over. {sender} har ansvaret til de svarer ja.",
        "en": "{sender} has asked {receiver} to take over. {sender} answers until they say yes.",
    },
    HandoverState.ACCEPTED: {
        "nb": "{receiver} tok over ansvaret etter {sender}.",
        "en": "{receiver} took over from {sender}.",
    },
    HandoverState.DECLINED: {
        "nb": "{receiver} tok ikke over. Ansvaret ble værende hos {sender}.",
        "en": "{receiver} did not take over. {sender} went on answering for it.",
    },
    HandoverState.WITHDRAWN: {
        "nb": "{sender} trakk forespørselen til {receiver}, og ansvaret ble værende.",
        "en": "{sender} took back what it asked of {receiver}, and went on answering for it.",
    },
}
_LEFT_OUT = {
    "nb": "Det som var avsluttet da de svarte, fulgte ikke med: {count}.",
    "en": "What had ended when they answered did not follow: {count}.",
}


def sentence(handover: Handover, language: str) -> str:
    """Return where a handover stands, in bokmål where the language has no words."""
    said = _in(_SENTENCES[handover.state], language).format(
        sender=handover.from_organisation_name or handover.from_organisation,
        receiver=handover.to_organisation_name or handover.to_organisation,
    )
    if not handover.left_out:
        return said
    return f"{said} {_in(_LEFT_OUT, language).format(count=len(handover.left_out))}"


def _in(by_language: Mapping[str, str], language: str) -> str:
    return by_language.get(language, by_language[DEFAULT_LANGUAGE])
