"""The policy's rules outside its tables, one broken at a time: who stands where, and from when."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain
from typing import Any

import pytest

from domain import given_word
from domain.access import age, death, decision, hiding, lock, permission, shares, stance
from domain.access.facts import AccessFacts
from domain.access.relation import Basis, Relation
from domain.access.right import RIGHT_OF, Right
from domain.access.rule import AccessRule
from domain.access.standing import OWN, REPRESENTATIVES, Standing
from domain.operation import Operation
from tests.policy import cases
from tests.policy.case import Case
from tests.policy.compare import difference
from tests.policy.operations import Asked, difference_of, every_asked

ANY_DOCTOR = "nurses are doctors"


@dataclass(frozen=True)
class RuleMutant:
    """One rule broken: its name says how, `breaks` does it."""

    name: str
    breaks: Callable[[pytest.MonkeyPatch], None]

    def __str__(self) -> str:
        return self.name


def _set(owner: Any, name: str, value: Any, says: str | None = None) -> RuleMutant:
    return RuleMutant(says or f"{name} is {value}", lambda patch: patch.setattr(owner, name, value))


def _without(owner: Any, name: str) -> Iterator[RuleMutant]:
    """Yield a set or mapping without each of what it has."""
    known = getattr(owner, name)
    for each in known:
        left = {k: v for k, v in known.items() if k != each} if isinstance(known, dict) else None
        yield _set(owner, name, known - {each} if left is None else left, f"{name} without {each}")


def of_places() -> Iterator[RuleMutant]:
    """Yield every rule about who stands where, broken."""
    for name in ("LIMITED", "OF_AGE", "MAJORITY"):
        for step in (-1, 1):
            yield _set(age, name, getattr(age, name) + step)
    for name in ("HEARD_FROM", "OF_AGE"):
        for step in (-1, 1):
            yield _set(given_word, name, getattr(given_word, name) + step, f"heard: {name} {step}")
    for basis in Basis:
        if basis not in (Basis.OVERSIGHT, Basis.SHARE):
            yield _set(death, "TIES", death.TIES ^ {basis}, f"{basis} and death")
    yield _set(death, "is_long_ago", lambda *known: False, "personnel read the dead for ever")
    yield _set(AccessFacts, "hidden_from_sharer", _nothing, "parents hand over what they don't see")
    yield _set(shares, "_is_hidden", lambda *known: False, "and whole parts")
    yield _set(shares, "_hidden_lines", _nothing, "and lines")
    yield _set(shares, "_opens_as_much", lambda *known: False, "nobody else gives it")
    yield _set(shares, "_opens_as_much", lambda *known: True, "anybody else gives it")
    yield _set(AccessFacts, "was_parent", lambda *known: False, "parents are next of kin only")
    yield _set(stance, "_HEARD", frozenset(), "nobody is heard")
    for name in ("_PURPOSES", "_ONLY_WHILE", "_OF_GROWN", "_REPRESENTS"):
        yield from _without(stance, name)
    yield from _without(decision, "FINAL")
    yield _set(stance, "_PURPOSES", stance._PURPOSES | {"HMARKT"}, "another purpose")
    yield _set(stance, "BREAKS_GLASS", "X", "whoever breaks the glass attests a relation")
    yield _set(stance, "_SKEW", timedelta(days=36500), "an attest of any day")
    yield _set(stance, "_ALWAYS_SEEN", frozenset(), "whoever keeps anything knows of no plan")
    yield _set(stance, "_ORDER", dict.fromkeys(Standing, 0), "the first tie counts, not the widest")
    yield _set(stance, "_newest", _oldest, "the oldest decision counts")
    yield _set(stance, "_against_token", lambda viewer: None, "no token is looked at")
    yield _set(stance, "is_theirs", lambda rule, viewer: True, "an emergency is everybody's")
    yield _set(stance, "_is_let_in_by_address", lambda *known: True, "no address counts")
    yield _set(age, "on", _in_utc, "birthdays begin in Greenwich")
    yield _set(age, "OSLO", UTC, "the calendar is Greenwich's")
    yield _set(decision, "_by_shares", lambda *known: None, "shares open nothing")


def of_locks() -> Iterator[RuleMutant]:
    """Yield every rule about periods, locks and what is hidden, broken."""
    yield _set(Relation, "is_open", lambda tie, now: True, "no tie ends")
    yield _set(AccessRule, "holds", lambda rule, now: True, "no rule ends")
    yield _set(AccessRule, "restricts", lambda rule, right: True, "a restriction is of everything")
    yield _set(AccessRule, "restricts", lambda rule, right: right in rule.rights, "or of nothing")
    yield _set(AccessFacts, "is_of", _current, "only the current number counts")
    yield _set(lock, "is_blocked", _is_blocked_loosely, "a block of no number is of no number")
    yield _set(lock, "is_blocked", lambda rule, viewer: rule.hpr_number == viewer.supervisor, "B")
    yield _set(lock, "is_theirs", _is_of_person, "what is opened follows the person")
    yield _set(lock, "is_theirs", _is_equal, "nobody at no unit is somebody")
    yield _set(lock, "_opened", lambda *known: frozenset(), "nothing is opened")
    yield _set(lock, "_IN_EMERGENCY", frozenset(Right), "an emergency opens everything")
    yield _set(lock, "LEVEL", 3, "level 3 is enough")
    for standing in OWN | REPRESENTATIVES:
        spared = hiding._SPARED ^ {standing}
        yield _set(hiding, "_SPARED", spared, f"{standing} is spared of a refusal, or no longer")
    yield _set(hiding, "PARENTS", frozenset(), "nothing is hidden from parents")
    yield _set(decision, "hidden_from", lambda *known: hiding.NOTHING_HIDDEN, "nothing is hidden")


def of_operations() -> Iterator[RuleMutant]:
    """Yield every rule about operations, broken."""
    yield from _without(permission, "_COORDINATES")
    yield from _without(permission, "APPROVING")
    yield _set(permission, "DOCTOR", "SP", ANY_DOCTOR)
    yield _set(permission, "_answers_for_some", lambda *known: False, "none answers for a plan")
    yield _set(permission, "answers_for", lambda *known: True, "everybody answers for it")
    for operation in RIGHT_OF:
        yield RuleMutant(f"{operation} is to export", _to_export(operation))


def _to_export(operation: Operation) -> Callable[[pytest.MonkeyPatch], None]:
    instead = Right.ANSWER_ABOUT_LOG if RIGHT_OF[operation] is Right.EXPORT else Right.EXPORT
    return lambda patch: patch.setitem(RIGHT_OF, operation, instead)  # type: ignore[arg-type]  # a dict


def _nothing(*known: Any) -> Iterator[Any]:
    return iter(())


def _oldest(rules: Any) -> Any:
    return min(rules, key=lambda rule: rule.since, default=None)


def _in_utc(born: Any, now: datetime) -> int:
    day = now.astimezone(UTC).date()
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _current(facts: AccessFacts, number: Any) -> bool:
    return number.value == facts.identity_numbers[0].value


def _is_blocked_loosely(rule: AccessRule, viewer: Any) -> bool:
    return rule.hpr_number in (viewer.hpr_number, viewer.supervisor)


def _is_of_person(rule: AccessRule, viewer: Any) -> bool:
    return rule.hpr_number is not None and rule.hpr_number == viewer.hpr_number


def _is_equal(rule: AccessRule, viewer: Any) -> bool:
    return (rule.hpr_number, rule.organisation) == (viewer.hpr_number, viewer.organisation)


@cache
def some_cases() -> Sequence[Case]:
    """Return cases of all kinds, shuffled, so that what tells comes early."""
    every = (
        cases.rules_and_locks(),
        cases.rules_on_days(),
        cases.locks_at_work(),
        cases.after_death(),
    )
    some = list(chain.from_iterable(every))
    random.Random(4).shuffle(some)  # a repeatable order, no secret
    return some


def is_seen() -> bool:
    """Tell whether any answer differs from the statement's, as the rules now stand."""
    return any(line for case in some_cases() for line in difference(case))


def is_seen_in_operations() -> bool:
    """Tell whether any operation is answered otherwise than the statement does."""
    return any(line for asked in some_asked() for line in difference_of(asked))


@cache
def some_asked() -> Sequence[Asked]:
    """Return what is asked of operations, shuffled."""
    some = list(every_asked())
    random.Random(4).shuffle(some)  # a repeatable order, no secret
    return some
