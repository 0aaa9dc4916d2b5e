"""The policy next to the second statement: where their answers differ, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product

from domain.access.decision import Access
from domain.access.matrix import CELLS, Cell, Condition
from domain.access.right import Right
from tests.policy import real
from tests.policy.case import Case
from tests.policy.place import Place, place
from tests.policy.statement import answer, left_out
from tests.policy.table import RIGHTS, TABLE

# What each letter of the statement's table is called in the policy.
LETTERS: dict[str, tuple[bool, Condition | None]] = {
    ".": (False, None),
    "A": (True, None),
    "o": (True, Condition.OWN_ONLY),
    "s": (True, Condition.SUITABLE),
    "k": (True, Condition.KEPT),
    "m": (True, Condition.IN_SCOPE),
    "d": (True, Condition.SHARED),
    "w": (True, Condition.SHARED),
    "u": (True, Condition.ANSWERS),
    "p": (True, Condition.APPROVES),
    "l": (True, Condition.IS_DOCTOR),
    "t": (True, Condition.SUPERVISED),
    "r": (True, Condition.ON_WORD),
    "h": (True, Condition.HEARD),
}
CODES = tuple((right, right.name) for right in Right)


def cells() -> Iterator[str]:
    """Yield every cell of the policy's table that is not what the statement has."""
    for right, (column, standing) in product(RIGHTS, real.COLUMNS.items()):
        cell, letter = CELLS[standing][Right[right]], TABLE[right][column]
        if not says(cell, letter):
            yield f"{right} {column}: {cell!r}, stated {letter}"


def says(cell: Cell, letter: str) -> bool:
    """Tell whether a cell of the policy is what a letter of the statement says."""
    return (cell.is_given, cell.condition) == LETTERS[letter]


def differences(cases: Iterable[Case]) -> Counter[str]:
    """Return every kind of difference, with how many cases have it."""
    return Counter(line for case in cases for line in difference(case))


def difference(case: Case) -> Iterator[str]:
    """Yield where the policy and the statement differ about one case, verdict and reason."""
    yield from between(real.ask(case), case, place(case))


def between(access: Access, case: Case, where: Place) -> Iterator[str]:
    """Yield where an access differs from what the statement says of a place."""
    column = None if access.standing is None else real.COLUMN_OF[access.standing]
    told = access.ruling.refusal.name if access.ruling.refusal else None
    if (column, told) != (where.column, where.told):
        yield f"{column or told} where the statement has {where.column or where.told}"
        return
    if column is None:
        if any(access.on(right).refusal is not access.ruling.refusal for right in Right):
            yield f"{told}, and yet a right"
        return
    stated = _stated(case, where)
    for right, name in CODES:
        refusal = access.on(right).refusal
        code = None if refusal is None else refusal.name
        if code != stated[name]:
            yield f"{column} {name}: {code or 'given'}, stated {stated[name] or 'given'}"
    hidden = access.hidden
    rights = {right.name for right in hidden.rights}
    if (rights, set(hidden.parts), set(hidden.lines)) != left_out(case, where):
        yield f"{column}: another thing is hidden"


_known: dict[object, dict[str, str | None]] = {}


def _stated(case: Case, where: Place) -> dict[str, str | None]:
    """Return the statement's answers, made once for all cases that don't differ in what counts."""
    dead = (case.died, case.died and case.now, case.read_after_death)
    key = (where, case.asker, case.is_reserved, case.has_consent, case.counting, dead)
    if key not in _known:
        _known[key] = {name: answer(case, where, name) for _, name in CODES}
    return _known[key]
