from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access.decision import decide
from domain.access.permission import refusal, towards
from domain.access.relation import Basis
from domain.access.rule import RuleKind
from domain.access.standing import Standing
from domain.access.viewer import Viewer
from domain.author import Author
from domain.operation import Operation
from domain.plan.part import Lifecycle, PlanKind, PlanPart
from domain.plan.sharing import ShareScope
from domain.refusal import Refusal
from tests.builders import (
    CHILD_NUMBER,
    HOSPITAL,
    NOW,
    OTHER_HOSPITAL,
    a_citizen,
    a_clinician,
    a_recipient,
    a_relation,
    a_rule,
    a_vendor,
    facts,
)

SHARE = a_relation(
    Basis.SHARE,
    part_id="prt_1",
    share_id="shr_1",
    scopes=(ShareScope.ZONE_SHEET,),
    organisation=OTHER_HOSPITAL,
)


def _part(unit: str) -> PlanPart:
    by = Author(name="Ingrid", organisation_number=unit)
    return PlanPart(
        id="prt_1",
        patient_id="pat_1",
        kind=PlanKind.EGENBEHANDLINGSPLAN,
        lifecycle=Lifecycle.ACTIVE,
        version=2,
        content_version=1,
        responsible=by,
        updated_at=NOW,
        updated_by=by,
    )


def _against(operation: Operation, viewer: Viewer, years: int = 11, unit: str = HOSPITAL) -> Any:
    born = NOW.date() - timedelta(days=366 * years)
    known = facts(a_relation(), a_relation(Basis.PARENT), SHARE, born=born)
    known = replace(known, rules=(a_rule(RuleKind.OWN_ACCESS),))
    access = decide(viewer, known, NOW)
    return refusal(operation, viewer, access, None, _part(unit))


@pytest.mark.parametrize(
    ("viewer", "years", "against"),
    [
        (a_citizen(), 11, None),
        (a_citizen(CHILD_NUMBER), 17, None),
        (a_citizen(CHILD_NUMBER), 14, Refusal.UNDER_16),
        (a_clinician(), 11, None),
        (a_recipient("shr_1"), 11, Refusal.NOT_SHARED),
        (a_vendor(organisation=OTHER_HOSPITAL), 11, Refusal.ROLE),
        (a_clinician(organisation=OTHER_HOSPITAL), 11, Refusal.NOT_SHARED),
    ],
)
def test_sharing_is_for_the_grown_patient_a_parent_and_those_who_answer_for_the_part(
    viewer: Viewer, years: int, against: Refusal | None
) -> None:
    assert _against(Operation.SHARE, viewer, years) is against


@pytest.mark.parametrize("profession", ["SP", "LE"])
def test_personnel_who_do_not_answer_for_the_part_do_not_share_it(profession: str) -> None:
    viewer = a_clinician(profession=profession)
    assert _against(Operation.SHARE, viewer, unit=OTHER_HOSPITAL) is Refusal.NOT_RESPONSIBLE


@pytest.mark.parametrize(
    ("operation", "for_patient", "for_personnel"),
    [
        (Operation.COMMENT, None, None),
        (Operation.ANSWER_COMMENT, None, None),
        (Operation.PARK_COMMENT, Refusal.ROLE, None),
        (Operation.REOPEN_COMMENT, Refusal.ROLE, None),
        (Operation.SUGGEST, None, Refusal.PATIENT_ONLY),
        (Operation.DECIDE_SUGGESTION, Refusal.ROLE, None),
    ],
)
def test_both_sides_talk_the_patient_s_suggests_and_personnel_decide(
    operation: Operation, for_patient: Refusal | None, for_personnel: Refusal | None
) -> None:
    assert _against(operation, a_citizen()) is for_patient
    assert _against(operation, a_citizen(CHILD_NUMBER), years=14) is for_patient
    assert _against(operation, a_clinician(), unit=OTHER_HOSPITAL) is for_personnel
    assert _against(operation, a_recipient("shr_1")) is Refusal.NOT_SHARED


def test_what_a_share_makes_a_person_and_a_machine() -> None:
    for viewer, standing in [
        (a_recipient("shr_1"), Standing.RECIPIENT),
        (a_vendor(organisation=OTHER_HOSPITAL), Standing.VENDOR),
    ]:
        access = decide(viewer, facts(SHARE), NOW)
        assert towards(viewer, access, None, _part(HOSPITAL)) is standing


def test_a_person_reports_by_pieces_of_a_part_and_a_machine_measures_by_none() -> None:
    machine = a_vendor(organisation=OTHER_HOSPITAL)
    for operation in (Operation.SEND_REPORT, Operation.REGISTER_MEASUREMENTS):
        assert _against(operation, a_recipient("shr_1")) is None
        assert _against(operation, machine) is not None
