"""Responsibility is offered to another organisation, which takes it on or doesn't."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace

from domain import ids
from domain.access import permission
from domain.access.guard import GUARDS
from domain.author import Author
from domain.command import Command
from domain.cooperation.handover import (
    Handover,
    HandoverState,
    accepted,
    closed,
    open_actions,
    open_with,
    taken_over,
)
from domain.cooperation.notice import Recipient, of_organisation
from domain.event import EventKind
from domain.operation import Operation
from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.plan.part import LIVING, PlanPart
from domain.refusal import Refusal
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import (
    AlreadyHandedOver,
    HandoverClosed,
    InvalidInput,
    NotAllowed,
    NothingFound,
    NothingToHandOver,
    Rejected,
    WrongState,
)
from domain.writing.validation.text import organisation_number
from domain.written import HandoverWritten
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version


class OpenHandover(Command):
    """Ask another organisation to take over.

    No part named means all that the sender answers for.
    """

    operation: ClassVar[Operation] = Operation.OPEN_HANDOVER
    about: ClassVar[str] = "patient_id"

    patient_id: str
    to_organisation: str
    to_organisation_name: str
    reason: str
    message: str | None = None
    part_ids: tuple[str, ...] = ()


class _Answer(Command):
    about: ClassVar[str] = "handover_id"

    handover_id: str
    expected_version: int


class AcceptHandover(_Answer):
    """Take over: whoever accepts answers for the parts from now on."""

    operation: ClassVar[Operation] = Operation.ACCEPT_HANDOVER


class DeclineHandover(_Answer):
    """Say no, with the reason; the sender answers for the parts as before."""

    operation: ClassVar[Operation] = Operation.DECLINE_HANDOVER

    reason: str


class WithdrawHandover(_Answer):
    """Take the request back before it is answered."""

    operation: ClassVar[Operation] = Operation.WITHDRAW_HANDOVER

    reason: str | None = None


async def _open(write: Write, command: OpenHandover) -> Done:
    parts = _named(write, command.part_ids) if command.part_ids else _all_of_sender(write)
    sender = parts[0].responsible
    if any(part.responsible.organisation_number == command.to_organisation for part in parts):
        fault = Fault(path="toOrganisation", code=FaultCode.SAME_ORGANISATION)
        raise Rejected(InvalidInput(faults=(fault,)))
    handover = Handover(
        id=ids.new(ids.HANDOVER),
        patient_id=write.patient.id,
        part_ids=tuple(part.id for part in parts),
        from_organisation=sender.organisation_number or write.viewer.organisation or "",
        from_organisation_name=sender.organisation,
        to_organisation=command.to_organisation,
        to_organisation_name=command.to_organisation_name,
        reason=command.reason,
        message=command.message,
        open_actions=open_actions((part.id, part.content) for part in parts),
        opened_by=write.author,
        opened_at=write.now,
    )
    await offer(write, handover)
    return Done(
        kind=EventKind.HANDOVER_OPENED,
        subject_id=handover.id,
        version=handover.version,
        tells=of_organisation(handover.to_organisation),
    )


async def offer(write: Write, handover: Handover) -> None:
    """Keep a handover, unless one of its parts waits for another's answer already."""
    waiting = open_with(await write.unit.handovers(), handover.part_ids)
    if waiting is not None:
        is_open = GUARDS["Plan.handovers"].refusal(write.access) is None
        raise Rejected(AlreadyHandedOver(open_handover=waiting if is_open else None))
    await write.unit.add(handover)


def _named(write: Write, part_ids: Sequence[str]) -> list[PlanPart]:
    parts = [write.part(part_id) for part_id in dict.fromkeys(part_ids)]
    for part in parts:
        if not part.is_living:
            raise Rejected(WrongState(lifecycle=part.lifecycle, allowed=LIVING))
    return parts


def _all_of_sender(write: Write) -> list[PlanPart]:
    living = write.plan.living if write.plan else ()
    parts = [p for p in living if permission.answers_for(write.viewer, p.responsible)]
    write.permit(parts[0] if parts else None)
    return parts


