"""What zone evaluation says: which zone, what decided it, and what can't be said and why.

These records are kept with the report they belong to, as they were said then.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain.content.observable import Observable
from domain.content.zone import Threshold, ZoneLevel
from domain.noun import Noun


class Sign(Noun):
    """A warning sign that the reporter has, with the zone they saw it under; the plan's words."""

    level: ZoneLevel
    text: str


class Doubt(Enum):
    """Why a zone can't be said. Open: clients show the sentence of a code they don't know."""

    SWITCHED_OFF = "SWITCHED_OFF"
    NOT_APPROVED = "NOT_APPROVED"
    ON_HOLD = "ON_HOLD"
    NOTHING_TO_GO_ON = "NOTHING_TO_GO_ON"
    MISSING = "MISSING"
    OLD = "OLD"
    IN_THE_FUTURE = "IN_THE_FUTURE"
    IMPOSSIBLE = "IMPOSSIBLE"
    WRONG_UNIT = "WRONG_UNIT"
    NO_ZONE = "NO_ZONE"
    NOT_SHOWN_TO_LAST = "NOT_SHOWN_TO_LAST"
    UNUSABLE_LIMIT = "UNUSABLE_LIMIT"
    EXAMPLE_LIMIT = "EXAMPLE_LIMIT"
    UNKNOWN_OBSERVABLE = "UNKNOWN_OBSERVABLE"
    UNKNOWN_SIGN = "UNKNOWN_SIGN"


# What makes a value itself useless, whatever the plan says: it can only be measured again.
UNUSABLE = (Doubt.IMPOSSIBLE, Doubt.WRONG_UNIT, Doubt.IN_THE_FUTURE)


class FindingKind(Enum):
    """What a finding comes from."""

    MEASUREMENT = "MEASUREMENT"
    SIGN = "SIGN"
    CHOICE = "CHOICE"


class Finding(Noun):
    """What one thing says by itself: a level, or the doubt that stands in its way.

    A measurement's has its value and unit as registered, and the threshold it lies in. `would_be`
    is the zone it would be but for the doubt: OLD, what it was when it was measured;
    NOT_SHOWN_TO_LAST, what it is if it has lasted. `text` is the sign, or the plan's name of
    something that we don't know how to measure.
    """

    kind: FindingKind
    level: ZoneLevel | None = None
    doubt: Doubt | None = None
    observable: Observable | None = None
    text: str | None = None
    measurement_id: str | None = None
    value: float | None = None
    unit: str | None = None
    measured_at: datetime | None = None
    threshold: Threshold | None = None
    would_be: ZoneLevel | None = None

    @property
    def is_old(self) -> bool:
        """Tell whether the value is too old to say anything about now."""
        return self.doubt is Doubt.OLD


class Assessment(Noun):
    """Which zone it is, or why that can't be said, by one version of the rules.

    `findings` stand with the one that decided first. Exactly one of `level` and `doubt` is set.
    """

    version: str
    level: ZoneLevel | None = None
    doubt: Doubt | None = None
    findings: tuple[Finding, ...] = ()
