"""What waits, in words; bokmål is complete."""

from __future__ import annotations

from collections.abc import Mapping

from domain.cooperation.task import ShiftTask, TaskKind
from domain.wording.plan import of_part
from domain.words import DEFAULT_LANGUAGE

_SENTENCES: Mapping[TaskKind, Mapping[str, str]] = {
    TaskKind.HANDOVER: {
        "nb": "Dere er bedt om å ta over ansvaret. Svar ja eller nei.",
        "en": "You are asked to take over. Answer yes or no.",
    },
    TaskKind.APPROVAL: {
        "nb": "Noen venter på godkjenning.",
        "en": "Somebody waits for approval.",
    },
    TaskKind.COMMENT: {
        "nb": "En kommentar har ikke fått svar.",
        "en": "A comment has not been answered.",
    },
    TaskKind.REVIEW: {
        "nb": "Det er tid for evaluering.",
        "en": "It is time for the review.",
    },
    TaskKind.CHILD: {
        "nb": "Velg hva foreldrene skal beholde av planen fra barnet er 12 år. Hør barnet først.",
        "en": "Choose what the parents keep of the plan from when the child is 12. Hear the child.",
    },
}


def sentence(task: ShiftTask, language: str) -> str:
    """Return what waits and of which part, in bokmål where the language has no words."""
    by_language = _SENTENCES[task.kind]
    said = by_language.get(language, by_language[DEFAULT_LANGUAGE])
    return of_part(task.part_kind, said, language)
