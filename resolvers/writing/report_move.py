"""A report made on the wrong child is moved to the right one: kept, and marked, on both."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from domain import ids
from domain.command import Command
from domain.event import EventKind
from domain.following.entry import EntryStatus
from domain.following.report import Destination, moved
from domain.operation import Operation
from domain.writing.rejection import NoChange, Rejected
from domain.written import ReportMoved
from resolvers.writing.entry import change_by
from resolvers.writing.mutation import Mutation
from resolvers.writing.telling import assessed
from resolvers.writing.write import Done, Write


class MoveReport(Command):
    """Move a report to another patient whom the viewer may act for."""

    operation: ClassVar[Operation] = Operation.MOVE_REPORT
    about: ClassVar[str] = "report_id"
    other: ClassVar[str | None] = "to_patient_id"

    report_id: str
    to_patient_id: str
    reason: str | None = None


async def _move(write: Write, command: MoveReport) -> Done:
    report = await write.report(command.report_id)
    to = write.other
    if to is None:
        raise Rejected(NoChange())
    part = await to.part_told_under(None)
    destination = Destination(
        patient_id=to.patient.id,
        on_behalf_of=to.on_behalf_of,
        part_id=part.id if part else None,
        content_version=part.content_version if part else None,
    )
    original, copy = moved(
        report,
        change_by(write, EntryStatus.MOVED, command.reason),
        destination,
        ids.new(ids.REPORT),
        partial(ids.new, ids.MEASUREMENT),
        for_patient=write.speaks_for_patient,
    )
    await write.unit.end_report(original)
    await to.unit.add_report(await assessed(to, copy, part))
    there = Done(kind=EventKind.REPORT_SENT, subject_id=copy.id)
    return Done(kind=EventKind.REPORT_MOVED, subject_id=report.id, elsewhere=there)


MOVE = Mutation(MoveReport, ReportMoved, _move)
