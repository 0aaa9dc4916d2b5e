"""What zone evaluation says, as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.content.observable import Observable
from domain.content.zone import ZoneLevel
from domain.following.assessment import Doubt, FindingKind
from resolvers import report
from schema.field import enum, field, plain
from schema.zone import Threshold

enum(
    Doubt,
    "Why a zone can't be said. New codes may be added: show the sentence of one you don't know.",
    SWITCHED_OFF="Zones are not evaluated in this deployment.",
    NOT_APPROVED="Nobody has approved the plan.",
    ON_HOLD="The plan is paused.",
    NOTHING_TO_GO_ON="The plan has no limits, and no zone was chosen.",
    MISSING="There is no value of something that the zones measure.",
    OLD="The last value is too old.",
    IN_THE_FUTURE="The value's time has not come yet.",
    IMPOSSIBLE="The value can't be right.",
    WRONG_UNIT="The value's unit is not one of its observable.",
    NO_ZONE="The value lies in no zone of the plan.",
    NOT_SHOWN_TO_LAST="The limit asks for a time that the values don't reach back over.",
    UNUSABLE_LIMIT="The plan's limit makes no sense.",
    EXAMPLE_LIMIT="The plan's limit is a template's example.",
    UNKNOWN_OBSERVABLE="The plan measures something that we don't know.",
    UNKNOWN_SIGN="The sign is not in the plan.",
)
enum(
    FindingKind,
    "What a finding comes from.",
    MEASUREMENT="A measured value, or the lack of one.",
    SIGN="A warning sign.",
    CHOICE="The reporter's own choice.",
)


@strawberry.type(description="A warning sign of the plan that the reporter has seen.")
class Sign:
    level: ZoneLevel = plain("The zone that it was seen under.")
    text: str = plain("The sign, in the plan's words.")


@strawberry.type(description="What one value, sign or choice says by itself.")
class Finding:
    kind: FindingKind = plain("What it comes from.")
    level: ZoneLevel | None = plain("The zone; null where there is a doubt.")
    doubt: Doubt | None = plain("What stands in the way of a zone.")
    sentence: str = field(
        report.finding_sentence, "The zone and the limit it lies in, or the doubt, in words."
    )
    observable: Observable | None = plain("What was measured.")
    text: str | None = plain("The sign, or the plan's name of something we can't measure.")
    measurement_id: strawberry.ID | None = plain("The value that speaks.")
    value: float | None = plain("The value as registered.")
    unit: str | None = plain("Its unit (UCUM).")
    measured_at: datetime | None = plain("When it was measured.")
    threshold: Threshold | None = plain("The limit of the plan that it lies in.")
    would_be: ZoneLevel | None = plain("The zone that it would be but for the doubt.")


@strawberry.type(
    description="Which zone of the patient's own plan it is, or why that can't be said. Not "
    "CE-marked, not for clinical use; see docs/zone-evaluation.md."
)
class Assessment:
    version: str = plain("The version of the rules that said so.")
    level: ZoneLevel | None = plain("The zone; null where it can't be said.")
    doubt: Doubt | None = plain("Why it can't be said.")
    sentences: list[str] = field(report.assessment_sentences, "All of it in words.", size=5)
    findings: list[Finding] = plain("Everything found; what decided stands first.", size=10)
