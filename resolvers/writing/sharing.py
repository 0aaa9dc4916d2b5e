"""A part is shared with a named recipient, for how long is changed, and the share taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from domain import ids
from domain.access import age, opening
from domain.access.opening import Opening
from domain.command import Command
from domain.cooperation.notice import of_share
from domain.event import EventKind
from domain.given_word import GivenWord, SpokenWord, is_heard
from domain.identity_number import IdentityNumber
from domain.operation import Operation
from domain.plan.part import PlanPart
from domain.plan.sharing import (
    LONGEST_OUTSIDE_HEALTH,
    RecipientKind,
    RecipientSetting,
    Share,
    ShareScope,
    withdrawn,
)
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import (
    AlreadyShared,
    InvalidInput,
    NoChange,
    NoCode,
    NothingFound,
    Rejected,
    ShareClosed,
)
from domain.writing.validation.line import no_duplicates
from domain.writing.validation.text import required_line
from domain.written import ShareCodeWritten, ShareWritten
from resolvers.writing.given_word import given
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version


class SharePart(Command):
    """Give a part, or pieces of it, to a named recipient.

    With `spoken` personnel share on the word of whoever decides. From 12 to 15 neither child nor
    parents share by themselves, so what leaves health care then rests on their word.
    """

    operation: ClassVar[Operation] = Operation.SHARE
    about: ClassVar[str] = "part_id"

    part_id: str
    recipient: str
    kind: RecipientKind
    setting: RecipientSetting
    scopes: tuple[ShareScope, ...]
    until: datetime | None = None
    organisation_number: str | None = None
    recipient_number: IdentityNumber | None = None
    is_own_home_only: bool = False
    spoken: SpokenWord | None = None

    @property
    def is_outside_health(self) -> bool:
        """Tell whether the recipient is outside health care."""
        return self.setting is not RecipientSetting.HEALTH


class ChangeShare(Command):
    """Change when a share ends."""

    operation: ClassVar[Operation] = Operation.CHANGE_SHARE
    about: ClassVar[str] = "share_id"

    share_id: str
    expected_version: int
    until: datetime | None = None


class WithdrawShare(Command):
    """Take a share back at once."""

    operation: ClassVar[Operation] = Operation.WITHDRAW_SHARE
    about: ClassVar[str] = "share_id"

    share_id: str
    expected_version: int


class MakeShareCode(Command):
    """Make a code that opens a share once, to be handed over in person."""

    operation: ClassVar[Operation] = Operation.MAKE_SHARE_CODE
    about: ClassVar[str] = "share_id"

    share_id: str


async def _share(write: Write, command: SharePart) -> Done:
    part = write.part_in_use(command.part_id)
    _require_end(command.setting, command.until, write.now)
    share = _made(write, command)
    for other in part.sharing.shares:
        if _counts(write, other) and other.is_open(write.now) and other.is_with(share):
            raise Rejected(AlreadyShared(share_id=other.id))
    await write.unit.add(share)
    return Done(
        kind=EventKind.SHARED,
        subject_id=share.id,
        version=share.version,
        tells=(*of_share(share), *write.to_patient_side),
    )


def _counts(write: Write, other: Share) -> bool:
    """Tell whether a share stands in the way of another with the same recipient.

    Health personnel share beside the patient's side: what they give may be more than a parent
    could, and nobody must tell by it whether it is.
    """
    is_by_patient_side = other.shared_by_number is not None
    return _may_know(write, other) and (write.speaks_for_patient or not is_by_patient_side)


def _may_know(write: Write, share: Share) -> bool:
    return not write.access.is_parent or share.is_for_parent(write.reader.number)


def _made(write: Write, command: SharePart) -> Share:
    number = command.recipient_number
    return Share(
        id=ids.new(ids.SHARE),
        patient_id=write.patient.id,
        part_id=command.part_id,
        recipient=command.recipient,
        kind=command.kind,
        setting=command.setting,
        scopes=command.scopes,
        organisation_number=command.organisation_number,
        recipient_number=None if number is None else number.value,
        shared_by=write.author.name,
        shared_by_number=write.reader.number,
        is_own_home_only=command.is_own_home_only,
        word=_word(write, command),
        since=write.now,
        until=command.until,
    )


def _word(write: Write, command: SharePart) -> GivenWord | None:
    years = age.on(write.patient.birth_date, write.now)
    is_needed = command.is_outside_health and is_heard(years) and not write.speaks_for_patient
    return given(write, command.spoken) if command.spoken or is_needed else None


async def _change(write: Write, command: ChangeShare) -> Done:
    _, share = _open_share(write, command.share_id)
    require_version(share, command.expected_version)
    _require_end(share.setting, command.until, write.now)
    if share.until == command.until:
        raise Rejected(NoChange())
    changed = replace(share, until=command.until, version=share.version + 1)
    await write.unit.change(changed)
    return Done(
        kind=EventKind.SHARE_CHANGED,
        subject_id=share.id,
        version=changed.version,
        tells=of_share(share),
    )


async def _withdraw(write: Write, command: WithdrawShare) -> Done:
    _, share = _open_share(write, command.share_id)
    require_version(share, command.expected_version)
    return await end(write, share)


async def end(write: Write, share: Share) -> Done:
    """Take a share back, and tell whom it was with."""
    ended = withdrawn(share, write.now)
    await write.unit.change(ended)
    return Done(
        kind=EventKind.SHARE_WITHDRAWN,
        subject_id=share.id,
        version=ended.version,
        tells=of_share(share),
    )


async def _make_code(write: Write, command: MakeShareCode) -> Done:
    _, share = _open_share(write, command.share_id)
    if share.is_whole:
        raise Rejected(NoCode())
    code = opening.new_code()
    made = Opening(
        id=ids.new(ids.OPENING),
        patient_id=share.patient_id,
        share_id=share.id,
        code_digest=opening.digest(code),
        made_by=write.author,
        made_at=write.now,
        code_expires_at=write.now + opening.CODE_LIFETIME,
    )
    await write.unit.add(made)
    return Done(
        kind=EventKind.SHARE_CODE_MADE,
        subject_id=share.id,
        version=share.version,
        shown_once=code,
    )


def _open_share(write: Write, share_id: str) -> tuple[PlanPart, Share]:
    """Return a share that has not ended, with its part, if the viewer may do this to it."""
    for part in write.plan.parts if write.plan else ():
        for share in part.sharing.shares:
            if share.id == share_id and _may_know(write, share):
                write.part(part.id)
                if not share.is_open(write.now):
                    raise Rejected(ShareClosed())
                return part, share
    raise Rejected(NothingFound())


def _require_end(setting: RecipientSetting, until: datetime | None, now: datetime) -> None:
    """Refuse an end in the past, and outside health care none, or one that is too far off."""
    fault = None
    latest = None if setting is RecipientSetting.HEALTH else now + LONGEST_OUTSIDE_HEALTH
    if until is None:
        fault = None if latest is None else FaultCode.REQUIRED
    elif until <= now:
        fault = FaultCode.END_BEFORE_START
    elif latest is not None and until > latest:
        fault = FaultCode.OUT_OF_RANGE
    if fault is not None:
        allowed = f"{now:%d.%m.%Y}–{latest:%d.%m.%Y}" if latest else None
        faults = (Fault(path="until", code=fault, allowed=allowed),)
        raise Rejected(InvalidInput(faults=faults))


def _faults(command: SharePart) -> Sequence[Fault]:
    return (
        *required_line(command.recipient, "recipient"),
        *no_duplicates(command.scopes, "scopes"),
        *_of_scopes(command),
        *_of_numbers(command),
    )


def _of_scopes(command: SharePart) -> Iterator[Fault]:
    is_whole = ShareScope.WHOLE_PART in command.scopes
    if not command.scopes:
        yield Fault(path="scopes", code=FaultCode.REQUIRED)
    elif is_whole and command.is_outside_health:
        yield Fault(path="scopes", code=FaultCode.TOO_MUCH_SHARED)
    elif is_whole and len(command.scopes) > 1:
        yield Fault(path="scopes", code=FaultCode.NOT_TOGETHER)


def _of_numbers(command: SharePart) -> Iterator[Fault]:
    """Check what a recipient is known by: health care by the unit, a person by who they are.

    A share with a person by their unit's number would open for everyone who works there.
    """
    is_person = command.is_outside_health and command.kind is RecipientKind.PERSON
    if command.recipient_number is not None and not is_person:
        yield Fault(path="recipientNumber", code=FaultCode.NOT_USED_HERE, other="setting")
    if command.organisation_number is not None and is_person:
        yield Fault(path="organisationNumber", code=FaultCode.NOT_USED_HERE, other="kind")
    if command.organisation_number is None and not command.is_outside_health:
        yield Fault(path="organisationNumber", code=FaultCode.REQUIRED)


SHARE = Mutation(SharePart, ShareWritten, _share, _faults)
CHANGE = Mutation(ChangeShare, ShareWritten, _change)
WITHDRAW = Mutation(WithdrawShare, ShareWritten, _withdraw)
MAKE_CODE = Mutation(MakeShareCode, ShareCodeWritten, _make_code)
