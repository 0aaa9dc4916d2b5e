"""Text under a heading that law or guidance asks for."""

from __future__ import annotations

from enum import Enum

from domain.noun import Noun


class Heading(Enum):
    """What a passage is about; `domain.plan.mandatory` says which a plan must have."""

    RESOURCES_AND_NEEDS = "RESOURCES_AND_NEEDS"
    PARTICIPANTS = "PARTICIPANTS"
    COORDINATION = "COORDINATION"
    CONTRIBUTIONS = "CONTRIBUTIONS"
    IMPLEMENTATION = "IMPLEMENTATION"
    COOPERATION = "COOPERATION"
    CONSENT = "CONSENT"
    EARLY_SIGNS = "EARLY_SIGNS"
    HOW_TO_MEET_ME = "HOW_TO_MEET_ME"
    WANTED_HELP = "WANTED_HELP"
    FUNCTION = "FUNCTION"
    TREATMENT_CLARIFICATIONS = "TREATMENT_CLARIFICATIONS"
    SYMPTOM_RELIEF = "SYMPTOM_RELIEF"
    ACUTE_EVENTS = "ACUTE_EVENTS"
    UPDATING = "UPDATING"
    RELATED_PLANS = "RELATED_PLANS"
    ROUTINES = "ROUTINES"
    FAMILY = "FAMILY"
    REPORTING = "REPORTING"
    OTHER = "OTHER"


class Passage(Noun):
    """One text under its heading."""

    id: str
    heading: Heading
    text: str
