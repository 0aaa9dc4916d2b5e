"""Zones and the limits in them.

A value that lies in no zone is no fault: the answer is then "cannot say", which is honest, and the
zone's words stand. A value that lies in two zones would be answered at random, so it is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.content.observable import definition, is_panel
from domain.content.zone import Threshold, ThresholdBasis, Zone, ZoneLevel
from domain.writing.fault import Fault, FaultCode
from domain.writing.validation.coding import measure
from domain.writing.validation.line import few, placed
from domain.writing.validation.number import hours, within
from domain.writing.validation.text import (
    Faults,
    optional_line,
    optional_text,
    required_line,
    required_text,
)

# Three have a meaning; a few more are looked into, so that each can be told of.
MOST_ZONES = 10
# What a person can keep in mind when ill.
MOST_SIGNS = 20
MOST_THRESHOLDS = 20

_LEVELS = tuple(ZoneLevel)
_FARTHEST = 1_000_000.0
_MOST_PER_CENT = 500.0


def zones(items: Sequence[Zone], at: str) -> Faults:
    """Check the zones of a self-care part, one by one and their order."""
    yield from few(items, at, MOST_ZONES)
    yield from _order(items, at)
    for zone, place in placed(items, at, MOST_ZONES):
        yield from _zone(zone, place)


def limits(limit: Threshold, at: str) -> Faults:
    """Check the numbers of a threshold."""
    yield from _ends(limit, at)
    yield from _baseline(limit, f"{at}.baseline")
    if is_panel(limit.observable):
        yield Fault(path=f"{at}.observable", code=FaultCode.NOT_ONE_NUMBER)


def _order(items: Sequence[Zone], at: str) -> Faults:
    first: dict[ZoneLevel, str] = {}
    worst = 0
    for zone, place in placed(items, at, MOST_ZONES):
        rank = _LEVELS.index(zone.level)
        if zone.level in first:
            yield Fault(path=place, code=FaultCode.DUPLICATE_ZONE, other=first[zone.level])
        elif rank < worst:
            yield Fault(path=place, code=FaultCode.OUT_OF_ORDER)
        first.setdefault(zone.level, place)
        worst = max(worst, rank)


def _zone(zone: Zone, at: str) -> Faults:
    yield from required_text(zone.condition, f"{at}.condition")
    yield from required_text(zone.what_to_do, f"{at}.whatToDo")
    yield from few(zone.warning_signs, f"{at}.warningSigns", MOST_SIGNS)
    for sign, place in placed(zone.warning_signs, f"{at}.warningSigns", MOST_SIGNS):
        yield from required_line(sign, place)
    yield from few(zone.thresholds, f"{at}.thresholds", MOST_THRESHOLDS)
    for limit, place in placed(zone.thresholds, f"{at}.thresholds", MOST_THRESHOLDS):
        yield from measure(limit.observable, limit.unit, place)
        yield from limits(limit, place)
        yield from hours(limit.for_hours, f"{place}.forHours")
    yield from optional_line(zone.contact, f"{at}.contact")
    yield from optional_text(zone.when_to_call, f"{at}.whenToCall")


def _ends(limit: Threshold, at: str) -> Faults:
    low, high = limit.low, limit.high
    if low is None and high is None:
        yield Fault(path=at, code=FaultCode.NO_LIMIT)
    lowest, highest = _possible(limit)
    yield from within(low, f"{at}.low", lowest, highest)
    yield from within(high, f"{at}.high", lowest, highest)
    if low is not None and high is not None and low >= high:
        yield Fault(path=f"{at}.high", code=FaultCode.LOW_NOT_BELOW_HIGH, other=f"{at}.low")


def _possible(limit: Threshold) -> tuple[float, float]:
    known = definition(limit.observable)
    if limit.basis is ThresholdBasis.PERCENT_OF_BASELINE:
        return (0.0, _MOST_PER_CENT)
    return (float(known.lowest), float(known.highest)) if known else (-_FARTHEST, _FARTHEST)


def _baseline(limit: Threshold, at: str) -> Faults:
    """Check the patient's own value: limits in per cent need it, and others would be misread."""
    if limit.basis is not ThresholdBasis.PERCENT_OF_BASELINE:
        if limit.baseline is not None:
            yield Fault(path=at, code=FaultCode.BASELINE_NOT_USED)
    elif limit.baseline is None:
        if not limit.is_example:  # a template's limit, which can't be activated as it is
            yield Fault(path=at, code=FaultCode.BASELINE_REQUIRED)
    elif limit.baseline <= 0:
        yield Fault(path=at, code=FaultCode.NOT_POSITIVE)
    else:
        known = definition(limit.observable)
        yield from within(limit.baseline, at, 0, float(known.highest) if known else _FARTHEST)
