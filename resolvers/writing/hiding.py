"""Something is hidden from parents, or from the patient, so that nobody learns that it is there.

A youth who wants something hidden says so in a comment for personnel only, or in person: it is
personnel who hide it, and answer for it (pasient- og brukerrettighetsloven §§ 3-4 and 5-1).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from domain.access.right import RIGHT_OF_SECTION, Right
from domain.access.rule import AccessRule, RuleKind
from domain.command import Command
from domain.identity_number import IdentityNumber
from domain.operation import Operation
from domain.plan.seen import can_be_hidden
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import NoChange, Rejected
from domain.written import RuleWritten
from resolvers.writing import rule as rules
from resolvers.writing.mutation import Mutation
from resolvers.writing.rule import EndRule, refuse
from resolvers.writing.write import Done, Write

# What can be hidden as a whole besides a part or a line: a source's section, and what is reported.
HIDEABLE = (*RIGHT_OF_SECTION.values(), Right.READ_REPORTS)


class Hide(Command):
    """Hide a part, a line of it, or a whole kind of data; exactly one of them."""

    about: ClassVar[str] = "patient_id"

    patient_id: str
    reason: str
    part_id: str | None = None
    line_id: str | None = None
    right: Right | None = None


class HideFromParents(Hide):
    """Hide something from the parents, or from one of them."""

    operation: ClassVar[Operation] = Operation.HIDE_FROM_PARENTS

    parent: IdentityNumber | None = None


class RefuseOwnAccess(Hide):
    """Keep something from the patient, to prevent danger to life or serious harm."""

    operation: ClassVar[Operation] = Operation.REFUSE_OWN_ACCESS


class StopHiding(EndRule):
    """Let parents see what was hidden from them, with what it was before."""

    operation: ClassVar[Operation] = Operation.STOP_HIDING


class EndRefusal(EndRule):
    """Let the patient see what they were refused."""

    operation: ClassVar[Operation] = Operation.END_REFUSAL


async def _hide(write: Write, command: HideFromParents) -> Done:
    parent = rules.parent_named(write, command.parent)
    return await _set(write, command, RuleKind.HIDDEN_FROM_PARENTS, parent)


async def _refuse(write: Write, command: RefuseOwnAccess) -> Done:
    return await _set(write, command, RuleKind.OWN_ACCESS_REFUSED, {})


async def _set(write: Write, command: Hide, kind: RuleKind, whom: dict[str, str | None]) -> Done:
    if command.part_id is None:
        write.permit(None)
    else:
        write.part(command.part_id)
        await _require_line(write, command.part_id, command.line_id)
    new = rules.new_rule(
        write,
        kind,
        reason=command.reason,
        part_id=command.part_id,
        line_id=command.line_id,
        rights=frozenset({command.right} if command.right else ()),
        **whom,
    )
    if any(_is_same(each, new) for each in rules.standing(write, kind)):
        raise Rejected(NoChange())
    return await rules.add(write, new)


async def _require_line(write: Write, part_id: str, line_id: str | None) -> None:
    """Refuse a line that stands neither in the part nor in a draft of it, or not by itself.

    A line is best hidden while it is still in a draft: what has been seen has been seen.
    """
    if line_id is None:
        return
    part = write.part(part_id)
    drafts = await write.unit.open_drafts(part_id)
    contents = [each for each in (part.content, *(d.content for d in drafts)) if each is not None]
    if not any(can_be_hidden(each, line_id) for each in contents):
        refuse("lineId", FaultCode.CANNOT_BE_HIDDEN)


def _is_same(one: AccessRule, other: AccessRule) -> bool:
    mine = (one.part_id, one.line_id, one.rights, one.person_number)
    return mine == (other.part_id, other.line_id, other.rights, other.person_number)


async def _stop(write: Write, command: StopHiding) -> Done:
    return await rules.end(write, command, (RuleKind.HIDDEN_FROM_PARENTS,))


async def _end_refusal(write: Write, command: EndRefusal) -> Done:
    return await rules.end(write, command, (RuleKind.OWN_ACCESS_REFUSED,))


def _faults(command: Hide) -> Sequence[Fault]:
    if (command.part_id is None) is (command.right is None):
        return (Fault(path="partId", code=FaultCode.NOT_TOGETHER, other="right"),)
    if command.line_id is not None and command.part_id is None:
        return (Fault(path="lineId", code=FaultCode.NOT_USED_HERE, other="right"),)
    if command.right is not None and command.right not in HIDEABLE:
        allowed = ", ".join(each.name for each in HIDEABLE)
        return (Fault(path="right", code=FaultCode.NOT_A_CHOICE, allowed=allowed),)
    return ()


HIDE = Mutation(HideFromParents, RuleWritten, _hide, _faults)
STOP = Mutation(StopHiding, RuleWritten, _stop)
REFUSE = Mutation(RefuseOwnAccess, RuleWritten, _refuse, _faults)
END_REFUSAL = Mutation(EndRefusal, RuleWritten, _end_refusal)
