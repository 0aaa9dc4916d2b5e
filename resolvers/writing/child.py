"""A clinician decides what parents keep and what a youth sees; parents agree to the youth's login.

From 12 to 16 child and parents are heard first (pasient- og brukerrettighetsloven §§ 3-4, 4-4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import ClassVar

from domain.access import age
from domain.access.matrix import KEEPABLE, SUITABLE
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind
from domain.command import Command
from domain.cooperation.notice import NoticeTo, Recipient, of_patient_side
from domain.given_word import SpokenWord
from domain.identity_number import IdentityNumber
from domain.operation import Operation
from domain.writing.fault import Fault, FaultCode
from domain.written import RuleWritten
from resolvers.writing import rule as rules
from resolvers.writing.given_word import given
from resolvers.writing.mutation import Mutation
from resolvers.writing.rule import EndRule
from resolvers.writing.write import Done, Write

# What is settled before a birthday holds from the day: personnel are asked so long ahead.
AHEAD_DAYS = 90


class DecideForChild(Command):
    """Decide who sees what of a child's plan, with a reason in words fit for the child's age.

    `expected_version` is that of the decision that stands, None where there is none.
    """

    operation: ClassVar[Operation] = Operation.DECIDE_FOR_CHILD
    about: ClassVar[str] = "patient_id"

    patient_id: str
    rights: tuple[Right, ...]
    reason: str
    expected_version: int | None = None


class DecideForParents(DecideForChild):
    """Decide what parents keep of what they could see and do; nothing is a decision, too."""

    parent: IdentityNumber | None = None


class DecideForYouth(DecideForChild):
    """Decide what a youth with an own login sees and does beyond the zone sheet and reports."""


class EndDecision(EndRule):
    """End a decision about a child; what holds without one holds again."""

    operation: ClassVar[Operation] = Operation.END_DECISION


class GiveOwnAccess(Command):
    """Agree that a child logs in alone from the age that is set, or write down that parents do."""

    operation: ClassVar[Operation] = Operation.GIVE_OWN_ACCESS
    about: ClassVar[str] = "patient_id"

    patient_id: str
    spoken: SpokenWord | None = None


class WithdrawOwnAccess(EndRule):
    """Take back the agreement to an own login."""

    operation: ClassVar[Operation] = Operation.WITHDRAW_OWN_ACCESS

    spoken: SpokenWord | None = None


async def _for_parents(write: Write, command: DecideForParents) -> Done:
    write.permit(None)
    is_taken_over = bool(rules.standing(write, RuleKind.CARE_TAKEN_OVER))
    low = 0 if is_taken_over else age.LIMITED
    until = rules.require_age(write, low, age.MAJORITY, AHEAD_DAYS)
    born = write.patient.birth_date
    if age.today(write.now) < age.birthday(born, age.OF_AGE):
        until = age.midnight(age.birthday(born, age.OF_AGE), write.now.tzinfo)
    new = rules.new_rule(
        write,
        RuleKind.KEPT_BY_PARENTS,
        rights=frozenset(command.rights),
        reason=command.reason,
        until=until,
        **rules.parent_named(write, command.parent),
    )
    return await rules.put(write, new, command.expected_version, _told(new))


async def _for_youth(write: Write, command: DecideForYouth) -> Done:
    write.permit(None)
    until = rules.require_age(write, age.LIMITED, age.OF_AGE, AHEAD_DAYS)
    new = rules.new_rule(
        write,
        RuleKind.SUITABLE_FOR_YOUTH,
        rights=frozenset(command.rights),
        reason=command.reason,
        until=until,
    )
    return await rules.put(write, new, command.expected_version)


async def _end(write: Write, command: EndDecision) -> Done:
    kinds = (RuleKind.KEPT_BY_PARENTS, RuleKind.SUITABLE_FOR_YOUTH)
    return await rules.end(write, command, kinds, _told)


async def _give(write: Write, command: GiveOwnAccess) -> Done:
    write.permit(None)
    until = rules.require_age(write, 0, age.OF_AGE)
    new = rules.new_rule(write, RuleKind.OWN_ACCESS, word=given(write, command.spoken), until=until)
    known = rules.standing(write, RuleKind.OWN_ACCESS)
    return await rules.put(write, new, known[0].version if known else None)


async def _withdraw(write: Write, command: WithdrawOwnAccess) -> Done:
    write.permit(None)
    given(write, command.spoken)
    return await rules.end(write, command, (RuleKind.OWN_ACCESS,))


def _told(rule: AccessRule) -> tuple[Recipient, ...]:
    """Return whom a decision is about: all parents, or the one; no home learns of the other."""
    if rule.kind is not RuleKind.KEPT_BY_PARENTS:
        return ()
    if rule.person_number is None:
        return of_patient_side(rule.patient_id)
    return (Recipient(kind=NoticeTo.CITIZEN, key=rule.person_number),)


def _of_rights(given: Sequence[Right], allowed: Collection[Right]) -> Iterator[Fault]:
    names = ", ".join(each.name for each in allowed)
    for place, right in enumerate(given):
        if right not in allowed:
            yield Fault(path=f"rights[{place}]", code=FaultCode.NOT_A_CHOICE, allowed=names)


FOR_PARENTS = Mutation(
    DecideForParents, RuleWritten, _for_parents, lambda c: tuple(_of_rights(c.rights, KEEPABLE))
)
FOR_YOUTH = Mutation(
    DecideForYouth, RuleWritten, _for_youth, lambda c: tuple(_of_rights(c.rights, SUITABLE))
)
END = Mutation(EndDecision, RuleWritten, _end)
GIVE_ACCESS = Mutation(GiveOwnAccess, RuleWritten, _give)
WITHDRAW_ACCESS = Mutation(WithdrawOwnAccess, RuleWritten, _withdraw)
