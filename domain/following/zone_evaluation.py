"""Zone evaluation: which of a plan's zones the reported values, signs and choice amount to.

Read docs/zone-evaluation.md before you use or change this: likely medical device software, not
CE-marked. A deployment can switch it off (`SWITCHED_OFF`), and content that nobody has approved
(`NOT_APPROVED`) or that is paused (`ON_HOLD`) is not evaluated; its text is then shown alone.

One rule carries it: of all that is found, the gravest decides. From grave to slight: red, yellow,
cannot say, green. So a doubt is never outweighed by green, and never outweighs yellow or red.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from math import isfinite

from msgspec import structs

from domain.content.observable import Observable, observables
from domain.content.self_care import Monitoring, SelfCare
from domain.content.zone import Threshold, Zone, ZoneLevel, worst
from domain.following.assessment import Assessment, Doubt, Finding, FindingKind, Sign
from domain.following.limit import Limit, hours, limits_of
from domain.following.measurement import Measurement, is_ahead, swapped
from domain.noun import Noun

VERSION = "1"
FRESH_FOR = timedelta(hours=24)
SWITCHED_OFF = Assessment(version=VERSION, doubt=Doubt.SWITCHED_OFF)
NOT_APPROVED = Assessment(version=VERSION, doubt=Doubt.NOT_APPROVED)
ON_HOLD = Assessment(version=VERSION, doubt=Doubt.ON_HOLD)

_GRAVEST_LAST = (ZoneLevel.GREEN, None, ZoneLevel.YELLOW, ZoneLevel.RED)


def evaluate(
    self_care: SelfCare,
    values: Iterable[Measurement],
    *,
    signs: Iterable[Sign] = (),
    chosen: ZoneLevel | None = None,
    now: datetime,
    fresh_for: timedelta = FRESH_FOR,
) -> Assessment:
    """Say which zone it is, or that it can't be said; whatever the numbers are, it never raises.

    `values` are the patient's, of all that the zones measure, and reach back `fresh_for` and as
    long as the longest threshold must last. A value counts for as long as the plan says until the
    next (`every_hours`), or for `fresh_for` where the plan has no rhythm.
    """
    return _concluded(
        [
            *map(_measured, _cases(self_care, values, now, fresh_for)),
            *_unmeasurable(self_care.zones),
            *_ticked(self_care.zones, signs),
            *_picked(chosen),
        ]
    )


def _concluded(findings: Sequence[Finding]) -> Assessment:
    if not findings:
        return Assessment(version=VERSION, doubt=Doubt.NOTHING_TO_GO_ON)
    ordered = tuple(sorted(findings, key=_gravity, reverse=True))
    decisive = ordered[0]
    return Assessment(version=VERSION, level=decisive.level, doubt=decisive.doubt, findings=ordered)


def _gravity(finding: Finding) -> int:
    return _GRAVEST_LAST.index(finding.level)


class _Case(Noun):
    """One observable: its limits, and its values with the newest first."""

    observable: Observable
    limits: tuple[Limit, ...]
    values: tuple[Measurement, ...]
    swapped: frozenset[str]
    now: datetime
    fresh_for: timedelta

    def doubt(self, value: Measurement) -> Doubt | None:
        """Return what keeps a value from being held against any limit."""
        if not isfinite(value.value) or value.id in self.swapped:
            return Doubt.IMPOSSIBLE
        if value.canonical is None:
            return Doubt.WRONG_UNIT
        if not value.is_possible:
            return Doubt.IMPOSSIBLE
        return Doubt.IN_THE_FUTURE if is_ahead(value.measured_at, self.now) else None

    def level_at(self, value: Measurement) -> ZoneLevel | None:
        """Return the worst zone a value lies in, however short it has lasted."""
        return worst(each.level for each in self.limits if _lies_in(value, each))


def _cases(
    self_care: SelfCare, values: Iterable[Measurement], now: datetime, fresh_for: timedelta
) -> Iterator[_Case]:
    current = sorted((v for v in values if v.is_current), key=_newness, reverse=True)
    limits = limits_of(self_care.zones)
    asked = rhythms(self_care.measurements)
    impossible = swapped(current)
    for observable in dict.fromkeys(each.observable for each in limits):
        yield _Case(
            observable=observable,
            limits=tuple(each for each in limits if each.observable is observable),
            values=tuple(each for each in current if each.observable is observable),
            swapped=impossible,
            now=now,
            fresh_for=asked.get(observable, fresh_for),
        )


def _measured(case: _Case) -> Finding:
    """Let the newest value speak; one that can't be used must not hide a usable bad one before."""
    if not case.values:
        return Finding(
            kind=FindingKind.MEASUREMENT, observable=case.observable, doubt=Doubt.MISSING
        )
    usable = [each for each in case.values if not case.doubt(each)]
    speaking = (*_newest(case.values), *_newest(usable))
    return max((_judged(case, each) for each in speaking), key=_gravity)


