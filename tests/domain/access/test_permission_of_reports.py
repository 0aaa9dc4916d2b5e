from __future__ import annotations

from datetime import date

import pytest

from domain.access.decision import Access, decide
from domain.access.permission import refusal
from domain.access.relation import Basis
from domain.access.viewer import Viewer
from domain.operation import Operation
from domain.plan.part import PlanPart
from domain.refusal import Refusal
from tests.builders import (
    CHILD_NUMBER,
    NOW,
    a_citizen,
    a_clinician,
    a_relation,
    a_vendor,
    facts,
)
from tests.domain.following.test_conclusion import a_part

GROWN, CHILD = date(2010, 1, 20), date(2015, 1, 20)
NORA, KARI, INGRID, MACHINE = a_citizen(CHILD_NUMBER), a_citizen(), a_clinician(), a_vendor()
TIES = (
    a_relation(Basis.PARENT),
    a_relation(Basis.CARE_TEAM),
    a_relation(Basis.SHARE, part_id="prt-1"),
)
PATIENT_SIDE = (
    Operation.SEND_REPORT,
    Operation.REGISTER_MEASUREMENTS,
    Operation.CORRECT_ENTRY,
    Operation.WITHDRAW_ENTRY,
    Operation.MOVE_REPORT,
)
UNIT = (Operation.MARK_SEEN, Operation.MARK_ACTED_ON)


def against(viewer: Viewer, operation: Operation, part: PlanPart | None = None) -> Refusal | None:
    born = GROWN if viewer is NORA else CHILD
    access: Access = decide(viewer, facts(*TIES, born=born), NOW)
    return refusal(operation, viewer, access, None, part or a_part())


@pytest.mark.parametrize("operation", PATIENT_SIDE)
@pytest.mark.parametrize("viewer", [NORA, KARI])
def test_the_patient_and_a_parent_may_register_and_change(
    viewer: Viewer, operation: Operation
) -> None:
    assert against(viewer, operation) is None


@pytest.mark.parametrize("operation", PATIENT_SIDE)
def test_personnel_register_nothing_as_the_patient(operation: Operation) -> None:
    assert against(INGRID, operation) is Refusal.PATIENT_ONLY


@pytest.mark.parametrize("operation", UNIT)
def test_the_unit_takes_reports_and_the_patients_side_does_not(operation: Operation) -> None:
    assert against(INGRID, operation) is None
    assert against(KARI, operation) is Refusal.ROLE
    assert against(MACHINE, operation) is Refusal.ROLE


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        (Operation.REGISTER_MEASUREMENTS, None),
        (Operation.CORRECT_ENTRY, None),
        (Operation.WITHDRAW_ENTRY, None),
        (Operation.SEND_REPORT, Refusal.PATIENT_ONLY),
        (Operation.MOVE_REPORT, Refusal.PATIENT_ONLY),
    ],
)
def test_a_vendors_machine_registers_measurements_to_a_part_it_has(
    operation: Operation, reason: Refusal | None
) -> None:
    assert against(MACHINE, operation) is reason


def test_a_vendors_machine_registers_nothing_to_another_part() -> None:
    other = a_part(id="prt-2")
    assert against(MACHINE, Operation.REGISTER_MEASUREMENTS, other) is Refusal.NOT_SHARED


@pytest.mark.parametrize("viewer", [NORA, KARI, INGRID, MACHINE])
def test_nobody_escalates_by_hand(viewer: Viewer) -> None:
    assert against(viewer, Operation.ESCALATE) is not None
