"""A patient restricts what is seen, and lifts it (sperring); health personnel write it down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from domain import ids
from domain.access.lock import RESTRICTABLE, restricting
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind, ended
from domain.command import Command
from domain.event import EventKind
from domain.given_word import SpokenWord
from domain.operation import Operation
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import NoChange, Rejected
from domain.written import RestrictionWritten
from resolvers.writing.given_word import given
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version


class SetRestriction(Command):
    """Restrict what health personnel see, or write down that somebody does; no rights is all."""

    operation: ClassVar[Operation] = Operation.SET_RESTRICTION
    about: ClassVar[str] = "patient_id"

    patient_id: str
    rights: tuple[Right, ...] = ()
    spoken: SpokenWord | None = None


class LiftRestriction(Command):
    """Lift a restriction, or write down that somebody does."""

    operation: ClassVar[Operation] = Operation.LIFT_RESTRICTION
    about: ClassVar[str] = "restriction_id"

    restriction_id: str
    expected_version: int
    spoken: SpokenWord | None = None


def _faults(command: SetRestriction) -> Iterator[Fault]:
    for number, right in enumerate(command.rights):
        if right not in RESTRICTABLE:
            yield Fault(path=f"rights[{number}]", code=FaultCode.NOT_A_CHOICE)


async def _set(write: Write, command: SetRestriction) -> Done:
    write.permit(None)
    word = given(write, command.spoken)
    rights = restricting(command.rights)
    if _is_restricted(write, rights):
        raise Rejected(NoChange())
    rule = AccessRule(
        id=ids.new(ids.ACCESS_RULE),
        patient_id=write.patient.id,
        version=1,
        kind=RuleKind.RESTRICTION,
        set_by=write.author,
        since=write.now,
        rights=rights,
        word=word,
    )
    await write.unit.add(rule)
    return Done(
        kind=EventKind.RESTRICTION_SET,
        subject_id=rule.id,
        version=rule.version,
        tells=write.to_patient_side,
    )


def _is_restricted(write: Write, rights: frozenset[Right]) -> bool:
    """Tell whether all of it is restricted already."""
    rules = [
        rule
        for rule in write.unit.record.rules
        if rule.kind is RuleKind.RESTRICTION and rule.holds(write.now)
    ]
    wanted = rights or RESTRICTABLE
    is_said_so = bool(rights) or any(not rule.rights for rule in rules)
    return is_said_so and all(any(rule.restricts(each) for rule in rules) for each in wanted)


async def _lift(write: Write, command: LiftRestriction) -> Done:
    write.permit(None)
    rule = await write.rule(RuleKind.RESTRICTION, command.restriction_id)
    require_version(rule, command.expected_version)
    if rule.ended_at is not None:
        raise Rejected(NoChange())
    lifted = ended(rule, write.now, write.author, given(write, command.spoken))
    await write.unit.change(lifted)
    return Done(
        kind=EventKind.RESTRICTION_LIFTED,
        subject_id=lifted.id,
        version=lifted.version,
        tells=write.to_patient_side,
    )


SET = Mutation(SetRestriction, RestrictionWritten, _set, faults=lambda given: list(_faults(given)))
LIFT = Mutation(LiftRestriction, RestrictionWritten, _lift)
