"""A measurement over time: points and zone bands for a graph, and how long it has been silent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.content.observable import CATALOGUE, Observable, observables
from domain.content.self_care import Monitoring, SelfCare
from domain.content.zone import ZoneLevel, badness
from domain.following.assessment import Doubt
from domain.following.entry import EntrySource, EntryStatus
from domain.following.limit import Limit, hours, limits_of
from domain.following.measurement import Measurement, is_ahead
from domain.noun import Noun


class Point(Noun):
    """One value in a graph; only CURRENT ones count, the others are kept to be seen as changed.

    `value` is in the unit of the series, None when the registered unit can't be converted.
    `is_possible` is False for what can't be a measurement. `source` is its label.
    """

    measurement_id: str
    measured_at: datetime
    value: float | None
    is_possible: bool
    is_late: bool
    source: EntrySource
    status: EntryStatus


class Band(Noun):
    """A zone's stretch of the graph: low <= value < high, in the unit of the series.

    `for_hours`: a value counts there when it has lasted so long. `is_example`: nobody has set it
    for this patient yet, and nothing is evaluated by it.
    """

    level: ZoneLevel
    low: float | None
    high: float | None
    for_hours: float | None = None
    is_example: bool = False


class Silence(Noun):
    """Something the plan asks to be measured has no usable value for longer than it may take.

    `name` is the plan's own, `since` when the last one was measured, None when there has never been
    any.
    """

    monitoring_id: str
    name: str
    since: datetime | None


class Series(Noun):
    """The values of one observable, oldest first, with the plan's bands from worst to best.

    `is_cut` tells that there are older values in the period, more than a graph takes.
    """

    observable: Observable
    unit: str
    points: tuple[Point, ...]
    bands: tuple[Band, ...]
    is_cut: bool = False


def series(
    observable: Observable,
    values: Iterable[Measurement],
    self_care: SelfCare,
    *,
    is_cut: bool = False,
) -> Series:
    """Return a graph of one observable; thresholds that make no sense have no band."""
    own = sorted((v for v in values if v.observable is observable), key=lambda v: v.measured_at)
    limits = [each for each in limits_of(self_care.zones) if each.observable is observable]
    bands = [_band(each) for each in limits if each.doubt is not Doubt.UNUSABLE_LIMIT]
    return Series(
        observable=observable,
        unit=CATALOGUE[observable].unit,
        points=tuple(map(_point, own)),
        bands=tuple(sorted(bands, key=lambda band: badness(band.level), reverse=True)),
        is_cut=is_cut,
    )


def _point(value: Measurement) -> Point:
    exact = value.canonical
    return Point(
        measurement_id=value.id,
        measured_at=value.measured_at,
        value=None if exact is None else float(exact),
        is_possible=value.is_possible,
        is_late=value.is_late,
        source=value.source,
        status=value.status,
    )


def _band(limit: Limit) -> Band:
    low, high = (None if end is None else float(end) for end in (limit.low, limit.high))
    return Band(
        level=limit.level,
        low=low,
        high=high,
        for_hours=limit.threshold.for_hours,
        is_example=limit.threshold.is_example,
    )


def silence(
    monitoring: Monitoring, values: Iterable[Measurement], expected_from: datetime, now: datetime
) -> Silence | None:
    """Return how something to be measured has fallen silent; None when it has not, or need not.

    `expected_from` is when the plan began to ask for it. A value from a clock that is ahead keeps
    no silence away, nor does one that can't be a measurement.
    """
    rhythm = hours(monitoring.every_hours)
    if rhythm is None:
        return None
    asked = observables(monitoring.observable)
    times = [v.measured_at for v in values if v.observable in asked and _is_heard(v, now)]
    last = max(times, default=None)
    is_silent = now - (last or expected_from) > rhythm
    name = monitoring.observable.text
    return Silence(monitoring_id=monitoring.id, name=name, since=last) if is_silent else None


def _is_heard(value: Measurement, now: datetime) -> bool:
    return value.is_current and value.is_possible and not is_ahead(value.measured_at, now)
