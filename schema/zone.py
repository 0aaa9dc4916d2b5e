"""Self-care zones as the graph shows them."""

from __future__ import annotations

import strawberry

from domain.content.zone import ThresholdBasis, ZoneLevel
from schema.coding import Coding
from schema.field import enum, plain

enum(
    ZoneLevel,
    "The traffic light of the self-care plan.",
    GREEN="As usual.",
    YELLOW="Worse: follow the plan and tell.",
    RED="Act now.",
)
enum(
    ThresholdBasis,
    "What the limits of a threshold are given in.",
    FIXED="In the unit of what is measured.",
    PERCENT_OF_BASELINE="In per cent of the patient's own best value.",
)


@strawberry.type(
    description="A limit that a machine can check: the value lies in the zone when "
    "low <= value < high; an open end is null."
)
class Threshold:
    observable: Coding = plain("What is measured.")
    unit: str = plain("The unit of the measured value (UCUM).")
    basis: ThresholdBasis = plain("What `low` and `high` are given in.")
    low: float | None = plain("The lowest value in the zone.")
    high: float | None = plain("The first value above the zone.")
    baseline: float | None = plain("The patient's own best value, in the unit.")
    for_hours: float | None = plain("How many hours it must have lasted.")
    is_example: bool = plain(
        "Whether the value is a template's example that nobody has set for this patient yet."
    )


@strawberry.type(description="One colour: how I am, and what I do then.")
class Zone:
    level: ZoneLevel = plain("The colour.")
    condition: str = plain("How the patient is, in words.")
    what_to_do: str = plain("What to do, in words.")
    warning_signs: list[str] = plain("Signs to look for.", size=20)
    thresholds: list[Threshold] = plain("Limits that a machine can check.", size=20)
    contact: str | None = plain("Whom to call.")
    when_to_call: str | None = plain("When to call.")
