"""A self-report: everything that is registered in one go, and the answer's basis.

Ticking off an action, how it felt, a warning sign, a chosen zone, one value or a device's whole
batch: all are one report, so that all have one sender, one receiving unit, one assessment and one
way to be corrected. Its measurements are records of their own beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from enum import Enum

from msgspec import structs

from domain.content.observable import Observable
from domain.content.zone import ZoneLevel, worst
from domain.following.asking import ReportPosition
from domain.following.assessment import UNUSABLE, Assessment, Finding, Sign
from domain.following.entry import Change, E, Entry, EntryStatus, changed, stands_for
from domain.following.measurement import LATE_AFTER, Measurement, is_ahead
from domain.following.receiving import Receiving, ReceivingState
from domain.noun import Noun
from domain.writing.fault import FaultCode

URGENT = (ZoneLevel.YELLOW, ZoneLevel.RED)


class Done(Enum):
    """Whether an action of the plan was carried out."""

    DONE = "DONE"
    PARTLY = "PARTLY"
    NOT_DONE = "NOT_DONE"


class Feeling(Enum):
    """How it felt, from very bad to very good."""

    VERY_BAD = 1
    BAD = 2
    SO_SO = 3
    GOOD = 4
    VERY_GOOD = 5


class Report(Entry, kw_only=True):
    """What somebody told about how it goes; `happened_at` is when it was so, by their clock.

    `part_id` and `content_version` are the plan content that it was told from and assessed by; None
    for a patient without one. `assessment` is None when there was nothing to assess, `receiving`
    when the plan names nobody who reads.
    """

    happened_at: datetime
    part_id: str | None = None
    content_version: int | None = None
    action_id: str | None = None
    done: Done | None = None
    feeling: Feeling | None = None
    signs: tuple[Sign, ...] = ()
    chosen: ZoneLevel | None = None
    measurements: tuple[Measurement, ...] = ()
    assessment: Assessment | None = None
    receiving: Receiving | None = None

    @property
    def position(self) -> ReportPosition:
        """The report's place in a list."""
        return ReportPosition(received_at=self.received_at, id=self.id)

    @property
    def unit_number(self) -> str | None:
        """The organisation number of the unit that it went to, if it went to one."""
        return None if self.receiving is None else self.receiving.organisation_number

    def has_value(self, measurement_id: str) -> bool:
        """Tell whether a value came with it."""
        return any(each.id == measurement_id for each in self.measurements)

    def still_counts(self, measurement_id: str | None) -> bool:
        """Tell whether one of its values is current; without an id, whether it is itself."""
        if measurement_id is None:
            return self.is_current
        return any(each.id == measurement_id and each.is_current for each in self.measurements)

    @property
    def level(self) -> ZoneLevel | None:
        """The zone to show: the worst of what was evaluated, chosen and ticked.

        A yellow or red choice or sign stands by itself, also where zone evaluation is switched off.
        Green comes from the evaluation only.
        """
        told = [self.chosen, *(sign.level for sign in self.signs)]
        bad = [each for each in told if each is not ZoneLevel.GREEN]
        return worst(bad if self.assessment is None else [self.assessment.level, *bad])

    @property
    def urgency(self) -> ZoneLevel | None:
        """How the unit must take it: a value that was red is red to those who read, though late.

        Where nothing can be said from a value it is yellow, since what it was is not known. The
        report's own values only; what older reports said has had its own reader.
        """
        late = [each.would_be for each in self._own_findings if each.is_old]
        unknown = ZoneLevel.YELLOW if self.to_measure_again else None
        return worst([self.level, unknown, *(each for each in late if each is not ZoneLevel.GREEN)])

    @property
    def to_measure_again(self) -> tuple[Observable, ...]:
        """What the report has a value of that can't be right, or that can't be understood."""
        useless = [each for each in self._own_findings if each.doubt in UNUSABLE]
        return tuple(dict.fromkeys(each.observable for each in useless if each.observable))

    @property
    def stands_since(self) -> datetime:
        """Since when it stands as it does: when it came, or anything last became of it."""
        change = None if self.change is None else self.change.at
        taken = () if self.receiving is None else self.receiving.times
        return max(each for each in (self.received_at, change, *taken) if each is not None)

    @property
    def told_of(self) -> datetime:
        """The time it tells of: when it was so, or when a value that counts was measured before."""
        times = [each.measured_at for each in self._own_findings if each.measured_at is not None]
        return min([self.happened_at, *times])

    @property
    def is_late(self) -> bool:
        """Tell whether it came so long after what it tells of that readers must be told."""
        return self.received_at - self.told_of > LATE_AFTER

    @property
    def is_waiting(self) -> bool:
        """Tell whether it is yellow or red, still counts, and nobody has seen it."""
        is_unseen = self.receiving is None or self.receiving.state is ReceivingState.SENT
        return self.is_current and is_unseen and self.urgency in URGENT

    @property
    def waits_as(self) -> ZoneLevel | None:
        """Yellow or red while it waits, otherwise None."""
        return self.urgency if self.is_waiting else None

    @property
    def escalates_at(self) -> datetime | None:
        """When it is passed on if nobody sees it first; None when it is not to be."""
        if self.receiving is None or self.is_escalated or not self.is_waiting:
            return None
        return self.receiving.escalates_at

    @property
    def is_escalated(self) -> bool:
        """Tell whether it has been passed on."""
        return self.receiving is not None and self.receiving.escalated_at is not None

    @property
    def _own_findings(self) -> list[Finding]:
        own = {each.id for each in self.measurements}
        findings = () if self.assessment is None else self.assessment.findings
        return [each for each in findings if each.measurement_id in own]


