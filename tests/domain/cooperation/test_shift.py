from __future__ import annotations

from domain.cooperation.shift import ChangePosition, ShiftChange
from domain.event import EventKind
from tests.builders import NOW


def test_a_change_knows_its_place() -> None:
    change = ShiftChange(
        patient_id="pat_1", number=7, kind=EventKind.PART_HELD, subject_id="prt_1", at=NOW
    )
    assert change.position == ChangePosition(at=NOW, patient_id="pat_1", number=7)
