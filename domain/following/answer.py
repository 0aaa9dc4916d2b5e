"""The answer to a report: which zone, what the plan says to do, who reads it, whom to call now.

It has the plan's own text and the two national numbers, and no advice of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from domain.content.contact import ContactPoint
from domain.content.observable import Observable
from domain.content.self_care import SelfCare
from domain.content.zone import Zone, ZoneLevel, badness
from domain.following.assessment import Assessment
from domain.following.reading import Reading, who_reads
from domain.following.report import Report
from domain.noun import Noun

EMERGENCY_NUMBER = "113"
OUT_OF_HOURS_NUMBER = "116117"
_NATIONAL = (EMERGENCY_NUMBER, OUT_OF_HOURS_NUMBER)


class Called(Enum):
    """Who answers a call; the first two are there for everybody, at all hours."""

    EMERGENCY = "EMERGENCY"
    OUT_OF_HOURS = "OUT_OF_HOURS"
    UNIT = "UNIT"
    CONTACT = "CONTACT"


class Call(Noun):
    """Somebody to call; `label` and `hours` are the plan's own words.

    `phone` is None where the plan has the number among the words, and it is not listed already.
    """

    called: Called
    phone: str | None = None
    label: str | None = None
    hours: str | None = None


class Answer(Noun):
    """What the reporter is told. Its sentences are in `domain.wording.answer`.

    `zones` is the plan's own text: the zone it is, or all with the worst first where a zone can't
    be said; nothing where there was nothing to assess. `calls` has those to call now first.
    `escalates_at` and `escalates_to` are set while a yellow or red report is unseen and will be
    passed on.
    """

    report: Report
    reading: Reading
    calls: tuple[Call, ...]
    zones: tuple[Zone, ...] = ()
    escalates_at: datetime | None = None
    escalates_to: str | None = None

    @property
    def level(self) -> ZoneLevel | None:
        """The zone that the report tells of; None where that can't be said."""
        return self.report.level

    @property
    def assessment(self) -> Assessment | None:
        """What zone evaluation said of the report."""
        return self.report.assessment

    @property
    def to_measure_again(self) -> tuple[Observable, ...]:
        """What is to be measured again, while the report still counts."""
        return self.report.to_measure_again if self.report.is_current else ()


def answer(
    report: Report, self_care: SelfCare, contacts: Sequence[ContactPoint], now: datetime
) -> Answer:
    """Put together what is known of a report now, from the plan that it was told under."""
    reading = who_reads(self_care.receiver, now)
    to = report.receiving if report.escalates_at is not None else None
    return Answer(
        report=report,
        reading=reading,
        calls=_calls(report.level, self_care, contacts, reading),
        zones=_shown(report, self_care.zones),
        escalates_at=report.escalates_at,
        escalates_to=to.escalates_to if to is not None else None,
    )


def _shown(report: Report, zones: Sequence[Zone]) -> tuple[Zone, ...]:
    own = tuple(zone for zone in zones if zone.level is report.level)
    if own or (report.level is None and report.assessment is None):
        return own
    return tuple(sorted(zones, key=lambda zone: badness(zone.level), reverse=True))


def _calls(
    level: ZoneLevel | None,
    self_care: SelfCare,
    contacts: Sequence[ContactPoint],
    reading: Reading,
) -> tuple[Call, ...]:
    """Return whom to call, those who answer now first; in red the emergency line before all."""
    emergency = Call(called=Called.EMERGENCY, phone=EMERGENCY_NUMBER)
    out_of_hours = Call(called=Called.OUT_OF_HOURS, phone=OUT_OF_HOURS_NUMBER)
    national = (emergency, out_of_hours) if level is ZoneLevel.RED else (out_of_hours, emergency)
    plan = _of_plan(level, self_care, contacts, reading)
    is_plan_first = reading.is_open and level is not ZoneLevel.RED
    return (*plan, *national) if is_plan_first else (*national, *plan)


def _of_plan(
    level: ZoneLevel | None,
    self_care: SelfCare,
    contacts: Sequence[ContactPoint],
    reading: Reading,
) -> list[Call]:
    calls = []
    receiver = self_care.receiver
    if receiver is not None and receiver.phone is not None and reading.is_open:
        calls.append(Call(called=Called.UNIT, phone=receiver.phone, label=receiver.name))
    if level is None:
        return calls
    calls += [
        Call(called=Called.CONTACT, phone=each.phone, label=each.label, hours=each.hours)
        for each in contacts
        if each.zone is level and each.phone not in _NATIONAL
    ]
    told = [zone.contact for zone in self_care.zones if zone.level is level and zone.contact]
    listed = [*_NATIONAL, *(call.phone for call in calls if call.phone)]
    return calls + [
        Call(called=Called.CONTACT, label=each) for each in told if not _has_one_of(listed, each)
    ]


def _has_one_of(phones: Sequence[str], told: str) -> bool:
    """Tell whether words have a number that is listed already, however it is spaced."""
    close = "".join(told.split())
    return any(
        re.search(rf"(?<!\d){re.escape(''.join(phone.split()))}(?!\d)", close) for phone in phones
    )
