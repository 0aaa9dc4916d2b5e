"""The names of the kinds of plan part, by language; bokmål is complete."""

from __future__ import annotations

from collections.abc import Mapping

from domain.plan.part import PlanKind
from domain.words import DEFAULT_LANGUAGE

_NAMES: Mapping[PlanKind, Mapping[str, str]] = {
    PlanKind.BEHANDLINGSPLAN: {"nb": "Behandlingsplan", "en": "Treatment plan"},
    PlanKind.EGENBEHANDLINGSPLAN: {"nb": "Egenbehandlingsplan", "en": "Self-care plan"},
    PlanKind.KRISEPLAN: {"nb": "Kriseplan", "en": "Crisis plan"},
    PlanKind.PALLIATIV_PLAN: {"nb": "Palliativ plan", "en": "Palliative plan"},
    PlanKind.BARN_BEREDSKAP_LIVSKVALITET: {
        "nb": "Plan for beredskap og livskvalitet",
        "en": "Plan for preparedness and quality of life",
    },
    PlanKind.INDIVIDUELL_PLAN: {"nb": "Individuell plan", "en": "Individual plan"},
}


def name(kind: PlanKind, language: str) -> str:
    """Return the name of a kind of part, in bokmål where the language has none."""
    by_language = _NAMES[kind]
    return by_language.get(language, by_language[DEFAULT_LANGUAGE])


def of_part(kind: PlanKind | None, said: str, language: str) -> str:
    """Return what is said with the name of the part it is about; alone where it is about none."""
    return said if kind is None else f"{name(kind, language)}: {said[0].lower()}{said[1:]}"
