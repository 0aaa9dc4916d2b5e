from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from domain.access.decision import oversight
from domain.access.right import Right
from domain.access.standing import Standing
from domain.operation import Operation
from tests.policy import cases, operations, real
from tests.policy.case import Asker, Case
from tests.policy.compare import between, cells, differences
from tests.policy.place import Place, place
from tests.policy.table import ASKS, RIGHTS, TABLE

HERE = Path(__file__).parent
STATEMENT = ("case", "table", "place", "locks", "told", "statement")
# Who opens a share or an emergency has nothing yet, anybody may ask why, and the rest is the
# gateway's own work.
NOBODY_S = {
    "OPEN_SHARE",
    "OPEN_EMERGENCY",
    "EXPLAIN_ACCESS",
    "ESCALATE",
    "COMPARE",
    "WARN_OF_BIRTHDAY",
}


@pytest.mark.parametrize("name", STATEMENT)
def test_the_statement_knows_nothing_of_the_policy(name: str) -> None:
    tree = ast.parse((HERE / f"{name}.py").read_text("utf-8"))
    imported = {
        node.module if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    own = {f"tests.policy.{each}" for each in STATEMENT}
    outside = {module for module in imported - own if module not in _STANDARD}
    assert not outside


_STANDARD = {
    "__future__",
    "collections.abc",
    "dataclasses",
    "datetime",
    "functools",
    "pathlib",
    "zoneinfo",
}


def test_both_know_the_same_rights_columns_and_operations() -> None:
    assert set(RIGHTS) == {right.name for right in Right}
    assert set(real.COLUMNS.values()) == set(Standing)
    assert all(set(row) == set(real.COLUMNS) for row in TABLE.values())
    assert set(ASKS) == {each.name for each in Operation} - NOBODY_S


def test_every_cell_is_what_the_statement_has() -> None:
    assert not list(cells())


@pytest.mark.parametrize(
    "some",
    [
        cases.locks_at_work,
        cases.rules_on_days,
        cases.rules_and_locks,
        cases.after_death,
        lambda: cases.drawn(3_000),
    ],
    ids=["locks", "ages", "rules", "death", "drawn"],
)
def test_the_policy_says_what_the_statement_says(some: Callable[[], Iterable[Case]]) -> None:
    found = differences(some())
    assert not found, _told(found)


def test_the_policy_allows_every_operation_that_the_statement_does_and_no_other() -> None:
    found = operations.differences()
    assert not found, _told(found)


def _told(found: dict[str, int]) -> str:
    return "\n".join(f"{number:6} x {line}" for line, number in list(found.items())[:40])


def test_the_privacy_officer_has_the_log_and_nothing_else() -> None:
    officer = Case(asker=Asker("controller"), now=cases.GROWN[1], born=cases.GROWN[0], numbers=())
    access = oversight(real.viewer(officer), officer.now)
    assert not list(between(access, officer, Place("PVO")))


def test_the_cases_stand_in_every_column_and_are_told_every_reason() -> None:
    some = [place(each) for each in cases.rules_and_locks()]
    # Who answers for a part is found when they do something; the officer is asked another way.
    assert {where.column for where in some} == {*real.COLUMNS, None} - {"KO", "PVO"}
    assert {where.told for where in some} >= {
        "NO_CARE_RELATION",
        "NOT_REPRESENTATIVE",
        "PARENT_12_16",
        "OVER_16",
        "ADDRESS_PROTECTED",
        "PARENT_ADDRESS",
        "CARE_TAKEN_OVER",
        "NO_OWN_ACCESS",
        "PURPOSE",
        "NO_SUPERVISOR",
        "ROLE",
    }
