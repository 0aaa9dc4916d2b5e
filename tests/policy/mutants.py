"""The policy's table, one cell changed at a time, before those whose right answer is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from domain.access.decision import Access, oversight
from domain.access.matrix import CELLS, NO, YES, Cell
from domain.access.permission import refusal
from domain.access.right import Right
from domain.access.standing import Standing
from domain.operation import Operation
from domain.refusal import Refusal
from tests.policy import cases, operations, real
from tests.policy.case import Case
from tests.policy.operations import TARGETS
from tests.policy.people import EVERYBODY
from tests.policy.place import Place, place
from tests.policy.statement import answer, asked, sees_others_reports
from tests.policy.table import ASKS


@dataclass(frozen=True)
class CellMutant:
    """One cell of the table, as it is and as it is made."""

    standing: Standing
    right: Right
    was: Cell
    becomes: Cell

    @property
    def column(self) -> str:
        """What the statement calls the column."""
        return real.COLUMN_OF[self.standing]

    @property
    def drops_condition(self) -> bool:
        """Tell whether the right stays given, to whomever."""
        return self.was.is_given and self.becomes.is_given

    def __str__(self) -> str:
        kind = "condition" if self.drops_condition else "given"
        return f"{self.column} {self.right.name} {kind}"


def of_cells() -> Iterator[CellMutant]:
    """Yield every cell turned round, and every condition dropped."""
    for standing, right in product(Standing, Right):
        cell = CELLS[standing][right]
        yield CellMutant(standing, right, cell, NO if cell.is_given else YES)
        if cell.condition is not None:
            yield CellMutant(standing, right, cell, YES)


@dataclass(frozen=True, eq=False)
class Witness:
    """Somebody in a column, whom the policy answers and whose right answer is known."""

    case: Case
    where: Place
    access: Access


@cache
def witnesses() -> Mapping[str, Sequence[Witness]]:
    """Return a few in every column with nothing locked, each with other things given to them."""
    found: dict[str, dict[Any, Witness]] = {}
    for each in cases.rules_and_locks():
        where = place(each)
        if where.column is None or each.is_reserved or each.has_consent is False:
            continue
        key = (where, each.asker.profession)
        found.setdefault(where.column, {}).setdefault(key, Witness(each, where, real.ask(each)))
    officer = cases.case(EVERYBODY["the privacy officer"], cases.GROWN)
    over = oversight(real.viewer(officer), officer.now)
    known = {column: tuple(some.values()) for column, some in found.items()}
    as_responsible = (Witness(w.case, Place("KO", w.where.given), w.access) for w in known["BEH"])
    return {
        **known,
        "KO": tuple(as_responsible),
        "PVO": (Witness(officer, Place("PVO"), over),),
    }


def is_seen(mutant: CellMutant) -> bool:
    """Tell whether any answer differs from the statement's, as the table now stands."""
    return any(_differs(each, mutant) for each in witnesses()[mutant.column])


def _differs(witness: Witness, mutant: CellMutant) -> bool:
    right = mutant.right
    if _code(witness.access.against(right, mutant.standing)) != _answer(witness, right.name):
        return True
    if right is Right.READ_REPORTS and _sees_otherwise(witness):
        return True
    names = [name for name, asked_for in ASKS.items() if asked_for == right.name]
    return any(_acts_otherwise(witness, Operation[name]) for name in names)


def _code(found: Refusal | None) -> str | None:
    return None if found is None else found.name


def _sees_otherwise(witness: Witness) -> bool:
    sees = witness.access.sees_report("somebody-else", real.viewer(witness.case))
    return sees != sees_others_reports(witness.case, witness.where)


def _acts_otherwise(witness: Witness, operation: Operation) -> bool:
    viewer = real.viewer(witness.case)
    return any(
        _code(refusal(operation, viewer, witness.access, target.plan, target.part))
        != _asked(witness, operation.name, number)
        for number, target in enumerate(TARGETS)
    )


@cache
def _answer(witness: Witness, right: str) -> str | None:
    return answer(witness.case, witness.where, right)


@cache
def _asked(witness: Witness, operation: str, number: int) -> str | None:
    # Towards a part, whoever answers for it is found anew.
    column = "BEH" if witness.where.column == "KO" else witness.where.column
    there = Place(column, witness.where.given, witness.where.is_in_pieces)
    ask = operations.stated(witness.case, TARGETS[number])
    return asked(witness.case, there, ask, operation)
