from __future__ import annotations

from typing import Any

import pytest

from domain.access.decision import Access, Ruling
from domain.access.patient import Patient
from domain.access.permission import MAY, Capacity, capacities, refusal
from domain.access.subject import Gender
from domain.operation import Operation
from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.plan.part import Lifecycle, Plan
from domain.refusal import Refusal
from tests.builders import NOW, a_clinician
from tests.domain.parts import a_part

ACCESS = Access(ruling=Ruling(), sees_drafts=True)
NORA = Patient(
    id="pat_1",
    given_name="Nora",
    family_name="Fjell",
    birth_date=NOW.date(),
    gender=Gender.FEMALE,
)
OTHER_UNIT = "999000134"


def _plan(*functions: CareTeamFunction, **part: Any) -> Plan:
    member = TeamMember(
        id="mbr_1",
        patient_id="pat_1",
        version=1,
        name="Siri",
        since=NOW,
        functions=functions,
        organisation_number=OTHER_UNIT,
    )
    return Plan(id="pln_1", patient_id="pat_1", parts=(a_part(**part),), care_team=(member,))


def test_every_operation_is_somebody_s() -> None:
    # What a code opens is decided where the code is exchanged.
    assert set(MAY) == set(Operation) - {Operation.OPEN_SHARE, Operation.COMPARE}
    assert [operation for operation, who in MAY.items() if not who] == [Operation.ESCALATE]


def test_whoever_answers_for_a_part_is_the_person_or_their_unit() -> None:
    plan = _plan()
    own = a_clinician(organisation=OTHER_UNIT)
    colleague = a_clinician(hpr_number="1234567")
    for viewer in (own, colleague):
        assert Capacity.ANSWERS in capacities(viewer, ACCESS, plan, plan.parts[0])
    stranger = a_clinician(hpr_number="1234567", organisation=OTHER_UNIT)
    assert Capacity.ANSWERS not in capacities(stranger, ACCESS, plan, plan.parts[0])


def test_a_coordinator_decides_but_does_not_give_away_what_another_answers_for() -> None:
    plan = _plan(CareTeamFunction.CHILD_COORDINATOR)
    siri = a_clinician(hpr_number="8033226", organisation=OTHER_UNIT)
    part = plan.parts[0]
    assert refusal(Operation.HOLD_REVIEW, siri, ACCESS, NORA, plan, part) is None
    against = refusal(Operation.OPEN_HANDOVER, siri, ACCESS, NORA, plan, part)
    assert against is Refusal.NOT_ANSWERING


@pytest.mark.parametrize("lifecycle", list(Lifecycle))
def test_to_answer_for_one_living_part_is_to_answer_for_the_plan(lifecycle: Lifecycle) -> None:
    plan = _plan(lifecycle=lifecycle)
    held = capacities(a_clinician(), ACCESS, plan, None)
    assert (Capacity.RESPONSIBLE in held) is plan.parts[0].is_living
    assert Capacity.ANSWERS not in held
