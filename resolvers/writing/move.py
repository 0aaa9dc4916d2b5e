"""The patient moves to another municipality, whose unit is asked to take over."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from domain import ids
from domain.command import Command
from domain.cooperation.handover import Handover, Move, open_actions
from domain.cooperation.notice import of_organisation
from domain.event import EventKind
from domain.operation import Operation
from domain.plan.care_team import CareTeamFunction
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import InvalidInput, NothingToHandOver, Rejected
from domain.writing.validation.collaboration import municipality_number
from domain.writing.validation.text import organisation_number
from domain.written import HandoverWritten
from resolvers.writing.handover import offer
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write

_COORDINATES = frozenset({CareTeamFunction.COORDINATOR, CareTeamFunction.CHILD_COORDINATOR})


class RegisterMove(Command):
    """Ask the new municipality's unit to take over what the old one's answers for.

    `from_organisation` is the unit that coordinates in the old municipality. Nothing moves before
    the new one accepts.
    """

    operation: ClassVar[Operation] = Operation.REGISTER_MOVE
    about: ClassVar[str] = "patient_id"

    patient_id: str
    municipality_number: str
    municipality_name: str
    moved_on: date
    from_organisation: str
    to_organisation: str
    to_organisation_name: str
    message: str | None = None


async def _register(write: Write, command: RegisterMove) -> Done:
    write.permit(None)
    _require_coordinating(write, command.from_organisation)
    living = write.plan.living if write.plan else ()
    unit = command.from_organisation
    parts = [part for part in living if part.responsible.organisation_number == unit]
    if not parts:
        raise Rejected(NothingToHandOver())
    handover = Handover(
        id=ids.new(ids.HANDOVER),
        patient_id=write.patient.id,
        part_ids=tuple(part.id for part in parts),
        from_organisation=unit,
        from_organisation_name=parts[0].responsible.organisation,
        to_organisation=command.to_organisation,
        to_organisation_name=command.to_organisation_name,
        reason=f"Flytting til {command.municipality_name}",
        message=command.message,
        open_actions=open_actions((part.id, part.content) for part in parts),
        opened_by=write.author,
        opened_at=write.now,
        move=Move(
            municipality_number=command.municipality_number,
            municipality_name=command.municipality_name,
            moved_on=command.moved_on,
        ),
    )
    await offer(write, handover)
    return Done(
        kind=EventKind.MOVE_REGISTERED,
        subject_id=handover.id,
        version=handover.version,
        tells=of_organisation(handover.to_organisation),
    )


def _require_coordinating(write: Write, unit: str) -> None:
    """Let a move hand over only what the sender's own unit, or one that coordinates, answers for.

    Anyone with a care relation may register a move; it must not become a way to hand over what
    others answer for.
    """
    team = write.plan.care_team if write.plan else ()
    coordinates = any(
        member.organisation_number == unit and _COORDINATES.intersection(member.functions)
        for member in team
    )
    if not coordinates and unit != write.viewer.organisation:
        fault = Fault(path="fromOrganisation", code=FaultCode.NOT_COORDINATING)
        raise Rejected(InvalidInput(faults=(fault,)))


def _faults(command: RegisterMove) -> list[Fault]:
    faults = [
        *municipality_number(command.municipality_number, "municipalityNumber"),
        *organisation_number(command.from_organisation, "fromOrganisation"),
        *organisation_number(command.to_organisation, "toOrganisation"),
    ]
    if command.from_organisation == command.to_organisation:
        faults.append(Fault(path="toOrganisation", code=FaultCode.SAME_ORGANISATION))
    return faults


REGISTER = Mutation(RegisterMove, HandoverWritten, _register, _faults)
