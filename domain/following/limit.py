"""A plan's thresholds as limits that a value can be held against, exact and in one unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from math import isfinite

from domain.content.observable import Observable, canonical, is_possible, observables
from domain.content.zone import Threshold, ThresholdBasis, Zone, ZoneLevel
from domain.following.assessment import Doubt
from domain.noun import Noun

LONGEST_HOURS = 24 * 366.0


class Limit(Noun):
    """A threshold in the canonical unit; `low` and `high` are None where it is open.

    `lasting` is how long the value must have stood there. `doubt` is why nothing can be said from
    it: its numbers make no sense, or nobody has set them for this patient.
    """

    level: ZoneLevel
    observable: Observable
    threshold: Threshold
    low: Decimal | None = None
    high: Decimal | None = None
    lasting: timedelta = timedelta(0)
    doubt: Doubt | None = None

    def holds(self, value: Decimal) -> bool:
        """Tell whether a value lies in it: low <= value < high."""
        is_above = self.low is None or self.low <= value
        is_below = self.high is None or value < self.high
        return self.doubt is None and is_above and is_below


def limits_of(zones: Iterable[Zone]) -> tuple[Limit, ...]:
    """Return the limits of all zones; thresholds of what we can't measure are not among them."""
    return tuple(
        _limit(zone.level, found[0], threshold)
        for zone in zones
        for threshold in zone.thresholds
        if len(found := observables(threshold.observable)) == 1
    )


def hours(count: float | None) -> timedelta | None:
    """Return a number of hours; None for what is no length of time up to a year."""
    if count is None or not isfinite(count) or not 0 < count <= LONGEST_HOURS:
        return None
    return timedelta(hours=count)


def _limit(level: ZoneLevel, observable: Observable, threshold: Threshold) -> Limit:
    given = {"low": threshold.low, "high": threshold.high}
    ends = {side: _end(observable, threshold, at) for side, at in given.items() if at is not None}
    low, high = ends.get("low"), ends.get("high")
    lasting = hours(threshold.for_hours) if threshold.for_hours else timedelta(0)
    is_empty = not ends or (low is not None and high is not None and low >= high)
    is_unusable = is_empty or None in (*ends.values(), lasting)
    return Limit(
        level=level,
        observable=observable,
        threshold=threshold,
        low=low,
        high=high,
        lasting=lasting or timedelta(0),
        doubt=Doubt.UNUSABLE_LIMIT if is_unusable else _example(threshold),
    )


def _end(observable: Observable, threshold: Threshold, at: float) -> Decimal | None:
    if threshold.basis is ThresholdBasis.FIXED:
        return canonical(observable, at, threshold.unit)
    if threshold.baseline is None or not isfinite(at):
        return None
    baseline = canonical(observable, threshold.baseline, threshold.unit)
    if baseline is None or not is_possible(observable, baseline):
        return None
    return baseline * Decimal(str(at)) / 100


def _example(threshold: Threshold) -> Doubt | None:
    return Doubt.EXAMPLE_LIMIT if threshold.is_example else None
