"""The traffic light of the self-care plan: how I am, and what I do then."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from domain.coding import Coding
from domain.noun import Noun


class ZoneLevel(Enum):
    """Green: as usual. Yellow: worse, follow the plan and tell. Red: act now."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"


_WORST_LAST = tuple(ZoneLevel)


def badness(level: ZoneLevel) -> int:
    """Return a number that is higher the worse the zone is."""
    return _WORST_LAST.index(level)


def worst(levels: Iterable[ZoneLevel | None]) -> ZoneLevel | None:
    """Return the worst of some levels; None where there is none."""
    return max((each for each in levels if each), key=badness, default=None)


class ThresholdBasis(Enum):
    """Whether limits are in the measure's unit, or in per cent of the patient's own best value."""

    FIXED = "FIXED"
    PERCENT_OF_BASELINE = "PERCENT_OF_BASELINE"


class Threshold(Noun):
    """A limit that a machine can check: the value lies in the zone when low <= value < high.

    An open end is None. `unit` is UCUM; for PERCENT_OF_BASELINE, `baseline` is the patient's own
    value in that unit and `low`/`high` are per cent of it. `for_hours`: how long it must
    have lasted. `is_example` marks a value that a template proposes and nobody has set for this
    patient yet.
    """

    observable: Coding
    unit: str
    basis: ThresholdBasis = ThresholdBasis.FIXED
    low: float | None = None
    high: float | None = None
    baseline: float | None = None
    for_hours: float | None = None
    is_example: bool = False


class Zone(Noun):
    """One colour: the condition in words, its limits and signs, what to do, whom to call when."""

    level: ZoneLevel
    condition: str
    what_to_do: str
    warning_signs: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    contact: str | None = None
    when_to_call: str | None = None
