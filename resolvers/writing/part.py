"""A plan part is put on hold, resumed, completed, revoked, or marked as entered in error."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from msgspec.structs import replace

from domain.command import Command
from domain.event import EventKind
from domain.keeping.delivery import of_ended
from domain.operation import Operation
from domain.plan.part import Lifecycle, PlanPart
from domain.plan.sharing import Share
from domain.writing import lifecycle
from domain.written import PartWritten
from resolvers.writing import sharing
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write

_HAPPENED = {
    Operation.HOLD: EventKind.PART_HELD,
    Operation.RESUME: EventKind.PART_RESUMED,
    Operation.COMPLETE: EventKind.PART_COMPLETED,
    Operation.REVOKE: EventKind.PART_REVOKED,
    Operation.ENTER_IN_ERROR: EventKind.PART_ENTERED_IN_ERROR,
}
_STOPS_SHARING = (Lifecycle.REVOKED, Lifecycle.ENTERED_IN_ERROR)


class MovePart(Command):
    """Lead a part to another point of its lifecycle; `reason` is shown to the patient."""

    about: ClassVar[str] = "part_id"

    part_id: str
    expected_version: int
    reason: str


class HoldPart(MovePart):
    """Pause a part; its zones stay readable, marked."""

    operation: ClassVar[Operation] = Operation.HOLD


class ResumePart(MovePart):
    """Take a paused part up again."""

    operation: ClassVar[Operation] = Operation.RESUME


class CompletePart(MovePart):
    """End a part as meant; the reason is its evaluation."""

    operation: ClassVar[Operation] = Operation.COMPLETE


class RevokePart(MovePart):
    """Withdraw a part; its sharing stops at once."""

    operation: ClassVar[Operation] = Operation.REVOKE


class EnterPartInError(MovePart):
    """Mark a part as never meant; a tombstone and its history remain."""

    operation: ClassVar[Operation] = Operation.ENTER_IN_ERROR


C = TypeVar("C", bound=MovePart)


async def _move(write: Write, command: MovePart) -> Done:
    part = write.part(command.part_id)
    await write.require_version(part, command.expected_version)
    led_to = lifecycle.after(command.operation, part)
    moved = replace(
        part,
        lifecycle=led_to,
        reason=None if led_to is Lifecycle.ACTIVE else command.reason,
        version=part.version + 1,
        updated_at=write.now,
        updated_by=write.author,
    )
    await write.unit.change(moved)
    if not moved.is_living:
        await write.unit.stop_comparing(part.id)
    delivery = of_ended(moved)
    if delivery is not None:
        await write.unit.add(delivery)
    stops = _open_shares(write, part) if led_to in _STOPS_SHARING else []
    shares = [await sharing.end(write, share) for share in stops]
    return Done(
        kind=_HAPPENED[command.operation],
        subject_id=part.id,
        version=moved.version,
        tells=write.to_patient_side,
        also=tuple(shares),
    )


def _open_shares(write: Write, part: PlanPart) -> list[Share]:
    return [share for share in part.sharing.shares if share.is_open(write.now)]


def _mutation(command: type[C]) -> Mutation[C]:
    return Mutation(command, PartWritten, _move)


HOLD = _mutation(HoldPart)
RESUME = _mutation(ResumePart)
COMPLETE = _mutation(CompletePart)
REVOKE = _mutation(RevokePart)
ENTER_IN_ERROR = _mutation(EnterPartInError)