class Destination(Noun):
    """Whose a report is moved to be, and the plan part it is then told under, if there is one."""

    patient_id: str
    on_behalf_of: str | None = None
    part_id: str | None = None
    content_version: int | None = None


def faults(report: Report, action_ids: Collection[str], now: datetime) -> Iterator[FaultCode]:
    """Tell what is wrong with a new report, apart from its measurements' own faults."""
    if report.happened_at.tzinfo is None:
        yield FaultCode.TIME_ZONE_REQUIRED
    elif is_ahead(report.happened_at, now):
        yield FaultCode.IN_THE_FUTURE
    if (report.action_id is None) is not (report.done is None):
        yield FaultCode.ACTION_INCOMPLETE
    elif report.action_id is not None and report.action_id not in action_ids:
        yield FaultCode.UNKNOWN_ACTION
    told = (report.done, report.feeling, report.note, report.signs, report.chosen)
    if not any(told) and not report.measurements:
        yield FaultCode.EMPTY_REPORT


def ended(report: Report, change: Change, *, for_patient: bool = False) -> Report:
    """Return a report as it is kept after a change; those of its values that counted follow it."""
    kept = changed(report, change, for_patient=for_patient)
    values = tuple(
        changed(each, change, for_patient=for_patient) if each.is_current else each
        for each in report.measurements
    )
    return structs.replace(kept, measurements=values)


def moved(
    report: Report,
    change: Change,
    to: Destination,
    report_id: str,
    new_id: Callable[[], str],
    *,
    for_patient: bool = False,
) -> tuple[Report, Report]:
    """Return a report as it is kept where it was, and as it stands with whom it was meant for.

    What was told and measured goes along, with its times. What belongs to the first plan does not:
    the action, and what was concluded. The second is received now, under `report_id`, and is to be
    assessed and sent anew; `new_id` gives the ids of its measurements.
    """
    change = structs.replace(change, replaced_by=report_id)
    values = (
        structs.replace(_taken_to(to, each, change.at), id=new_id(), report_id=report_id)
        for each in report.measurements
        if each.is_current
    )
    copy = structs.replace(
        _taken_to(to, report, change.at),
        id=report_id,
        part_id=to.part_id,
        content_version=to.content_version,
        action_id=None,
        done=None,
        measurements=tuple(values),
        assessment=None,
        receiving=None,
    )
    return ended(report, change, for_patient=for_patient), copy


def _taken_to(to: Destination, entry: E, at: datetime) -> E:
    return structs.replace(
        entry,
        patient_id=to.patient_id,
        on_behalf_of=to.on_behalf_of,
        received_at=at,
        replaces=stands_for(entry, EntryStatus.MOVED),
    )
