"""Reports are sent, and measurements registered: each whole, or nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec.structs import replace

from domain.command import Command
from domain.event import EventKind
from domain.following.entry import EntrySource
from domain.following.measurement import NewMeasurement
from domain.operation import Operation
from domain.writing.fault import Fault, FaultCode
from domain.writing.validation.text import optional_line
from domain.written import ReportWritten
from resolvers.writing import telling
from resolvers.writing.mutation import Mutation
from resolvers.writing.telling import Telling, faults_of_values, report_of, telling_faults
from resolvers.writing.write import Done, Write


class SendReport(Telling, kw_only=True):
    """Tell how it goes."""

    operation: ClassVar[Operation] = Operation.SEND_REPORT
    about: ClassVar[str] = "patient_id"

    patient_id: str


class RegisterMeasurements(Command):
    """Register what a device has measured: one batch, one report."""

    operation: ClassVar[Operation] = Operation.REGISTER_MEASUREMENTS
    about: ClassVar[str] = "patient_id"
    most_items: ClassVar[int] = 500

    patient_id: str
    measurements: tuple[NewMeasurement, ...]
    device_id: str | None = None


async def _send(write: Write, command: SendReport) -> Done:
    part = await write.part_told_under(command.part_id)
    new = telling.told(write, part, command)
    await telling.add(write, new, part)
    return Done(kind=EventKind.REPORT_SENT, subject_id=new.id)


async def _register(write: Write, command: RegisterMeasurements) -> Done:
    part = await write.part_told_under(None)
    new = report_of(write, part, command.measurements, source=EntrySource.DEVICE)
    values = tuple(replace(each, device_id=command.device_id) for each in new.measurements)
    new = replace(new, measurements=values)
    await telling.add(write, new, part)
    return Done(kind=EventKind.REPORT_SENT, subject_id=new.id)


def _register_faults(command: RegisterMeasurements) -> Sequence[Fault]:
    return tuple(_faults_of_batch(command))


def _faults_of_batch(command: RegisterMeasurements) -> Iterator[Fault]:
    if not command.measurements:
        yield Fault(path="measurements", code=FaultCode.REQUIRED)
    yield from faults_of_values(command.measurements, command.most_items)
    yield from optional_line(command.device_id, "deviceId")


SEND = Mutation(SendReport, ReportWritten, _send, telling_faults)
REGISTER = Mutation(RegisterMeasurements, ReportWritten, _register, _register_faults)
