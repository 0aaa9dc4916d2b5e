"""The unit that reads takes a report: it is seen, and acted on."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace

from domain.command import Command
from domain.content.zone import ZoneLevel
from domain.cooperation.notice import Recipient, of_sender
from domain.event import EventKind
from domain.following import receiving
from domain.following.receiving import Receiving
from domain.following.report import URGENT, Report
from domain.operation import Operation
from domain.written import ReportWritten
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write


class MarkSeen(Command):
    """Say that one has seen a report; the reporter is told who and when."""

    operation: ClassVar[Operation] = Operation.MARK_SEEN
    about: ClassVar[str] = "report_id"

    report_id: str


class MarkActedOn(Command):
    """Say that one has acted on a report, and what was done, in words for the reporter."""

    operation: ClassVar[Operation] = Operation.MARK_ACTED_ON
    about: ClassVar[str] = "report_id"

    report_id: str
    action: str | None = None


async def _see(write: Write, command: MarkSeen) -> Done:
    report = await write.report(command.report_id)
    taken = receiving.seen(_received(write, report), write.author.name, write.now)
    await write.unit.change(replace(report, receiving=taken))
    # Of what is as usual, that somebody has read it stands with the report.
    told = of_sender(report.author_id) if report.urgency in URGENT else ()
    return _answer(EventKind.REPORT_SEEN, report, told)


async def _act(write: Write, command: MarkActedOn) -> Done:
    report = await write.report(command.report_id)
    by, at = write.author.name, write.now
    taken = receiving.acted_on(_received(write, report), by, at, command.action)
    await write.unit.change(replace(report, receiving=taken))
    return _answer(EventKind.REPORT_ACTED_ON, report, of_sender(report.author_id))


def _answer(kind: EventKind, report: Report, told: tuple[Recipient, ...]) -> Done:
    """Return what was done with a report; whoever sent a red one waits for it, also at night."""
    is_urgent = report.urgency is ZoneLevel.RED
    return Done(kind=kind, subject_id=report.id, tells=told, is_urgent=is_urgent)


def _received(write: Write, report: Report) -> Receiving:
    """Return a report at its unit; the viewer's own is that of a report which went to nobody."""
    if report.receiving is not None:
        return report.receiving
    by = write.author
    return Receiving(
        unit=by.organisation or by.name, organisation_number=by.organisation_number or ""
    )


SEE = Mutation(MarkSeen, ReportWritten, _see)
ACT = Mutation(MarkActedOn, ReportWritten, _act)
