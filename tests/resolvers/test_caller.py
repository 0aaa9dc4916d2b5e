from __future__ import annotations

from typing import Any

import pytest

from domain.access.relation import Basis
from domain.access.rule import RuleKind
from domain.access.viewer import AttestedRelation
from domain.caller import AccessBasis
from resolvers.caller import caller_of
from tests.builders import NOW, a_citizen, a_clinician, a_number


@pytest.mark.parametrize(
    ("purpose", "opening", "basis", "elevated", "sent"),
    [
        (None, None, AccessBasis.SAMTYKKE, None, "TREAT"),
        ("COC", None, AccessBasis.SAMTYKKE, None, "COC"),
        ("ETREAT", None, AccessBasis.AKUTT, None, "ETREAT"),
        ("BTG", None, AccessBasis.SAMTYKKE, None, "BTG"),
        ("TREAT", RuleKind.OPENED, AccessBasis.SAMTYKKE, AccessBasis.FORHOYET_SAMTYKKE, "TREAT"),
        ("ETREAT", RuleKind.OPENED, AccessBasis.AKUTT, AccessBasis.FORHOYET_SAMTYKKE, "ETREAT"),
        ("TREAT", RuleKind.EMERGENCY, AccessBasis.AKUTT, AccessBasis.AKUTT, "BTG"),
        ("ETREAT", RuleKind.EMERGENCY, AccessBasis.AKUTT, AccessBasis.AKUTT, "ETREAT"),
    ],
)
def test_a_source_is_told_the_purpose_and_the_ground(
    purpose: str | None,
    opening: RuleKind | None,
    basis: AccessBasis,
    elevated: AccessBasis | None,
    sent: str,
) -> None:
    viewer = a_clinician(purpose_of_use=purpose)
    caller = caller_of(viewer, Basis.CARE_TEAM, "e-1", NOW, opening)
    assert (caller.access_basis, caller.elevated, caller.purpose_of_use) == (basis, elevated, sent)


def test_a_citizen_asks_by_the_right_to_see_and_elevates_nothing() -> None:
    caller = caller_of(a_citizen(), Basis.PARENT, "e-1", NOW)
    assert (caller.access_basis, caller.elevated) == (AccessBasis.INNSYN, None)


@pytest.mark.parametrize(("is_student", "told"), [(True, "7412582"), (False, None)])
def test_a_student_is_named_with_who_answers_for_them(is_student: bool, told: str | None) -> None:
    viewer = a_clinician(is_student=is_student, supervisor="7412582")
    assert caller_of(viewer, Basis.CARE_TEAM, "e-1", NOW).supervisor == told


def test_the_attest_goes_on_where_the_access_rests_on_it() -> None:
    attest = AttestedRelation(
        patient_number=a_number(), at=NOW, decision_id="d-1", decision_text="Vakt"
    )
    viewer = a_clinician(attest=attest)
    told: dict[Basis, Any] = {
        basis: caller_of(viewer, basis, "e-1", NOW).decision_id
        for basis in (Basis.ATTEST, Basis.CARE_TEAM)
    }
    assert told == {Basis.ATTEST: "d-1", Basis.CARE_TEAM: None}
