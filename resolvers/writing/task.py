"""What waits is taken on by somebody, so that colleagues see it, or let go again."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace

from domain.command import Command
from domain.cooperation.task import ShiftTask, TaskClaim
from domain.event import EventKind
from domain.operation import Operation
from domain.writing.rejection import NoChange, NothingFound, Rejected, TaskTaken
from domain.written import TaskWritten
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version


class TakeTask(Command):
    """Take a task on; a conflict when a colleague has it already."""

    operation: ClassVar[Operation] = Operation.TAKE_TASK
    about: ClassVar[str] = "task_id"

    task_id: str


class ReleaseTask(Command):
    """Let a task go: one's own, or that of a colleague who has gone home.

    `expected_version` is the claim's, so that nobody lets go what they have not seen taken.
    """

    operation: ClassVar[Operation] = Operation.RELEASE_TASK
    about: ClassVar[str] = "task_id"

    task_id: str
    expected_version: int


async def _take(write: Write, command: TakeTask) -> Done:
    task = await _task(write, command.task_id)
    if task.taken is not None:
        raise Rejected(_refused(write, task.taken))
    claim = TaskClaim(
        patient_id=task.patient_id,
        organisation=write.viewer.organisation or "",
        kind=task.kind,
        subject_id=task.subject_id,
        version=task.claim.version + 1 if task.claim else 1,
        at=write.now,
        by=write.author,
    )
    await (write.unit.change(claim) if task.claim else write.unit.add(claim))
    return Done(kind=EventKind.TASK_TAKEN, subject_id=task.id, version=claim.version)


async def _release(write: Write, command: ReleaseTask) -> Done:
    task = await _task(write, command.task_id)
    if task.taken is None:
        raise Rejected(NoChange())
    require_version(task.taken, command.expected_version)
    claim = replace(task.taken, version=task.taken.version + 1, at=write.now, by=None)
    await write.unit.change(claim)
    return Done(kind=EventKind.TASK_RELEASED, subject_id=task.id, version=claim.version)


async def _task(write: Write, task_id: str) -> ShiftTask:
    write.permit(None)
    task = await write.unit.task(write.viewer.organisation or "", task_id, write.now)
    if task is None:
        raise Rejected(NothingFound())
    return task


def _refused(write: Write, taken: TaskClaim) -> NoChange | TaskTaken:
    by = taken.by
    if by is None or by.hpr_number == write.viewer.hpr_number:
        return NoChange()
    return TaskTaken(by=by, at=taken.at)


TAKE = Mutation(TakeTask, TaskWritten, _take)
RELEASE = Mutation(ReleaseTask, TaskWritten, _release)
