"""Texts under headings, as the graph shows them."""

from __future__ import annotations

import strawberry

from domain.content.passage import Heading
from schema.field import enum, plain

enum(
    Heading,
    "What a text of the plan is about. Law and guidance ask for some of them in some kinds of part.",
    RESOURCES_AND_NEEDS="The patient's resources and needs.",
    PARTICIPANTS="Who takes part in the work with the plan.",
    COORDINATION="Who is responsible for coordination and progress.",
    CONTRIBUTIONS="What each contributes, next of kin included.",
    IMPLEMENTATION="How the measures are carried out.",
    COOPERATION="Which cooperation is needed.",
    CONSENT="Consent to the plan, and to sharing confidential information with participants.",
    EARLY_SIGNS="Early signs that things get worse.",
    HOW_TO_MEET_ME="How the person wants to be met.",
    WANTED_HELP="Which help the person wants, and does not want.",
    FUNCTION="Diagnoses and function.",
    TREATMENT_CLARIFICATIONS="Medical guidance and what is decided about treatment.",
    SYMPTOM_RELIEF="Relief of symptoms, with and without medicines.",
    ACUTE_EVENTS="Acute events and how they are alerted.",
    UPDATING="How and when the plan is kept up to date.",
    RELATED_PLANS="Which other plans there are, and how they belong together.",
    ROUTINES="Routines of daily life.",
    FAMILY="Siblings, family and respite.",
    REPORTING="Who reads what the patient reports, or that nobody does.",
    OTHER="Something else.",
)


@strawberry.type(description="One text under its heading.")
class Passage:
    id: strawberry.ID = plain("The line's id within the plan part, kept from version to version.")
    heading: Heading = plain("What it is about.")
    text: str = plain("The text.")
