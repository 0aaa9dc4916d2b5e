"""People comment on a part or a line, answer each other, and put comments off or take them back."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace

from domain import ids
from domain.command import Command
from domain.content.line import lines
from domain.cooperation.comment import (
    AFTER,
    FOR_CITIZENS,
    FOR_PERSONNEL,
    Comment,
    CommentStatus,
    Visibility,
)
from domain.cooperation.notice import of_writer
from domain.event import EventKind
from domain.operation import Operation
from domain.plan.part import PlanPart
from domain.refusal import Refusal
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import (
    InvalidInput,
    NotAllowed,
    NothingFound,
    Rejected,
    WrongCommentStatus,
)
from domain.written import CommentWritten
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version


class CommentPlan(Command):
    """Say something about a part or one of its lines."""

    operation: ClassVar[Operation] = Operation.COMMENT
    about: ClassVar[str] = "part_id"

    part_id: str
    text: str
    line_id: str | None = None
    visibility: Visibility | None = None


class AnswerComment(Command):
    """Answer a comment; those who see it see the answer."""

    operation: ClassVar[Operation] = Operation.ANSWER_COMMENT
    about: ClassVar[str] = "comment_id"

    comment_id: str
    text: str


class MoveComment(Command):
    """Do something with a comment that has been read."""

    about: ClassVar[str] = "comment_id"

    comment_id: str
    expected_version: int


class ParkComment(MoveComment):
    """Put a comment off to the next review."""

    operation: ClassVar[Operation] = Operation.PARK_COMMENT


class ReopenComment(MoveComment):
    """Let a comment wait for an answer again."""

    operation: ClassVar[Operation] = Operation.REOPEN_COMMENT


class WithdrawComment(MoveComment):
    """Take back what one has said; that one said something stays."""

    operation: ClassVar[Operation] = Operation.WITHDRAW_COMMENT


_HAPPENED = {
    Operation.PARK_COMMENT: EventKind.COMMENT_PARKED,
    Operation.REOPEN_COMMENT: EventKind.COMMENT_REOPENED,
    Operation.WITHDRAW_COMMENT: EventKind.COMMENT_WITHDRAWN,
}


async def _comment(write: Write, command: CommentPlan) -> Done:
    part = write.part_in_use(command.part_id)
    visibility = command.visibility or _usual(write)
    faults = (
        *_of_line(await write.as_seen(part), command.line_id),
        *_of_visibility(write, visibility),
    )
    if faults:
        raise Rejected(InvalidInput(faults=faults))
    is_private = visibility is Visibility.PERSONNEL_AND_ME
    comment = replace(
        _said(write, part.id, command.text, CommentStatus.OPEN),
        line_id=command.line_id,
        visibility=visibility,
        seen_by_number=write.reader.number if is_private else None,
    )
    await write.unit.add(comment)
    return Done(kind=EventKind.COMMENTED, subject_id=comment.id, version=comment.version)


async def _answer(write: Write, command: AnswerComment) -> Done:
    answered = await _found(write, command.comment_id)
    status = _after(command.operation, answered)
    is_settled = write.reader.is_personnel
    answer = replace(
        _said(
            write,
            answered.part_id,
            command.text,
            CommentStatus.ANSWERED if is_settled else CommentStatus.OPEN,
        ),
        line_id=answered.line_id,
        visibility=answered.visibility,
        seen_by_number=answered.seen_by_number,
        answer_to=answered.id,
    )
    await write.unit.add(answer)
    if not answered.is_by(write.reader) and answered.status is not status:
        await write.unit.change(replace(answered, status=status, version=answered.version + 1))
    return Done(
        kind=EventKind.COMMENT_ANSWERED,
        subject_id=answer.id,
        version=answer.version,
        tells=of_writer(answered.author, answered.author_number),
    )


async def _move(write: Write, command: MoveComment) -> Done:
    comment = await _found(write, command.comment_id)
    require_version(comment, command.expected_version)
    is_own = comment.is_by(write.reader)
    if command.operation is Operation.WITHDRAW_COMMENT and not is_own:
        raise Rejected(NotAllowed(reason=Refusal.NOT_AUTHOR))
    status = _after(command.operation, comment)
    moved = replace(comment, status=status, version=comment.version + 1)
    await write.unit.change(moved)
    kind = _HAPPENED[command.operation]
    return Done(kind=kind, subject_id=comment.id, version=moved.version)


def _said(write: Write, part_id: str, text: str, status: CommentStatus) -> Comment:
    return Comment(
        id=ids.new(ids.COMMENT),
        patient_id=write.patient.id,
        part_id=part_id,
        text=text,
        author=write.author,
        author_number=write.reader.number,
        on_behalf_of=write.on_behalf_of,
        created_at=write.now,
        status=status,
    )


async def _found(write: Write, comment_id: str) -> Comment:
    """Return a comment that the viewer may see and do this to."""
    found = await write.unit.comment(comment_id)
    if found is None or not found.is_for(write.reader):
        raise Rejected(NothingFound())
    await write.require_seen(found.id)
    write.part(found.part_id)
    return found


def _after(operation: Operation, comment: Comment) -> CommentStatus:
    """Return where an operation leads a comment; Rejected when it leads nowhere from here."""
    ways = AFTER[operation]
    if comment.status not in ways:
        raise Rejected(
            WrongCommentStatus(comment_status=comment.status, allowed_statuses=tuple(ways))
        )
    return ways[comment.status]


def _of_line(part: PlanPart, line_id: str | None) -> tuple[Fault, ...]:
    """Check that what is pointed at stands in what the part says now."""
    known = {line.id for line in lines(part.content).values()} if part.content else set()
    if line_id is None or line_id in known:
        return ()
    return (Fault(path="lineId", code=FaultCode.UNKNOWN_REFERENCE),)


def _usual(write: Write) -> Visibility:
    """Return who sees a comment of which nothing is said: one home's is not shown to the other."""
    is_for_child = write.access.is_representative
    return Visibility.PERSONNEL_AND_ME if is_for_child else Visibility.EVERYONE


def _of_visibility(write: Write, visibility: Visibility) -> tuple[Fault, ...]:
    choices = FOR_PERSONNEL if write.reader.is_personnel else FOR_CITIZENS
    if visibility in choices:
        return ()
    allowed = ", ".join(choice.name for choice in choices)
    return (Fault(path="visibility", code=FaultCode.NOT_A_CHOICE, allowed=allowed),)


COMMENT = Mutation(CommentPlan, CommentWritten, _comment)
ANSWER = Mutation(AnswerComment, CommentWritten, _answer)
PARK = Mutation(ParkComment, CommentWritten, _move)
REOPEN = Mutation(ReopenComment, CommentWritten, _move)
WITHDRAW = Mutation(WithdrawComment, CommentWritten, _move)