async def _accept(write: Write, command: AcceptHandover) -> Done:
    handover = await _found(write, command)
    _require_receiver(write, handover)
    _require_open(handover, command)
    living = write.plan.living if write.plan else ()
    taken = taken_over(handover, living, write.author, write.now)
    if not taken:
        raise Rejected(NothingToHandOver())
    for part in taken:
        await write.unit.change(part)
    await _join(write, handover)
    decided = accepted(handover, taken, write.author, write.now)
    await write.unit.change(decided)
    return Done(
        kind=EventKind.HANDOVER_ACCEPTED,
        subject_id=decided.id,
        version=decided.version,
        tells=(*of_organisation(handover.from_organisation), *_patient_side(write, handover)),
    )


def _patient_side(write: Write, handover: Handover) -> tuple[Recipient, ...]:
    """Return the patient's side as who is told; nobody where it would tell of a move."""
    return write.to_patient_side if handover.move is None else ()


async def _join(write: Write, handover: Handover) -> None:
    """Let whoever accepts be plan responsible in the care team, where the relation now rests."""
    function, author = CareTeamFunction.PLAN_RESPONSIBLE, write.author
    team = write.plan.care_team if write.plan else ()
    member = next((each for each in team if _is_same(each, author)), None)
    if member is None:
        await write.unit.add(_member(write, handover, function))
    elif function not in member.functions:
        functions = (*member.functions, function)
        await write.unit.change(replace(member, functions=functions, version=member.version + 1))


def _is_same(member: TeamMember, author: Author) -> bool:
    """Tell whether a member is a person; of one whose number isn't known, by the name."""
    if member.organisation_number != author.organisation_number:
        return False
    if member.hpr_number is None:
        return member.name == author.name
    return member.hpr_number == author.hpr_number


def _member(write: Write, handover: Handover, function: CareTeamFunction) -> TeamMember:
    author = write.author
    return TeamMember(
        id=ids.new(ids.MEMBER),
        patient_id=write.patient.id,
        version=1,
        name=author.name,
        since=write.now,
        functions=(function,),
        role_code=write.viewer.profession,
        role_text=author.role,
        hpr_number=author.hpr_number,
        organisation_name=handover.to_organisation_name,
        organisation_number=handover.to_organisation,
    )


async def _decline(write: Write, command: DeclineHandover) -> Done:
    handover = await _found(write, command)
    _require_receiver(write, handover)
    _require_open(handover, command)
    return await _close(write, handover, HandoverState.DECLINED, command.reason)


async def _withdraw(write: Write, command: WithdrawHandover) -> Done:
    handover = await _found(write, command)
    is_sender = handover.from_organisation == write.viewer.organisation
    if not is_sender and handover.opened_by.hpr_number != write.viewer.hpr_number:
        raise Rejected(NotAllowed(reason=Refusal.NOT_SENDER))
    _require_open(handover, command)
    return await _close(write, handover, HandoverState.WITHDRAWN, command.reason)


_HAPPENED = {
    HandoverState.DECLINED: EventKind.HANDOVER_DECLINED,
    HandoverState.WITHDRAWN: EventKind.HANDOVER_WITHDRAWN,
}


async def _close(
    write: Write, handover: Handover, state: HandoverState, reason: str | None
) -> Done:
    decided = closed(handover, state, write.author, write.now, reason)
    await write.unit.change(decided)
    is_declined = state is HandoverState.DECLINED
    other = handover.from_organisation if is_declined else handover.to_organisation
    return Done(
        kind=_HAPPENED[state],
        subject_id=decided.id,
        version=decided.version,
        tells=of_organisation(other),
    )


async def _found(write: Write, command: _Answer) -> Handover:
    write.permit(None)
    for handover in await write.unit.handovers():
        if handover.id == command.handover_id:
            return handover
    raise Rejected(NothingFound())


def _require_receiver(write: Write, handover: Handover) -> None:
    if write.viewer.organisation != handover.to_organisation:
        raise Rejected(NotAllowed(reason=Refusal.NOT_RECEIVER))


def _require_open(handover: Handover, command: _Answer) -> None:
    if not handover.is_open:
        raise Rejected(HandoverClosed(handover_state=handover.state))
    require_version(handover, command.expected_version)


def _open_faults(command: OpenHandover) -> list[Fault]:
    return [*organisation_number(command.to_organisation, "toOrganisation")]


OPEN = Mutation(OpenHandover, HandoverWritten, _open, _open_faults)
ACCEPT = Mutation(AcceptHandover, HandoverWritten, _accept)
DECLINE = Mutation(DeclineHandover, HandoverWritten, _decline)
WITHDRAW = Mutation(WithdrawHandover, HandoverWritten, _withdraw)
