"""What somebody registered is corrected or withdrawn: the original is kept, and marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace

from domain.command import Command
from domain.event import EventKind
from domain.following.entry import Change, EntryStatus, changed, stands_for
from domain.following.measurement import Measurement
from domain.following.report import Report, ended
from domain.operation import Operation
from domain.plan.part import IN_USE, PlanPart
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import NothingFound, Rejected
from domain.written import ReportWritten
from resolvers.writing import telling
from resolvers.writing.mutation import Mutation
from resolvers.writing.telling import Telling, telling_faults
from resolvers.writing.write import Done, Write


class CorrectEntry(Telling, kw_only=True):
    """Tell anew what was told wrongly: a report, or one of its values.

    The whole of what is right takes the report's place. With `measurement_id` only that value is
    replaced, by the one that is given; it comes in a report of its own.
    """

    operation: ClassVar[Operation] = Operation.CORRECT_ENTRY
    about: ClassVar[str] = "report_id"

    report_id: str
    measurement_id: str | None = None
    reason: str | None = None


class WithdrawEntry(Command):
    """Take back a report, or with `measurement_id` one of its values."""

    operation: ClassVar[Operation] = Operation.WITHDRAW_ENTRY
    about: ClassVar[str] = "report_id"

    report_id: str
    measurement_id: str | None = None
    reason: str | None = None


async def _correct(write: Write, command: CorrectEntry) -> Done:
    original = await write.report(command.report_id)
    part = await write.part_told_under(command.part_id or _still_in_use(write, original))
    new = telling.told(write, part, command)
    if command.measurement_id is None:
        change = change_by(write, EntryStatus.CORRECTED, command.reason, new.id)
        kept = ended(original, change, for_patient=write.speaks_for_patient)
        await write.unit.end_report(kept)
        new = replace(new, replaces=stands_for(original, EntryStatus.CORRECTED))
    else:
        new = await _with_value_for(write, command, original, new)
    await telling.add(write, new, part)
    return Done(kind=EventKind.REPORT_CORRECTED, subject_id=new.id)


async def _with_value_for(
    write: Write, command: CorrectEntry, original: Report, new: Report
) -> Report:
    """Mark the value that is corrected; return the new report, whose value stands for it."""
    old = _value(original, command.measurement_id)
    value = replace(new.measurements[0], replaces=stands_for(old, EntryStatus.CORRECTED))
    change = change_by(write, EntryStatus.CORRECTED, command.reason, value.id)
    await write.unit.change(changed(old, change, for_patient=write.speaks_for_patient))
    return replace(new, measurements=(value,))


async def _withdraw(write: Write, command: WithdrawEntry) -> Done:
    report = await write.report(command.report_id)
    change = change_by(write, EntryStatus.WITHDRAWN, command.reason)
    await take_out(write, report, command.measurement_id, change)
    return Done(kind=EventKind.REPORT_WITHDRAWN, subject_id=report.id)


def change_by(
    write: Write,
    status: EntryStatus,
    reason: str | None,
    replaced_by: str | None = None,
    request_id: str | None = None,
) -> Change:
    """Return the mark on an entry that the viewer changes now."""
    return Change(
        status=status,
        by=write.author.name,
        by_id=write.viewer.subject,
        at=write.now,
        reason=reason,
        replaced_by=replaced_by,
        request_id=request_id,
    )


async def take_out(write: Write, report: Report, value_id: str | None, change: Change) -> None:
    """Withdraw a report, or one of its values; Rejected when that is withdrawn already."""
    if value_id is None:
        await write.unit.end_report(ended(report, change, for_patient=write.speaks_for_patient))
        return
    value = _value(report, value_id)
    await write.unit.change(changed(value, change, for_patient=write.speaks_for_patient))


def _value(report: Report, measurement_id: str | None) -> Measurement:
    for value in report.measurements:
        if value.id == measurement_id:
            return value
    raise Rejected(NothingFound())


def _still_in_use(write: Write, report: Report) -> str | None:
    """Return the part that a report was told under, where it can still be told under it."""
    parts: Sequence[PlanPart] = write.plan.parts if write.plan else ()
    used = (part.id for part in parts if part.id == report.part_id and part.lifecycle in IN_USE)
    return next(used, None)


def _correct_faults(command: CorrectEntry) -> Sequence[Fault]:
    found = telling_faults(command)
    if command.measurement_id is None:
        return found
    rest = (command.done, command.feeling, command.note, command.signs, command.chosen)
    if len(command.measurements) == 1 and command.action_id is None and not any(rest):
        return found
    return (*found, Fault(path="measurementId", code=FaultCode.ONE_VALUE_ONLY))


CORRECT = Mutation(CorrectEntry, ReportWritten, _correct, _correct_faults)
WITHDRAW = Mutation(WithdrawEntry, ReportWritten, _withdraw)
