from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cooperation.handover import Handover, HandoverState, Move
from domain.plan.care_team import CareTeamFunction
from domain.plan.part import PlanKind
from domain.refusal import Refusal
from domain.writing.rejection import AlreadyHandedOver, InvalidInput, NotAllowed, NothingToHandOver
from resolvers import handover as handovers
from resolvers import plan as plans
from resolvers.writing import care_team, handover, move
from store.tables import EventRow
from tests.builders import HOSPITAL, a_clinician
from tests.writing.clinic import INGRID, OMAR, SIRI, STRANGER, Clinic

TURID = a_clinician(
    subject="s-9", name="Turid Berg", hpr_number="9111222", organisation="999000312"
)
MOVING: dict[str, Any] = {
    "municipality_number": "1103",
    "municipality_name": "Solvær",
    "moved_on": date(2026, 12, 1),
    "from_organisation": "999000134",
    "to_organisation": "999000312",
    "to_organisation_name": "Koordinerende enhet Solvær",
    "message": "Nora begynner på Solvær skole 5. desember.",
}


async def _coordinated(clinic: Clinic) -> str:
    """Let the municipality answer for a part and coordinate, and return the part."""
    part_id = await clinic.active(PlanKind.INDIVIDUELL_PLAN, SIRI)
    await clinic.active()
    await clinic.do(
        OMAR,
        care_team.ADD,
        patient_id=clinic.patient_id,
        name="Siri Nordvik",
        functions=(CareTeamFunction.CHILD_COORDINATOR,),
        hpr_number="8033226",
        organisation_name="Koordinerende enhet",
        organisation_number="999000134",
    )
    return part_id


async def _register(clinic: Clinic, by: Any = INGRID, **fields: Any) -> Any:
    return await clinic.ask(by, move.REGISTER, patient_id=clinic.patient_id, **MOVING | fields)


async def _offered(clinic: Clinic, by: Any = INGRID) -> Handover:
    done = await _register(clinic, by)
    return await handovers.by_id(clinic.context(SIRI), clinic.patient_id, done.subject_id)


async def test_a_move_asks_the_new_municipality_about_what_the_old_one_answers_for(
    clinic: Clinic,
) -> None:
    part_id = await _coordinated(clinic)
    offered = await _offered(clinic)
    assert offered.part_ids == (part_id,)
    assert (offered.from_organisation, offered.from_organisation_name) == (
        "999000134",
        "Koordinerende enhet",
    )
    assert offered.to_organisation == "999000312"
    assert offered.opened_by.name == "Ingrid Haugen"
    assert offered.move == Move(
        municipality_number="1103", municipality_name="Solvær", moved_on=date(2026, 12, 1)
    )
    assert "MOVE_REGISTERED" in {event.kind for event in await clinic.rows(EventRow)}


async def test_nothing_moves_before_the_new_municipality_accepts(clinic: Clinic) -> None:
    part_id = await _coordinated(clinic)
    offered = await _offered(clinic)
    assert (await clinic.part(SIRI, part_id)).responsible.name == "Siri Nordvik"
    await clinic.do(TURID, handover.ACCEPT, handover_id=offered.id, expected_version=1)
    taken = await clinic.part(TURID, part_id)
    assert (taken.responsible.name, taken.responsible.organisation) == (
        "Turid Berg",
        "Koordinerende enhet Solvær",
    )


async def test_the_old_municipality_can_take_it_back(clinic: Clinic) -> None:
    await _coordinated(clinic)
    offered = await _offered(clinic)
    await clinic.do(SIRI, handover.WITHDRAW, handover_id=offered.id, expected_version=1)
    found = await handovers.by_id(clinic.context(SIRI), clinic.patient_id, offered.id)
    assert found.state is HandoverState.WITHDRAWN


async def test_a_new_home_is_not_told_to_the_other_by_it(clinic: Clinic) -> None:
    await _coordinated(clinic)
    offered = await _offered(clinic)
    for viewer, seen in ((clinic.nora, [offered]), (clinic.kari, [])):
        ctx = clinic.context(viewer)
        plan = await plans.by_id(ctx, (await clinic.plan(viewer)).id)
        assert await handovers.for_plan(ctx, plan) == seen


async def test_a_move_hands_over_only_what_a_coordinating_unit_answers_for(
    clinic: Clinic,
) -> None:
    await _coordinated(clinic)
    answer = await _register(clinic, SIRI, from_organisation=HOSPITAL)
    assert isinstance(answer, InvalidInput)
    assert [(f.path, f.code.name) for f in answer.faults] == [
        ("fromOrganisation", "NOT_COORDINATING")
    ]


async def test_where_the_old_municipality_answers_for_nothing_nothing_is_asked(
    clinic: Clinic,
) -> None:
    await clinic.active()
    assert await _register(clinic, SIRI) == NothingToHandOver()


async def test_a_move_told_twice_asks_once(clinic: Clinic) -> None:
    await _coordinated(clinic)
    offered = await _offered(clinic)
    assert await _register(clinic, SIRI) == AlreadyHandedOver(open_handover=offered)


async def test_moves_are_for_personnel_with_a_care_relation(clinic: Clinic) -> None:
    await _coordinated(clinic)
    assert await _register(clinic, clinic.kari) == NotAllowed(reason=Refusal.ROLE)
    assert await _register(clinic, STRANGER) == NotAllowed(reason=Refusal.NO_CARE_RELATION)


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"municipality_number": "11"}, "municipalityNumber", "BAD_MUNICIPALITY_NUMBER"),
        ({"municipality_name": ""}, "municipalityName", "REQUIRED"),
        ({"from_organisation": "x"}, "fromOrganisation", "BAD_ORGANISATION_NUMBER"),
        ({"to_organisation": "x"}, "toOrganisation", "BAD_ORGANISATION_NUMBER"),
        ({"to_organisation": "999000134"}, "toOrganisation", "SAME_ORGANISATION"),
        ({"to_organisation_name": ""}, "toOrganisationName", "REQUIRED"),
        ({"message": "x" * 4001}, "message", "TOO_LONG"),
    ],
)
async def test_what_is_wrong_with_the_input_is_said(
    clinic: Clinic, wrong: dict[str, Any], path: str, code: str
) -> None:
    answer = await _register(clinic, **wrong)
    assert isinstance(answer, InvalidInput)
    assert [(fault.path, fault.code.name) for fault in answer.faults] == [(path, code)]
