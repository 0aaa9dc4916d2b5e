"""The names of the tasks in a care team, by language; bokmål is complete."""

from __future__ import annotations

from collections.abc import Mapping

from domain.plan.care_team import CareTeamFunction
from domain.words import DEFAULT_LANGUAGE

_NAMES: Mapping[CareTeamFunction, Mapping[str, str]] = {
    CareTeamFunction.PLAN_RESPONSIBLE: {"nb": "planansvarlig", "en": "plan responsible"},
    CareTeamFunction.PRIMARY_CONTACT: {"nb": "primærkontakt", "en": "primary contact"},
    CareTeamFunction.COORDINATOR: {"nb": "koordinator", "en": "coordinator"},
    CareTeamFunction.CHILD_COORDINATOR: {"nb": "barnekoordinator", "en": "child coordinator"},
    CareTeamFunction.CONTACT_DOCTOR: {"nb": "kontaktlege", "en": "contact doctor"},
}


def function_name(function: CareTeamFunction, language: str) -> str:
    """Return the name of a task, in bokmål where the language has none."""
    by_language = _NAMES[function]
    return by_language.get(language, by_language[DEFAULT_LANGUAGE])
