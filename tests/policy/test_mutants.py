"""Every cell, lock and rule of the policy, broken one at a time: the statement sees each of them.

What makes no difference to any answer is named here with its reason, and must then be exactly that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from domain.access import lock
from domain.access.matrix import CELLS, Condition
from domain.access.right import RIGHT_OF, Right
from domain.access.standing import HEALTH_PERSONNEL, PATIENT_SIDE, Standing
from tests.policy import lock_mutants, mutants, rule_mutants
from tests.policy.compare import says
from tests.policy.lock_mutants import LockMutant
from tests.policy.mutants import CellMutant
from tests.policy.rule_mutants import RuleMutant
from tests.policy.table import TABLE

WITHOUT_OPERATION = frozenset(Right) - frozenset(RIGHT_OF.values())
# What a condition says to the reader and nothing in the answer turns on: whose word or supervision
# it is (asked before), whose entries (asked of each entry), or what a share is of (asked of parts).
SAID_ONLY = frozenset({Condition.SUPERVISED, Condition.ON_WORD, Condition.OWN_ONLY})
OF_PARTS = frozenset({Condition.APPROVES, Condition.IS_DOCTOR, Condition.ANSWERS})
KNOWN_TO_KEEPERS = frozenset({Right.SEE_PATIENT, Right.PLAN_STATUS})


def test_every_change_of_a_cell_is_another_table() -> None:
    unseen = [str(each) for each in mutants.of_cells() if says(each.becomes, _stated(each))]
    assert not unseen


def _stated(mutant: CellMutant) -> str:
    return TABLE[mutant.right.name][mutant.column]


def test_every_change_of_a_cell_changes_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    unseen = set()
    for each in mutants.of_cells():
        with monkeypatch.context() as patch:
            patch.setitem(CELLS[each.standing], each.right, each.becomes)  # type: ignore[arg-type]  # a dict
            if not mutants.is_seen(each):
                unseen.add(str(each))
    assert unseen == {str(each) for each in mutants.of_cells() if _is_said_only(each)}


def _is_said_only(mutant: CellMutant) -> bool:
    if not mutant.drops_condition:
        return False
    condition, right = mutant.was.condition, mutant.right
    if condition in SAID_ONLY:
        return right is not Right.READ_REPORTS or condition is not Condition.OWN_ONLY
    if condition is Condition.SHARED:
        return _stated(mutant) == "d"
    if condition is Condition.KEPT:
        return right in KNOWN_TO_KEEPERS
    return condition in OF_PARTS and right in WITHOUT_OPERATION


def test_every_change_of_a_lock_changes_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    unseen = set()
    for each in lock_mutants.of_locks():
        with monkeypatch.context() as patch:
            patch.setattr(lock, each.name, each.becomes())
            if not lock_mutants.is_seen(each):
                unseen.add(str(each))
    assert unseen == {str(each) for each in lock_mutants.of_locks() if _cannot_meet(each)}


def _cannot_meet(mutant: LockMutant) -> bool:
    """Tell whether nobody who decides meets a lock, or whatever it closes isn't theirs anyway."""
    if isinstance(mutant.of, Standing):
        return mutant.of in _NEVER_LOCKED | _NEVER_MET[mutant.name]
    if mutant.name == "BLOCKED_TO_MACHINES":
        return not CELLS[Standing.VENDOR][mutant.of].is_given
    if mutant.name == "LONG_DECEASED":
        return mutant.of in lock.DECEASED.rights
    given_to = {each for each in Standing if CELLS[each][mutant.of].is_given}
    return mutant.name == "LOW_LEVEL" and given_to <= {Standing.OFFICER}


# The officer has no patient; who answers for a part is locked out as personnel.
_NEVER_LOCKED = frozenset({Standing.OFFICER, Standing.RESPONSIBLE})
_BY_SHARE = frozenset({Standing.RECIPIENT, Standing.VENDOR})
_NEVER_MET: dict[str, frozenset[Standing]] = {
    # Of the dead only next of kin and personnel are anything.
    "DECEASED": (PATIENT_SIDE | _BY_SHARE) - {Standing.NEXT_OF_KIN},
    "LONG_DECEASED": (PATIENT_SIDE | _BY_SHARE) - {Standing.NEXT_OF_KIN},
    "RESERVED_TO_SELF": HEALTH_PERSONNEL
    | _BY_SHARE
    | {Standing.SYSTEM},  # the wider lock meets them, or no share
    "RESERVED": _BY_SHARE,
    "NO_CONSENT": frozenset(),
    "BLOCKED": PATIENT_SIDE | {Standing.VENDOR, Standing.SYSTEM},  # who have no HPR number
    "BLOCKED_TO_MACHINES": frozenset(),
    "RESTRICTED": frozenset(),
    "LOW_LEVEL": _BY_SHARE
    | {Standing.NEXT_OF_KIN, Standing.SYSTEM},  # to whom kjernejournal isn't open
}


@pytest.mark.parametrize(
    ("broken", "is_seen"),
    [
        (rule_mutants.of_places, rule_mutants.is_seen),
        (rule_mutants.of_locks, rule_mutants.is_seen),
        (rule_mutants.of_operations, rule_mutants.is_seen_in_operations),
    ],
    ids=["places", "locks", "operations"],
)
def test_every_broken_rule_changes_an_answer(
    broken: Callable[[], Iterable[RuleMutant]],
    is_seen: Callable[[], bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unseen = []
    for each in broken():
        with monkeypatch.context() as patch:
            each.breaks(patch)
            if not is_seen():
                unseen.append(each.name)
    # No operation refuses own access yet; it will be a doctor's.
    waits = Right.REFUSE_OWN_ACCESS in WITHOUT_OPERATION
    assert unseen == [rule_mutants.ANY_DOCTOR] * (waits and broken is rule_mutants.of_operations)
