"""The policy's locks, one right or one spared standing changed at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import msgspec

from domain.access import lock
from domain.access.lock import Lock
from domain.access.right import Right
from domain.access.standing import Standing
from tests.policy import real
from tests.policy.case import Case, Note
from tests.policy.cases import DIED
from tests.policy.mutants import witnesses
from tests.policy.people import INGRID, OPEN, PER
from tests.policy.place import Place, place
from tests.policy.statement import answer

# Each lock of the policy, and how the statement's words turn it on.
TURNED_ON: Mapping[str, Mapping[str, Any]] = {
    "DECEASED": {"died": DIED[0]},
    "LONG_DECEASED": {"died": DIED[-1]},
    "RESERVED_TO_SELF": {"is_reserved": True},
    "RESERVED": {"is_reserved": True},
    "NO_CONSENT": {"has_consent": False},
    "BLOCKED": {"notes": (Note("BLOCK", OPEN, hpr=INGRID),)},
    "BLOCKED_TO_MACHINES": {"notes": (Note("BLOCK", OPEN, hpr=PER),)},
    "RESTRICTED": {"notes": (Note("RESTRICTION", OPEN),)},
    "LOW_LEVEL": {"level": 3},
}


@dataclass(frozen=True)
class LockMutant:
    """One lock with one right more or less, or with one standing spared or no longer."""

    name: str
    of: Right | Standing

    def becomes(self) -> Lock:
        """Return the lock as it is made."""
        was: Lock = getattr(lock, self.name)
        if isinstance(self.of, Right):
            return msgspec.structs.replace(was, rights=was.rights ^ {self.of})
        return msgspec.structs.replace(was, spares=was.spares ^ {self.of})

    def __str__(self) -> str:
        return f"{self.name} {self.of.name}"


def of_locks() -> Iterator[LockMutant]:
    """Yield every right and every standing of every lock, turned round."""
    for name in TURNED_ON:
        yield from (LockMutant(name, right) for right in Right)
        yield from (LockMutant(name, standing) for standing in Standing)


@cache
def locked(name: str) -> Sequence[tuple[Case, Place, Mapping[str, str | None]]]:
    """Return somebody in every column with one lock turned on, and what they should be told."""
    found = []
    for column, some in witnesses().items():
        for witness in some[:4] if column not in ("PVO", "KO") else ():
            each = _turned_on(witness.case, **TURNED_ON[name])
            where = place(each)
            for there in (where, Place("KO", where.given)) if where.column == "BEH" else (where,):
                told = {right.name: answer(each, there, right.name) for right in Right}
                found.append((each, there, told))
    return found


def _turned_on(case: Case, level: int = 4, notes: tuple[Note, ...] = (), **more: Any) -> Case:
    asker = replace(case.asker, level=min(level, case.asker.level))
    return replace(case, asker=asker, notes=(*case.notes, *notes), **more)


def is_seen(mutant: LockMutant) -> bool:
    """Tell whether any answer differs from the statement's, as the locks now stand."""
    rights = (mutant.of,) if isinstance(mutant.of, Right) else tuple(Right)
    return any(_differs(*each, rights) for each in locked(mutant.name))


def _differs(
    case: Case, where: Place, told: Mapping[str, str | None], rights: Sequence[Right]
) -> bool:
    access = real.ask(case)
    if where.column is None or access.standing is None:
        return (access.standing is None) != (where.column is None)
    standing = real.COLUMNS[where.column]
    for right in rights:
        found = access.against(right, standing)
        if (None if found is None else found.name) != told[right.name]:
            return True
    return False