def _newest(values: Sequence[Measurement]) -> list[Measurement]:
    return [each for each in values if each.measured_at == values[0].measured_at]


def _judged(case: _Case, value: Measurement) -> Finding:
    if doubt := case.doubt(value):
        return _finding(value, doubt=doubt)
    found = max(_outcomes(case, value), key=_gravity)
    if case.now - value.measured_at > case.fresh_for:
        return structs.replace(found, level=None, doubt=Doubt.OLD, would_be=found.level)
    return found


def _outcomes(case: _Case, value: Measurement) -> list[Finding]:
    said = [each for limit in case.limits if (each := _outcome(case, value, limit))]
    return said or [_finding(value, doubt=Doubt.NO_ZONE)]


def _outcome(case: _Case, value: Measurement, limit: Limit) -> Finding | None:
    threshold = limit.threshold
    if limit.doubt:
        return _finding(value, threshold=threshold, doubt=limit.doubt)
    if not _lies_in(value, limit):
        return None
    if not _has_lasted(case, value, limit):
        doubt = Doubt.NOT_SHOWN_TO_LAST
        return _finding(value, threshold=threshold, doubt=doubt, would_be=limit.level)
    return _finding(value, threshold=threshold, level=limit.level)


def _has_lasted(case: _Case, value: Measurement, limit: Limit) -> bool:
    """Tell whether an unbroken run of values reaches as far back as the limit asks for.

    For yellow and red, a value that was worse does not break the run. A value from before that is
    older than a fresh one may be shows nothing.
    """
    if not limit.lasting:
        return True
    before = (v for v in case.values if v.measured_at < value.measured_at and not case.doubt(v))
    run = takewhile(lambda each: _keeps_up(case.level_at(each), limit.level), before)
    agos = (value.measured_at - each.measured_at for each in run)
    return any(limit.lasting <= ago and ago - limit.lasting <= case.fresh_for for ago in agos)


def _keeps_up(level: ZoneLevel | None, with_level: ZoneLevel) -> bool:
    if with_level is ZoneLevel.GREEN:
        return level is ZoneLevel.GREEN
    return level is not None and worst((level, with_level)) is level


def _lies_in(value: Measurement, limit: Limit) -> bool:
    exact = value.canonical
    return exact is not None and limit.holds(exact)


def _finding(
    value: Measurement,
    *,
    level: ZoneLevel | None = None,
    doubt: Doubt | None = None,
    threshold: Threshold | None = None,
    would_be: ZoneLevel | None = None,
) -> Finding:
    return Finding(
        kind=FindingKind.MEASUREMENT,
        level=level,
        doubt=doubt,
        observable=value.observable,
        measurement_id=value.id,
        value=value.value,
        unit=value.unit,
        measured_at=value.measured_at,
        threshold=threshold,
        would_be=would_be,
    )


def _unmeasurable(zones: Iterable[Zone]) -> Iterator[Finding]:
    """Tell of every threshold whose code is none, or not exactly one, of what we can measure."""
    concepts = (threshold.observable for zone in zones for threshold in zone.thresholds)
    for text in dict.fromkeys(each.text for each in concepts if len(observables(each)) != 1):
        yield Finding(kind=FindingKind.MEASUREMENT, doubt=Doubt.UNKNOWN_OBSERVABLE, text=text)


def _ticked(zones: Sequence[Zone], signs: Iterable[Sign]) -> Iterator[Finding]:
    """Let a sign count where the reporter saw it or where the plan has it now, as is the worst.

    A sign of the green zone says nothing by itself: that all is well is for the patient to choose.
    """
    for sign in signs:
        known = [zone.level for zone in zones if sign.text in zone.warning_signs]
        level = worst((sign.level, *known))
        if level is not ZoneLevel.GREEN:
            yield Finding(kind=FindingKind.SIGN, level=level, text=sign.text)
        elif not known:
            yield Finding(kind=FindingKind.SIGN, doubt=Doubt.UNKNOWN_SIGN, text=sign.text)


def _picked(chosen: ZoneLevel | None) -> Iterator[Finding]:
    if chosen is not None:
        yield Finding(kind=FindingKind.CHOICE, level=chosen)


def rhythms(measurements: Iterable[Monitoring]) -> dict[Observable, timedelta]:
    """Return how long until the next value of each, the shortest where the plan says more."""
    asked: dict[Observable, timedelta] = {}
    for each in measurements:
        if rhythm := hours(each.every_hours):
            for observable in observables(each.observable):
                asked[observable] = min(rhythm, asked.get(observable, rhythm))
    return asked


def _newness(value: Measurement) -> datetime:
    return value.measured_at
