from __future__ import annotations

from typing import Any

import pytest

from domain.access.decision import Access, Ruling
from domain.access.permission import answers_for, refusal, towards
from domain.access.right import RIGHT_OF
from domain.access.standing import Standing
from domain.operation import Operation
from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.plan.part import Lifecycle, Plan
from domain.refusal import Refusal
from tests.builders import NOW, a_clinician
from tests.domain.parts import a_part

ACCESS = Access(ruling=Ruling(), standing=Standing.PERSONNEL)
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


# What a code opens is decided where the code is exchanged, an emergency before there is any right
# (domain.access.emergency), and whoever asks is told what they may;
# escalating, comparing and telling of birthdays are the gateway's own work.
NOBODY_S = (
    Operation.OPEN_SHARE,
    Operation.OPEN_EMERGENCY,
    Operation.EXPLAIN_ACCESS,
    Operation.ESCALATE,
    Operation.COMPARE,
    Operation.WARN_OF_BIRTHDAY,
)


def test_every_operation_is_somebody_s() -> None:
    assert set(RIGHT_OF) == set(Operation) - set(NOBODY_S)


@pytest.mark.parametrize("operation", NOBODY_S)
def test_what_is_nobody_s_is_refused(operation: Operation) -> None:
    plan = _plan()
    against = refusal(operation, a_clinician(), ACCESS, plan, plan.parts[0])
    assert against is Refusal.ROLE


def test_whoever_answers_for_a_part_is_the_person_or_their_unit() -> None:
    plan = _plan()
    part = plan.parts[0]
    own = a_clinician(organisation=OTHER_UNIT)
    colleague = a_clinician(hpr_number="1234567")
    for viewer in (own, colleague):
        assert answers_for(viewer, part.responsible)
        assert towards(viewer, ACCESS, plan, part) is Standing.RESPONSIBLE
        assert refusal(Operation.OPEN_HANDOVER, viewer, ACCESS, plan, part) is None
    stranger = a_clinician(hpr_number="1234567", organisation=OTHER_UNIT)
    assert not answers_for(stranger, part.responsible)
    assert towards(stranger, ACCESS, plan, part) is Standing.PERSONNEL


def test_a_coordinator_decides_but_does_not_give_away_what_another_answers_for() -> None:
    plan = _plan(CareTeamFunction.CHILD_COORDINATOR)
    siri = a_clinician(hpr_number="8033226", organisation=OTHER_UNIT)
    part = plan.parts[0]
    assert refusal(Operation.HOLD_REVIEW, siri, ACCESS, plan, part) is None
    against = refusal(Operation.OPEN_HANDOVER, siri, ACCESS, plan, part)
    assert against is Refusal.NOT_ANSWERING


@pytest.mark.parametrize("lifecycle", list(Lifecycle))
def test_to_answer_for_one_living_part_is_to_answer_for_the_plan(lifecycle: Lifecycle) -> None:
    plan = _plan(lifecycle=lifecycle)
    standing = towards(a_clinician(), ACCESS, plan, None)
    assert (standing is Standing.RESPONSIBLE) is plan.parts[0].is_living
    against = refusal(Operation.OPEN_HANDOVER, a_clinician(), ACCESS, plan, None)
    assert against is Refusal.NOT_ANSWERING
