"""What is restricted is opened on the patient's consent, for one person and a time, and closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from domain import ids
from domain.access.lock import is_theirs
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind, ended
from domain.command import Command
from domain.cooperation.notice import of_patient_side
from domain.event import EventKind
from domain.given_word import SpokenWord
from domain.operation import Operation
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import InvalidInput, NoChange, NothingFound, Rejected
from domain.written import AccessOpened
from resolvers.writing.given_word import given
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version
from store.listing import RULES


class OpenRestriction(Command):
    """Open what is restricted for oneself, since the patient has consented to it.

    `minutes` is for how long; without it, as long as the deployment lets it be.
    """

    operation: ClassVar[Operation] = Operation.OPEN_RESTRICTION
    about: ClassVar[str] = "patient_id"

    patient_id: str
    spoken: SpokenWord
    minutes: int | None = None


class CloseOpenedAccess(Command):
    """End opened access before its time."""

    operation: ClassVar[Operation] = Operation.CLOSE_ACCESS
    about: ClassVar[str] = "access_id"

    access_id: str
    expected_version: int


def _faults(command: OpenRestriction) -> Iterator[Fault]:
    if command.minutes is not None and command.minutes < 1:
        yield Fault(path="minutes", code=FaultCode.NOT_POSITIVE)


async def _open(write: Write, command: OpenRestriction) -> Done:
    write.permit(None)
    word = given(write, command.spoken)
    rule = AccessRule(
        id=ids.new(ids.ACCESS_RULE),
        patient_id=write.patient.id,
        version=1,
        kind=RuleKind.OPENED,
        set_by=write.author,
        since=write.now,
        until=write.now + _time(command.minutes, write.choices.opened_for),
        hpr_number=write.viewer.hpr_number,
        person_name=write.author.name,
        organisation=write.viewer.organisation,
        legal_entity=write.viewer.legal_entity,
        word=word,
    )
    await write.unit.add(rule)
    return Done(
        kind=EventKind.RESTRICTION_OPENED,
        subject_id=rule.id,
        version=rule.version,
        tells=of_patient_side(write.patient.id),
    )


def _time(minutes: int | None, longest: timedelta) -> timedelta:
    asked = longest if minutes is None else timedelta(minutes=minutes)
    if asked > longest:
        most = str(int(longest.total_seconds() // 60))
        fault = Fault(path="minutes", code=FaultCode.OUT_OF_RANGE, allowed=f"1–{most}")
        raise Rejected(InvalidInput(faults=(fault,)))
    return asked


async def _close(write: Write, command: CloseOpenedAccess) -> Done:
    write.permit(None)
    rule = await write.one_of(RULES, command.access_id)
    if not _may_close(write, rule):
        raise Rejected(NothingFound())
    require_version(rule, command.expected_version)
    if not rule.holds(write.now):
        raise Rejected(NoChange())
    closed = ended(rule, write.now, write.author)
    await write.unit.change(closed)
    return Done(kind=EventKind.ACCESS_CLOSED, subject_id=closed.id, version=closed.version)


def _may_close(write: Write, rule: AccessRule) -> bool:
    """Tell whether it is the viewer's own, or rests on the consent of those they speak for.

    An emergency is not the patient's to end: it may be one.
    """
    if rule.kind not in (RuleKind.OPENED, RuleKind.EMERGENCY):
        return False
    decides = write.speaks_for_patient and write.access.may(Right.LOCK)
    return is_theirs(rule, write.viewer) or (decides and rule.kind is RuleKind.OPENED)


OPEN = Mutation(OpenRestriction, AccessOpened, _open, faults=lambda given: list(_faults(given)))
CLOSE = Mutation(CloseOpenedAccess, AccessOpened, _close)
