"""What somebody tells, as the report it becomes: checked, assessed, and sent to who reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec.structs import replace

from domain import ids
from domain.access.viewer import ViewerRole
from domain.command import Command
from domain.content.observable import CATALOGUE, Observable
from domain.content.zone import ZoneLevel
from domain.following import measurement, report
from domain.following.asking import ValuesAsked
from domain.following.assessment import Sign
from domain.following.conclusion import Needed, concluded, needed, self_care_of
from domain.following.entry import EntrySource
from domain.following.measurement import Measurement, NewMeasurement
from domain.following.report import Done, Feeling, Report
from domain.plan.part import PlanPart
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import InvalidInput, Rejected
from domain.writing.validation.line import placed
from domain.writing.validation.number import moment
from domain.writing.validation.text import required_line
from resolvers.writing.write import Write

# Of one observable; a graph of a sensor that measures each minute has as many in four days.
MOST_VALUES = 5_000

_PLACES = {
    FaultCode.TIME_ZONE_REQUIRED: "happenedAt",
    FaultCode.IN_THE_FUTURE: "happenedAt",
    FaultCode.ACTION_INCOMPLETE: "done",
    FaultCode.UNKNOWN_ACTION: "actionId",
    FaultCode.EMPTY_REPORT: "input",
}
_PLACES_IN_VALUES = {
    FaultCode.TIME_ZONE_REQUIRED: "measuredAt",
    FaultCode.IN_THE_FUTURE: "measuredAt",
    FaultCode.WRONG_UNIT: "unit",
}


class Telling(Command, kw_only=True):
    """What a person tells: of an action, how it feels, signs, a zone, values; at least one of them.

    `part_id` is the part in use that it is about; without it, the self-care plan in use if there is
    one. `happened_at` is when it was so: without it, when the newest value was measured, or now.
    """

    part_id: str | None = None
    happened_at: datetime | None = None
    action_id: str | None = None
    done: Done | None = None
    feeling: Feeling | None = None
    note: str | None = None
    signs: tuple[Sign, ...] = ()
    chosen: ZoneLevel | None = None
    measurements: tuple[NewMeasurement, ...] = ()


def telling_faults(command: Telling) -> Sequence[Fault]:
    """Return what is wrong with the texts and times of what is told."""
    return (*_faults_of_signs(command.signs), *faults_of_values(command.measurements))


def faults_of_values(
    values: Sequence[NewMeasurement], most: int = Command.most_items
) -> Iterator[Fault]:
    """Tell what is wrong with the units' texts and the times of values, whoever sends them."""
    for value, at in placed(values, "measurements", most):
        yield from required_line(value.unit, f"{at}.unit")
        yield from moment(value.measured_at, f"{at}.measuredAt")


def _faults_of_signs(signs: Sequence[Sign]) -> Iterator[Fault]:
    for sign, at in placed(signs, "signs"):
        yield from required_line(sign.text, f"{at}.text")


def report_of(
    write: Write,
    part: PlanPart | None,
    values: Sequence[NewMeasurement],
    happened_at: datetime | None = None,
    source: EntrySource = EntrySource.SELF,
) -> Report:
    """Return a new report of the viewer's that tells of values, and nothing else yet."""
    newest = max((each.measured_at for each in values), default=write.now)
    new = Report(
        id=ids.new(ids.REPORT),
        patient_id=write.patient.id,
        source=source,
        author=write.author.name,
        author_id=write.viewer.subject,
        on_behalf_of=write.on_behalf_of,
        received_at=write.now,
        happened_at=happened_at or min(newest, write.now),
        part_id=part.id if part else None,
        content_version=part.content_version if part else None,
    )
    return replace(new, measurements=tuple(_value_of(new, each) for each in values))


def told(write: Write, part: PlanPart | None, command: Telling) -> Report:
    """Return what a person tells as a new report."""
    new = report_of(write, part, command.measurements, command.happened_at, _source(write))
    return replace(
        new,
        action_id=command.action_id,
        done=command.done,
        feeling=command.feeling,
        note=command.note,
        signs=command.signs,
        chosen=command.chosen,
    )


async def add(write: Write, new: Report, part: PlanPart | None) -> None:
    """Check a new report whole, assess it with what the patient has from before, and keep it."""
    faults = (*_faults_of_report(new, part, write.now), *_faults_in_values(new, write.now))
    if faults:
        raise Rejected(InvalidInput(faults=faults))
    await write.unit.add_report(await assessed(write, new, part))


async def assessed(write: Write, new: Report, part: PlanPart | None) -> Report:
    """Return a new report as the patient's plan and earlier values let it be assessed."""
    earlier = await _earlier(write, needed(part, write.now))
    evaluates = write.evaluates_zones
    return concluded(new, part, earlier, write.now, evaluates_zones=evaluates)


async def _earlier(write: Write, asked: Needed) -> list[Measurement]:
    questions = [
        question
        for observable in sorted(asked.observables, key=_name)
        for question in _questions(write.patient.id, observable, asked.since)
    ]
    return [each for answer in await write.unit.values(questions) for each in answer]


def _questions(patient_id: str, observable: Observable, since: datetime) -> list[ValuesAsked]:
    """Ask for the values since a time, and for the last one before that still counts."""
    recent = ValuesAsked(
        patient_id=patient_id, observable=observable, size=MOST_VALUES, since=since
    )
    before = replace(recent, since=None, until=since, size=1, is_usable=True)
    return [recent, before]


def _name(observable: Observable) -> str:
    return observable.name


def _value_of(new: Report, given: NewMeasurement) -> Measurement:
    return Measurement(
        id=ids.new(ids.MEASUREMENT),
        patient_id=new.patient_id,
        source=new.source,
        author=new.author,
        author_id=new.author_id,
        on_behalf_of=new.on_behalf_of,
        received_at=new.received_at,
        report_id=new.id,
        observable=given.observable,
        value=given.value,
        unit=given.unit,
        measured_at=given.measured_at,
    )


def _source(write: Write) -> EntrySource:
    """Return what the viewer's word is labelled as: a machine's is a device's."""
    is_machine = write.viewer.role is ViewerRole.VENDOR
    return EntrySource.DEVICE if is_machine else EntrySource.SELF


def _faults_of_report(new: Report, part: PlanPart | None, now: datetime) -> Iterator[Fault]:
    content = part.content if part else None
    actions = [each.id for each in content.actions] if content else []
    for code in report.faults(new, actions, now):
        yield Fault(path=_PLACES[code], code=code)
    is_of_zones = new.measurements or new.signs or new.chosen
    if is_of_zones and part is not None and self_care_of(part) is None:
        yield Fault(path="partId", code=FaultCode.NO_ZONES)


def _faults_in_values(new: Report, now: datetime) -> Iterator[Fault]:
    for order, code in measurement.faults(new.measurements, now):
        place = _PLACES_IN_VALUES.get(code, "value")
        unit = CATALOGUE[new.measurements[order].observable].unit
        allowed = unit if code is FaultCode.WRONG_UNIT else None
        yield Fault(path=f"measurements[{order}].{place}", code=code, allowed=allowed)
