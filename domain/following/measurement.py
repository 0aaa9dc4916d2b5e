"""One measured value: what, how much, when it was measured and when it came here.

A flat record of its own, since there will be many millions: it belongs to a patient and not to a
plan part, which it outlives, and names the report that it came with.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite

from domain.content import observable
from domain.content.observable import Observable
from domain.following.entry import Entry, EntrySource
from domain.noun import Noun
from domain.writing.fault import FaultCode

LATE_AFTER = timedelta(hours=1)
CLOCKS_DIFFER_BY = timedelta(minutes=10)


class Measurement(Entry, kw_only=True):
    """A value with its unit (UCUM) as it was registered; nothing is ever converted in place."""

    observable: Observable
    value: float
    unit: str
    measured_at: datetime
    device_id: str | None = None
    report_id: str | None = None

    @property
    def canonical(self) -> Decimal | None:
        """The value in the canonical unit; None when the unit is not known."""
        return observable.canonical(self.observable, self.value, self.unit)

    @property
    def is_possible(self) -> bool:
        """Tell whether it can be a measurement at all."""
        value = self.canonical
        return value is not None and observable.is_possible(self.observable, value)

    @property
    def is_late(self) -> bool:
        """Tell whether it came so long after it was measured that readers must be told."""
        return self.received_at - self.measured_at > LATE_AFTER


class NewMeasurement(Noun):
    """A value that somebody registers now, in a unit (UCUM) of its observable."""

    observable: Observable
    value: float
    unit: str
    measured_at: datetime


def is_ahead(measured_at: datetime, now: datetime) -> bool:
    """Tell whether a time lies further ahead than clocks may differ."""
    return measured_at - now > CLOCKS_DIFFER_BY


def faults(measurements: Sequence[Measurement], now: datetime) -> Iterator[tuple[int, FaultCode]]:
    """Tell what is wrong with new values, by their place; with any fault, a value is refused.

    A person can look again, so an impossible value is refused. A device can't, and a value that is
    thrown away hides that the device fails: its values are kept as they came, and judged as ones
    that nothing can be said from.
    """
    confused = swapped(measurements)
    for place, each in enumerate(measurements):
        is_by_hand = each.source is not EntrySource.DEVICE
        if each.measured_at.tzinfo is None:
            yield place, FaultCode.TIME_ZONE_REQUIRED
        elif is_by_hand and is_ahead(each.measured_at, now):
            yield place, FaultCode.IN_THE_FUTURE
        if not isfinite(each.value):
            yield place, FaultCode.NOT_A_NUMBER
        elif is_by_hand and (fault := _fault_of_value(each, confused)):
            yield place, fault


def _fault_of_value(measurement: Measurement, confused: Container[str]) -> FaultCode | None:
    if measurement.canonical is None:
        return FaultCode.WRONG_UNIT
    if not measurement.is_possible:
        return FaultCode.IMPOSSIBLE_VALUE
    return FaultCode.SWAPPED_PRESSURES if measurement.id in confused else None


def swapped(measurements: Iterable[Measurement]) -> frozenset[str]:
    """Return the ids of blood pressures whose lower number is not lower than the upper one.

    Each looks possible alone; together, measured at the same time, they can't be right.
    """
    at_once: dict[datetime, list[Measurement]] = {}
    for each in measurements:
        at_once.setdefault(each.measured_at, []).append(each)
    return frozenset(each.id for group in at_once.values() for each in _swapped_in(group))


def _swapped_in(group: Sequence[Measurement]) -> list[Measurement]:
    uppers = [m for m in group if m.observable is Observable.SYSTOLIC_PRESSURE]
    lowers = [m for m in group if m.observable is Observable.DIASTOLIC_PRESSURE]
    numbers = [[m.canonical for m in each if m.canonical is not None] for each in (uppers, lowers)]
    if not all(numbers) or min(numbers[0]) > max(numbers[1]):
        return []
    return uppers + lowers
