"""Goals as the graph shows them."""

from __future__ import annotations

from datetime import date

import strawberry

from domain.content.goal import Achievement, ExpressedBy, GoalStatus
from schema.field import enum, plain

enum(
    ExpressedBy,
    "Whose goal it is.",
    PATIENT="The patient's own.",
    CLINICIAN="Set by health personnel.",
)
enum(
    GoalStatus,
    "Where a goal stands (FHIR Goal.lifecycleStatus).",
    PROPOSED="Proposed.",
    PLANNED="Agreed, not begun.",
    ACCEPTED="Accepted by those who have to.",
    ACTIVE="Being worked for.",
    ON_HOLD="Paused.",
    COMPLETED="Worked for no longer, as it is reached or past.",
    CANCELLED="Given up.",
    REJECTED="Not accepted.",
    ENTERED_IN_ERROR="Entered in error.",
)
enum(
    Achievement,
    "How it goes (FHIR Goal.achievementStatus).",
    IN_PROGRESS="On the way.",
    IMPROVING="Getting better.",
    WORSENING="Getting worse.",
    NO_CHANGE="As before.",
    ACHIEVED="Reached.",
    SUSTAINING="Reached and kept.",
    NOT_ACHIEVED="Not reached.",
    NO_PROGRESS="Not on the way.",
    NOT_ATTAINABLE="Can't be reached.",
)


@strawberry.type(description="A measurable end.")
class Target:
    measure: str = plain("What is measured, in words.")
    value: str = plain("The value to reach.")
    unit: str | None = plain("Its unit (UCUM).")
    due: date | None = plain("By when.")


@strawberry.type(description="What the patient or the care team wants to reach.")
class Goal:
    id: strawberry.ID = plain("The line's id within the plan part, kept from version to version.")
    description: str = plain("The goal in words.")
    expressed_by: ExpressedBy = plain("Whose goal it is.")
    status: GoalStatus = plain("Where it stands.")
    achievement: Achievement | None = plain("How it goes.")
    target: Target | None = plain("A measurable end, if there is one.")
    priority: int | None = plain("1 is the most important.")
    problem_ids: list[strawberry.ID] = plain(
        "The problems of the same part that it answers.", size=10
    )
