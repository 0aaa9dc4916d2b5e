"""A citizen chooses what is sent to them outside the app: their own choice, about no patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.access.viewer import ViewerRole
from domain.command import Command
from domain.cooperation.notice_choice import (
    GATHER_HOURS,
    MOST_GATHER_HOURS,
    QUIET_FROM,
    QUIET_UNTIL,
    Channel,
    NoticeChoice,
    NoticeGroup,
)
from domain.refusal import Refusal
from domain.writing.fault import Fault
from domain.writing.rejection import InvalidInput, NotAllowed, Rejection
from domain.writing.validation import faults_of_command
from domain.writing.validation.number import within
from domain.written import NoticesChosen, Receipt
from resolvers.context import Context


class ChooseNotices(Command):
    """Say how one wants to be told outside the app; without a channel, not at all."""

    channel: Channel | None = None
    switched_off: tuple[NoticeGroup, ...] = ()
    quiet_from: int = QUIET_FROM
    quiet_until: int = QUIET_UNTIL
    gather_hours: int = GATHER_HOURS


@dataclass(frozen=True)
class Choosing:
    """The choice as a mutation: it is about no patient, so none is locked and none logged.

    Done again it is the same, so its key is kept nowhere.
    """

    command: type[ChooseNotices] = ChooseNotices

    async def __call__(self, ctx: Context, command: ChooseNotices) -> NoticesChosen | Rejection:
        """Keep the viewer's choice, or forget it where nothing is to be sent."""
        faults = (*faults_of_command(command), *_faults(command))
        if faults:
            return InvalidInput(faults=faults)
        viewer = ctx.viewer
        if viewer.role is not ViewerRole.CITIZEN or viewer.identity_number is None:
            return NotAllowed(reason=Refusal.PATIENT_ONLY)
        chosen = _choice(ctx, viewer.identity_number.value, command)
        if chosen is None:
            await ctx.store.notice_choice.forget(viewer.identity_number.value)
        else:
            await ctx.store.notice_choice.choose(chosen)
        return NoticesChosen(receipt=Receipt(at=ctx.now), choice=chosen)


def _choice(ctx: Context, number: str, command: ChooseNotices) -> NoticeChoice | None:
    """Return what is kept of a choice; with every group off, nothing would ever be sent."""
    groups = tuple(each for each in NoticeGroup if each not in command.switched_off)
    if command.channel is None or not groups:
        return None
    return NoticeChoice(
        number=number,
        subject=ctx.viewer.subject,
        channel=command.channel,
        updated_at=ctx.now,
        groups=groups,
        quiet_from=command.quiet_from,
        quiet_until=command.quiet_until,
        gather_hours=command.gather_hours,
        language=ctx.language,
        security_level=ctx.viewer.security_level,
    )


def _faults(command: ChooseNotices) -> Iterator[Fault]:
    yield from within(command.quiet_from, "quietFrom", 0, 23)
    yield from within(command.quiet_until, "quietUntil", 0, 23)
    yield from within(command.gather_hours, "gatherHours", 0, MOST_GATHER_HOURS)


CHOOSE = Choosing()
