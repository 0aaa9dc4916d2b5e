"""The care team is edited: who is in it, with which tasks, and who has left it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace

from domain import ids
from domain.command import Command
from domain.event import EventKind
from domain.operation import Operation
from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.plan.part import Plan
from domain.writing.fault import Fault
from domain.writing.membership import require_free, require_relation, require_successor
from domain.writing.rejection import MembershipEnded, NoChange, NothingFound, Rejected
from domain.writing.validation.text import (
    optional_line,
    optional_phone,
    organisation_number,
    required_line,
)
from domain.written import TeamWritten
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version


class AddTeamMember(Command):
    """Take somebody into the care team; their organisation has a care relation from now on."""

    operation: ClassVar[Operation] = Operation.ADD_TEAM_MEMBER
    about: ClassVar[str] = "patient_id"

    patient_id: str
    name: str
    functions: tuple[CareTeamFunction, ...] = ()
    role_code: str | None = None
    role_text: str | None = None
    hpr_number: str | None = None
    organisation_name: str | None = None
    organisation_number: str | None = None
    phone: str | None = None
    reachable: str | None = None


class ChangeTeamMember(Command):
    """Say anew which tasks a member has and how to reach them."""

    operation: ClassVar[Operation] = Operation.CHANGE_TEAM_MEMBER
    about: ClassVar[str] = "member_id"

    member_id: str
    expected_version: int
    functions: tuple[CareTeamFunction, ...] = ()
    phone: str | None = None
    reachable: str | None = None


class EndTeamMembership(Command):
    """Let a member leave; the care relation that rests on it ends at once."""

    operation: ClassVar[Operation] = Operation.END_TEAM_MEMBERSHIP
    about: ClassVar[str] = "member_id"

    member_id: str
    expected_version: int


async def _add(write: Write, command: AddTeamMember) -> Done:
    write.permit(None)
    functions = tuple(dict.fromkeys(command.functions))
    require_free(_plan(write).care_team, functions)
    member = TeamMember(
        id=ids.new(ids.MEMBER),
        patient_id=write.patient.id,
        version=1,
        name=command.name,
        since=write.now,
        functions=functions,
        role_code=command.role_code,
        role_text=command.role_text,
        hpr_number=command.hpr_number,
        organisation_name=command.organisation_name,
        organisation_number=command.organisation_number,
        phone=command.phone,
        reachable=command.reachable,
    )
    await write.unit.add(member)
    return Done(kind=EventKind.TEAM_MEMBER_ADDED, subject_id=member.id, version=member.version)


async def _change(write: Write, command: ChangeTeamMember) -> Done:
    member, others = _member(write, command)
    functions = tuple(dict.fromkeys(command.functions))
    changed = replace(member, functions=functions, phone=command.phone, reachable=command.reachable)
    if changed == member:
        raise Rejected(NoChange())
    require_free(others, functions)
    require_successor(others, member.functions, functions)
    changed = replace(changed, version=member.version + 1)
    await write.unit.change(changed)
    return Done(kind=EventKind.TEAM_MEMBER_CHANGED, subject_id=member.id, version=changed.version)


async def _end(write: Write, command: EndTeamMembership) -> Done:
    member, others = _member(write, command)
    require_successor(others, member.functions)
    require_relation(_plan(write), member, others)
    ended = replace(member, until=write.now, version=member.version + 1)
    await write.unit.change(ended)
    return Done(kind=EventKind.TEAM_MEMBERSHIP_ENDED, subject_id=member.id, version=ended.version)


def _plan(write: Write) -> Plan:
    """Return the plan with its team of now; without a plan there is no team."""
    if write.plan is None:
        raise Rejected(NothingFound())
    return write.plan


def _member(
    write: Write, command: ChangeTeamMember | EndTeamMembership
) -> tuple[TeamMember, Sequence[TeamMember]]:
    """Return the member that is meant and the rest of the team of now."""
    write.permit(None)
    everyone = write.unit.plan.care_team if write.unit.plan else ()
    member = next((each for each in everyone if each.id == command.member_id), None)
    if member is None:
        raise Rejected(NothingFound())
    require_version(member, command.expected_version)
    if member.until is not None and member.until <= write.now:
        raise Rejected(MembershipEnded(until=member.until))
    return member, [each for each in _plan(write).care_team if each.id != member.id]


def _add_faults(command: AddTeamMember) -> list[Fault]:
    number = command.organisation_number
    return [
        *([] if number is None else organisation_number(number, "organisationNumber")),
        *required_line(command.name, "name"),
        *_contact_faults(command),
    ]


def _contact_faults(command: AddTeamMember | ChangeTeamMember) -> list[Fault]:
    return [
        *optional_phone(command.phone, "phone"),
        *optional_line(command.reachable, "reachable"),
    ]


ADD = Mutation(AddTeamMember, TeamWritten, _add, _add_faults)
CHANGE = Mutation(ChangeTeamMember, TeamWritten, _change, _contact_faults)
END = Mutation(EndTeamMembership, TeamWritten, _end)
