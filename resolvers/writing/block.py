"""A patient blocks one named person of health personnel, and lifts it (blokkering).

It holds wherever that person works, in an emergency too. Nobody lifts a block of themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from domain import ids
from domain.access.rule import AccessRule, RuleKind, ended
from domain.command import Command
from domain.event import EventKind
from domain.given_word import SpokenWord
from domain.operation import Operation
from domain.refusal import Refusal
from domain.writing.fault import Fault
from domain.writing.rejection import NoChange, NotAllowed, NothingFound, Rejected
from domain.writing.validation.text import hpr_number, required_line
from domain.written import BlockWritten
from resolvers.writing.given_word import given
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version


class BlockPerson(Command):
    """Block a person, or write down that somebody does; nobody needs to say why."""

    operation: ClassVar[Operation] = Operation.BLOCK_PERSON
    about: ClassVar[str] = "patient_id"

    patient_id: str
    hpr_number: str
    name: str
    spoken: SpokenWord | None = None


class LiftBlock(Command):
    """Lift a block, or write down that somebody does."""

    operation: ClassVar[Operation] = Operation.LIFT_BLOCK
    about: ClassVar[str] = "block_id"

    block_id: str
    expected_version: int
    spoken: SpokenWord | None = None


def _faults(command: BlockPerson) -> Iterator[Fault]:
    yield from hpr_number(command.hpr_number, "hprNumber")
    yield from required_line(command.name, "name")


async def _block(write: Write, command: BlockPerson) -> Done:
    write.permit(None)
    word = given(write, command.spoken)
    standing = list(_standing(write))
    if any(rule.hpr_number == command.hpr_number for rule in standing):
        raise Rejected(NoChange())
    rule = AccessRule(
        id=ids.new(ids.ACCESS_RULE),
        patient_id=write.patient.id,
        version=1,
        kind=RuleKind.BLOCK,
        set_by=write.author,
        since=write.now,
        hpr_number=command.hpr_number,
        person_name=command.name,
        word=word,
    )
    await write.unit.add(rule)
    return Done(
        kind=EventKind.PERSON_BLOCKED,
        subject_id=rule.id,
        version=rule.version,
        tells=write.to_patient_side,
    )


async def _lift(write: Write, command: LiftBlock) -> Done:
    write.permit(None)
    if any(rule.hpr_number == write.viewer.hpr_number for rule in _standing(write)):
        # A blocked person is told of no block by its id, not even whether it is theirs.
        raise Rejected(NotAllowed(reason=Refusal.BLOCKED))
    rule = await write.rule(RuleKind.BLOCK, command.block_id)
    if not write.speaks_for_patient and not registered_at(rule, write.viewer.organisation):
        raise Rejected(NothingFound())
    require_version(rule, command.expected_version)
    if rule.ended_at is not None:
        raise Rejected(NoChange())
    lifted = ended(rule, write.now, write.author, given(write, command.spoken))
    await write.unit.change(lifted)
    return Done(
        kind=EventKind.BLOCK_LIFTED,
        subject_id=lifted.id,
        version=lifted.version,
        tells=write.to_patient_side,
    )


def registered_at(rule: AccessRule, organisation: str | None) -> bool:
    """Tell whether personnel of an organisation wrote a rule down on somebody's word."""
    by = rule.word.registered_by if rule.word else None
    return by is not None and by.organisation_number == organisation


def _standing(write: Write) -> Iterator[AccessRule]:
    for rule in write.unit.record.rules:
        if rule.kind is RuleKind.BLOCK and rule.holds(write.now):
            yield rule


BLOCK = Mutation(BlockPerson, BlockWritten, _block, faults=lambda given: list(_faults(given)))
LIFT = Mutation(LiftBlock, BlockWritten, _lift)
