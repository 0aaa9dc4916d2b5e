"""A citizen asks for an entry to be corrected or deleted; the responsible organisation decides.

A deletion that is accepted takes a report, value or comment out of use in the same transaction,
whoever made it. What else a decision promises is done by the ordinary mutations.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace

from domain import ids
from domain.command import Command
from domain.cooperation.comment import AFTER
from domain.cooperation.notice import of_organisation, of_sender, of_writer
from domain.event import EventKind
from domain.following.entry import EntryStatus
from domain.following.report import Report
from domain.keeping import correction
from domain.keeping.correction import (
    CorrectionDecision,
    CorrectionKind,
    CorrectionRequest,
    CorrectionState,
    has_line,
)
from domain.operation import Operation
from domain.plan.part import Plan, PlanPart
from domain.refusal import Refusal
from domain.writing.rejection import AlreadyDecided, NotAllowed, NothingFound, Rejected
from domain.written import CorrectionWritten
from resolvers.writing.entry import change_by, take_out
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version
from store.listing import CORRECTIONS


class AskForCorrection(Command):
    """Ask for an entry to be corrected or deleted.

    An entry is a part or one of its lines, a comment, agreement, suggestion or review, a report or
    one of its values, or a line of the log of use.
    """

    operation: ClassVar[Operation] = Operation.ASK_CORRECTION
    about: ClassVar[str] = "patient_id"

    patient_id: str
    kind: CorrectionKind
    entry_id: str
    text: str
    line_id: str | None = None


class DecideCorrection(Command):
    """Decide a request, with the reason that whoever asked is told."""

    operation: ClassVar[Operation] = Operation.DECIDE_CORRECTION
    about: ClassVar[str] = "request_id"

    request_id: str
    expected_version: int
    decision: CorrectionDecision
    reason: str


async def _ask(write: Write, command: AskForCorrection) -> Done:
    write.permit(None)
    request = CorrectionRequest(
        id=ids.new(ids.CORRECTION),
        patient_id=write.patient.id,
        version=1,
        kind=command.kind,
        entry_id=command.entry_id,
        line_id=command.line_id,
        text=command.text,
        asked_by=write.author,
        asked_at=write.now,
        asked_by_number=write.reader.number,
        organisation_number=await _responsible(write, command),
    )
    await write.unit.add(request)
    return Done(
        kind=EventKind.CORRECTION_ASKED,
        subject_id=request.id,
        version=request.version,
        tells=of_organisation(request.organisation_number),
    )


async def _responsible(write: Write, command: AskForCorrection) -> str | None:
    """Return whose decision it is; Rejected when the patient has no such entry."""
    await write.require_seen(command.entry_id)
    if command.entry_id.startswith(ids.LOG_LINE):
        line = await write.log_entry(command.entry_id)
        return line.by.organisation_number or _answers_for(write.plan)
    report = await _report(write, command.entry_id, command.line_id)
    if report is not None:
        return report.unit_number or _answers_for_part(write.plan, report.part_id)
    part_id = await write.unit.part_of(command.entry_id)
    part = write.part(part_id) if part_id else None
    if part is None or not _has(await write.as_seen(part), command.line_id):
        raise Rejected(NothingFound())
    return part.responsible.organisation_number or _answers_for(write.plan)


async def _report(write: Write, entry_id: str, line_id: str | None) -> Report | None:
    """Return the report that is meant, whole or by one of its values; None for another entry."""
    if entry_id.startswith(ids.MEASUREMENT):
        found, is_meant = await write.unit.report_with(entry_id), line_id is None
    elif entry_id.startswith(ids.REPORT):
        found = await write.unit.report(entry_id)
        is_meant = found is not None and (line_id is None or found.has_value(line_id))
    else:
        return None
    if found is None or not is_meant:
        raise Rejected(NothingFound())
    return found


def _answers_for_part(plan: Plan | None, part_id: str | None) -> str | None:
    """Return who answers for a part, also one that has ended, or else for some of the plan."""
    parts = plan.parts if plan else ()
    numbers = (part.responsible.organisation_number for part in parts if part.id == part_id)
    return next((number for number in numbers if number), None) or _answers_for(plan)


def _answers_for(plan: Plan | None) -> str | None:
    """Return an organisation that answers for some of the plan, where the entry names none."""
    parts = plan.parts if plan else ()
    numbers = (part.responsible.organisation_number for part in parts)
    return next((number for number in numbers if number), None)


def _has(part: PlanPart, line_id: str | None) -> bool:
    return line_id is None or has_line(part.content, line_id)


async def _decide(write: Write, command: DecideCorrection) -> Done:
    write.permit(None)
    request = await write.one_of(CORRECTIONS, command.request_id)
    if write.viewer.organisation is None or (
        request.organisation_number != write.viewer.organisation
    ):
        raise Rejected(NotAllowed(reason=Refusal.NOT_RESPONSIBLE))
    require_version(request, command.expected_version)
    if request.state is not CorrectionState.REQUESTED:
        raise Rejected(AlreadyDecided(correction_state=request.state))
    decided = correction.decided(request, command.decision, command.reason, write.now, write.author)
    await write.unit.change(decided)
    return Done(
        kind=EventKind.CORRECTION_DECIDED,
        subject_id=decided.id,
        version=decided.version,
        tells=of_writer(decided.asked_by, decided.asked_by_number) or write.to_patient_side,
        also=await _carried_out(write, decided),
    )


async def _carried_out(write: Write, request: CorrectionRequest) -> tuple[Done, ...]:
    """Take what an accepted deletion is about out of use; nothing when it is that already."""
    if not request.takes_out:
        return ()
    report = await _report(write, request.entry_id, request.line_id)
    if report is not None:
        return await _report_out(write, request, report)
    if request.entry_id.startswith(ids.COMMENT):
        return await _comment_out(write, request)
    return ()


async def _report_out(write: Write, request: CorrectionRequest, report: Report) -> tuple[Done, ...]:
    by_value = request.entry_id if request.entry_id.startswith(ids.MEASUREMENT) else None
    value_id = request.line_id or by_value
    if not report.still_counts(value_id):
        return ()
    withdrawn = EntryStatus.WITHDRAWN
    change = change_by(write, withdrawn, request.reason, request_id=request.id)
    await take_out(write, report, value_id, change)
    told = of_sender(report.author_id)
    return (Done(kind=EventKind.REPORT_WITHDRAWN, subject_id=report.id, tells=told),)


async def _comment_out(write: Write, request: CorrectionRequest) -> tuple[Done, ...]:
    comment = await write.unit.comment(request.entry_id)
    way = AFTER[Operation.WITHDRAW_COMMENT]
    if comment is None or comment.status not in way:
        return ()
    out = replace(comment, status=way[comment.status], version=comment.version + 1)
    await write.unit.change(out)
    is_own = comment.is_by(write.reader)
    told = () if is_own else of_writer(comment.author, comment.author_number)
    kind = EventKind.COMMENT_WITHDRAWN
    return (Done(kind=kind, subject_id=comment.id, version=out.version, tells=told),)


ASK = Mutation(AskForCorrection, CorrectionWritten, _ask)
DECIDE = Mutation(DecideCorrection, CorrectionWritten, _decide)
