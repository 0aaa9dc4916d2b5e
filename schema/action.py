"""Actions as the graph shows them."""

from __future__ import annotations

from datetime import date

import strawberry

from domain.content.action import ActionCategory, ActionFor, ActionStatus
from schema.field import enum, plain

enum(
    ActionCategory,
    "The six national self-care categories, and everything else.",
    MEDICATION="Medikamentelle tiltak (SNOMED CT 182832007).",
    DIET="Kosthold (SNOMED CT 384760004).",
    PHYSICAL_ACTIVITY="Fysisk aktivitet (SNOMED CT 229064008).",
    MEASUREMENT="Målinger (SNOMED CT 122869004).",
    MENTAL_HEALTH="Psykisk helse (SNOMED CT 390808007).",
    LIFESTYLE="Livsstil (SNOMED CT 313204009).",
    OTHER="Something else.",
)
enum(
    ActionFor,
    "Who carries an action out.",
    PATIENT="The patient, or those around.",
    SERVICE="The service.",
)
enum(
    ActionStatus,
    "Whether an action is to be followed now.",
    ACTIVE="Yes.",
    ON_HOLD="Not for the time being.",
    COMPLETED="It is done.",
    CANCELLED="It is called off.",
)


@strawberry.type(description="What is to be done, by the patient or by the service.")
class Action:
    id: strawberry.ID = plain("The line's id within the plan part, kept from version to version.")
    title: str = plain("The action in a few words.")
    category: ActionCategory = plain("The kind of action.")
    performed_by: ActionFor = plain("Who carries it out.")
    status: ActionStatus = plain("Whether it is to be followed now.")
    description: str | None = plain("The action in full.")
    timing: str | None = plain("When and how often, in words.")
    due: date | None = plain("The day it is to be done by, for what is done once.")
    owner: str | None = plain("Who answers for it.")
    problem_ids: list[strawberry.ID] = plain(
        "The problems of the same part that it is for.", size=10
    )
    goal_ids: list[strawberry.ID] = plain("The goals of the same part that it serves.", size=10)
