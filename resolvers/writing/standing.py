"""Personnel register what changes who decides: that a patient can't, or who has a child's care."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from domain.access import age
from domain.access.rule import RuleKind
from domain.command import Command
from domain.operation import Operation
from domain.profession import APPROVING
from domain.refusal import Refusal
from domain.writing.rejection import NotAllowed, Rejected
from domain.written import RuleWritten
from resolvers.writing import rule as rules
from resolvers.writing.mutation import Mutation
from resolvers.writing.rule import EndRule
from resolvers.writing.write import Done, Write


class RegisterIncapacity(Command):
    """Register that a patient can't consent, why, and until when at most.

    `expected_version` is that of what stands, None where there is nothing.
    """

    operation: ClassVar[Operation] = Operation.REGISTER_INCAPACITY
    about: ClassVar[str] = "patient_id"

    patient_id: str
    reason: str
    until: datetime | None = None
    expected_version: int | None = None


class EndIncapacity(EndRule):
    """Register that a patient can consent again."""

    operation: ClassVar[Operation] = Operation.END_INCAPACITY


class RegisterCareTakenOver(Command):
    """Register which child welfare service has taken over the care of a child, by which decision.

    `expected_version` is that of what stands, None where there is nothing.
    """

    operation: ClassVar[Operation] = Operation.REGISTER_CARE_TAKEN_OVER
    about: ClassVar[str] = "patient_id"

    patient_id: str
    organisation_number: str
    organisation_name: str
    reason: str
    expected_version: int | None = None


class EndCareTakenOver(EndRule):
    """Register that the child welfare service no longer has the care."""

    operation: ClassVar[Operation] = Operation.END_CARE_TAKEN_OVER


async def _register_incapacity(write: Write, command: RegisterIncapacity) -> Done:
    write.permit(None)
    _require_approver(write)
    rules.require_age(write, age.OF_AGE, rules.OLDEST)
    rules.require_future(write, command.until)
    new = rules.new_rule(
        write, RuleKind.WITHOUT_CAPACITY, reason=command.reason, until=command.until
    )
    return await rules.put(write, new, command.expected_version)


async def _end_incapacity(write: Write, command: EndIncapacity) -> Done:
    write.permit(None)
    _require_approver(write)
    return await rules.end(write, command, (RuleKind.WITHOUT_CAPACITY,))


async def _register_care(write: Write, command: RegisterCareTakenOver) -> Done:
    write.permit(None)
    until = rules.require_age(write, 0, age.MAJORITY)
    new = rules.new_rule(
        write,
        RuleKind.CARE_TAKEN_OVER,
        organisation=command.organisation_number,
        person_name=command.organisation_name,
        reason=command.reason,
        until=until,
    )
    return await rules.put(write, new, command.expected_version)


async def _end_care(write: Write, command: EndCareTakenOver) -> Done:
    return await rules.end(write, command, (RuleKind.CARE_TAKEN_OVER,))


def _require_approver(write: Write) -> None:
    """Refuse all but those whose profession stands behind such an assessment."""
    if write.viewer.profession not in APPROVING:
        raise Rejected(NotAllowed(reason=Refusal.NOT_RESPONSIBLE))


REGISTER_INCAPACITY = Mutation(RegisterIncapacity, RuleWritten, _register_incapacity)
END_INCAPACITY = Mutation(EndIncapacity, RuleWritten, _end_incapacity)
REGISTER_CARE = Mutation(RegisterCareTakenOver, RuleWritten, _register_care)
END_CARE = Mutation(EndCareTakenOver, RuleWritten, _end_care)
