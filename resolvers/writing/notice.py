"""A reader has read notices: their own mark, which changes nothing of any patient's."""

from __future__ import annotations

from dataclasses import dataclass

from domain.command import Command
from domain.errors import NotFound
from domain.writing.rejection import InvalidInput, NothingFound, Rejection
from domain.writing.validation import faults_of_command
from domain.written import NoticesRead, Receipt
from resolvers import notice
from resolvers.context import Context


class MarkNoticesRead(Command):
    """Say that one has read notices; each person marks for themselves, also in a unit."""

    notice_ids: tuple[str, ...]


@dataclass(frozen=True)
class Marking:
    """The marking as a mutation: it is about no single patient, so none is locked and none logged.

    Done again it is the same, so its key is kept nowhere.
    """

    command: type[MarkNoticesRead] = MarkNoticesRead

    async def __call__(self, ctx: Context, command: MarkNoticesRead) -> NoticesRead | Rejection:
        """Keep that the viewer has read notices of theirs; others' are left as they are."""
        faults = tuple(faults_of_command(command))
        if faults:
            return InvalidInput(faults=faults)
        told = await notice.recipients(ctx)
        try:
            await ctx.store.notice.mark_read(command.notice_ids, told, ctx.viewer.subject, ctx.now)
        except NotFound:
            return NothingFound()
        return NoticesRead(receipt=Receipt(at=ctx.now))


MARK_READ = Marking()
