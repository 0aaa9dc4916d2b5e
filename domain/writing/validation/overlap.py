"""What must go together between zones and measurements: unit, baseline, and no value in two zones.

Two zones may not share values even if one of them says for how long: of two that apply, nobody
could tell which is meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from math import inf

from domain.coding import Coding
from domain.content.observable import definition
from domain.content.self_care import SelfCare
from domain.content.zone import Threshold, ThresholdBasis, ZoneLevel
from domain.noun import Noun
from domain.writing.fault import Fault, FaultCode
from domain.writing.validation.coding import same_measure
from domain.writing.validation.line import placed
from domain.writing.validation.text import Faults
from domain.writing.validation.zone import MOST_THRESHOLDS, MOST_ZONES, limits

# 80 per cent of 310 may come out a hair above 248.
_ROUNDING = 1e-6


class _Placed(Noun):
    """A threshold with its zone and its place in the input."""

    limit: Threshold
    level: ZoneLevel
    at: str


def together(care: SelfCare, at: str) -> Faults:
    """Check what stands in several places of a self-care part against each other."""
    yield from _units(care, at)
    for same in _by_measure(care, at):
        yield from _baselines(same)
        yield from _overlaps(same)


def _units(care: SelfCare, at: str) -> Faults:
    """Check that a measure without a unit of its own has one unit everywhere."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for observable, unit, place in _measures(care, at):
        if definition(observable):
            continue
        used, where = first.setdefault(same_measure(observable), (unit, place))
        if unit != used:
            yield Fault(path=place, code=FaultCode.DIFFERENT_UNIT, other=where)


def _measures(care: SelfCare, at: str) -> Iterator[tuple[Coding, str, str]]:
    for each in _thresholds(care, at):
        yield each.limit.observable, each.limit.unit, f"{each.at}.unit"
    for measurement, place in placed(care.measurements, f"{at}.measurements"):
        yield measurement.observable, measurement.unit, f"{place}.unit"


def _thresholds(care: SelfCare, at: str) -> Iterator[_Placed]:
    for zone, place in placed(care.zones, f"{at}.zones", MOST_ZONES):
        for limit, where in placed(zone.thresholds, f"{place}.thresholds", MOST_THRESHOLDS):
            yield _Placed(limit=limit, level=zone.level, at=where)


def _by_measure(care: SelfCare, at: str) -> Iterator[list[_Placed]]:
    """Give thresholds of the same measure together, without those whose own numbers are wrong."""
    found: dict[tuple[str, str], list[_Placed]] = defaultdict(list)
    for each in _thresholds(care, at):
        if not any(limits(each.limit, each.at)):
            found[same_measure(each.limit.observable)].append(each)
    yield from found.values()


def _baselines(same: Sequence[_Placed]) -> Faults:
    """Check that the patient has one own value of a measure."""
    relative = [each for each in same if each.limit.baseline is not None]
    for each in islice(relative, 1, None):
        if each.limit.baseline != relative[0].limit.baseline:
            yield Fault(
                path=f"{each.at}.baseline",
                code=FaultCode.DIFFERENT_BASELINE,
                other=f"{relative[0].at}.baseline",
            )


def _overlaps(same: Sequence[_Placed]) -> Faults:
    """Tell of each threshold that shares values with an earlier one of another zone, once."""
    for order, each in enumerate(same):
        others = (other for other in same[:order] if other.level is not each.level)
        clash = next((other for other in others if _overlap(other.limit, each.limit)), None)
        if clash:
            yield Fault(path=each.at, code=FaultCode.OVERLAP, other=clash.at)


def _overlap(one: Threshold, other: Threshold) -> bool:
    relative = _is_relative(one) and _is_relative(other)
    low, high = _interval(one, in_unit=not relative)
    other_low, other_high = _interval(other, in_unit=not relative)
    return low + _ROUNDING < other_high and other_low + _ROUNDING < high


def _interval(limit: Threshold, *, in_unit: bool) -> tuple[float, float]:
    """Return the limits as they are, or in the measure's unit where they are per cent."""
    scale = (limit.baseline or 0) / 100 if in_unit and _is_relative(limit) else 1.0
    low = -inf if limit.low is None else limit.low * scale
    high = inf if limit.high is None else limit.high * scale
    return low, high


def _is_relative(limit: Threshold) -> bool:
    return limit.basis is ThresholdBasis.PERCENT_OF_BASELINE
