"""What every rule about access is set and ended by: one standing rule of a kind for each person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, ClassVar, Never

from msgspec.structs import replace

from domain import ids
from domain.access import age
from domain.access.relation import Basis
from domain.access.rule import AccessRule, RuleKind
from domain.command import Command
from domain.cooperation.notice import Recipient
from domain.event import EventKind
from domain.identity_number import IdentityNumber
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import InvalidInput, NoChange, NothingFound, Rejected, VersionConflict
from resolvers.writing.write import Done, Write, require_version

OLDEST = 150
"""More years than anybody lives: for what has no upper age."""


class EndRule(Command):
    """End something that was set about access; it holds until now."""

    about: ClassVar[str] = "rule_id"

    rule_id: str
    expected_version: int


def new_rule(write: Write, kind: RuleKind, **said: Any) -> AccessRule:
    """Return a rule that the viewer sets now. Any: what it says besides."""
    return AccessRule(
        id=ids.new(ids.ACCESS_RULE),
        patient_id=write.patient.id,
        version=1,
        kind=kind,
        set_by=write.author,
        since=write.now,
        **said,
    )


async def add(write: Write, rule: AccessRule, tells: tuple[Recipient, ...] = ()) -> Done:
    """Keep a new rule."""
    await write.unit.add(rule)
    return Done(kind=EventKind.ACCESS_SET, subject_id=rule.id, version=rule.version, tells=tells)


async def put(
    write: Write,
    rule: AccessRule,
    expected_version: int | None,
    tells: tuple[Recipient, ...] = (),
) -> Done:
    """Keep a rule in the place of the one of its kind that stands about the same person.

    The writer must have seen that one; nothing is changed where it says the same already.
    """
    before = next((each for each in standing(write, rule.kind) if _is_about_same(each, rule)), None)
    if (before.version if before else None) != expected_version:
        raise Rejected(VersionConflict(current_version=before.version if before else 0))
    if before is not None:
        if _says(before) == _says(rule):
            raise Rejected(NoChange())
        await write.unit.change(ended(before, write))
    return await add(write, rule, tells)


async def end(
    write: Write,
    command: EndRule,
    kinds: Iterable[RuleKind],
    tells: Callable[[AccessRule], tuple[Recipient, ...]] = lambda _rule: (),
) -> Done:
    """End a standing rule of one of some kinds."""
    write.permit(None)
    found = next((each for each in write.unit.record.rules if each.id == command.rule_id), None)
    if found is None or found.kind not in kinds:
        raise Rejected(NothingFound())
    require_version(found, command.expected_version)
    if not found.holds(write.now):
        raise Rejected(NoChange())
    over = ended(found, write)
    await write.unit.change(over)
    return Done(
        kind=EventKind.ACCESS_ENDED,
        subject_id=over.id,
        version=over.version,
        tells=tells(over),
    )


def standing(write: Write, kind: RuleKind) -> list[AccessRule]:
    """Return the rules of a kind that hold now."""
    rules = write.unit.record.rules
    return [each for each in rules if each.kind is kind and each.holds(write.now)]


def ended(rule: AccessRule, write: Write) -> AccessRule:
    """Return a rule as it stands once the viewer has ended it."""
    return replace(rule, version=rule.version + 1, ended_at=write.now, ended_by=write.author)


def require_age(write: Write, low: int, high: int, ahead_days: int = 0) -> datetime:
    """Refuse what is not for the patient's age; return when that age is over.

    `low` is included, `high` is not; some things may be settled some days ahead.
    """
    born, today = write.patient.birth_date, age.today(write.now)
    is_old_enough = age.days_until(born, low, today) <= ahead_days
    if not is_old_enough or today >= age.birthday(born, high):
        refuse("patientId", FaultCode.WRONG_AGE, allowed=f"{low}–{high - 1}")
    return age.midnight(age.birthday(born, high), write.now.tzinfo)


def parent_named(write: Write, number: IdentityNumber | None) -> dict[str, str | None]:
    """Return a parent as a rule names them; all of them where none is meant."""
    if number is None:
        return {}
    ties = (each for each in write.unit.record.relations if each.basis is Basis.PARENT)
    found = next((each for each in ties if each.person_number == number.value), None)
    if found is None:
        refuse("parent", FaultCode.NOT_A_PARENT)
    return {"person_number": number.value, "person_name": found.person_name}


def require_future(write: Write, until: datetime | None) -> None:
    """Refuse an end that is not ahead."""
    if until is not None and (until.tzinfo is None or until <= write.now):
        refuse("until", FaultCode.NOT_IN_FUTURE)


def refuse(path: str, code: FaultCode, allowed: str | None = None) -> Never:
    """Refuse an input for what is wrong with one place in it."""
    raise Rejected(InvalidInput(faults=(Fault(path=path, code=code, allowed=allowed),)))


def _is_about_same(one: AccessRule, other: AccessRule) -> bool:
    return (one.person_number, one.hpr_number) == (other.person_number, other.hpr_number)


def _says(rule: AccessRule) -> tuple[Any, ...]:
    return rule.rights, rule.reason, rule.until, rule.organisation
