from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access import emergency
from domain.access.facts import AccessFacts, Choices
from domain.access.relation import Basis
from domain.access.right import Right
from domain.access.rule import RuleKind
from domain.access.standing import Standing
from domain.access.viewer import Viewer, ViewerRole
from domain.refusal import Refusal
from tests.builders import NOW, OTHER_HOSPITAL, a_citizen, a_clinician, a_relation, a_vendor, facts
from tests.domain.rules import a_rule

TUVA = a_clinician(hpr_number="9506421", organisation=OTHER_HOSPITAL, profession="LE")


def _locked(**changes: Any) -> AccessFacts:
    return replace(facts(), **changes)


def test_a_stranger_has_what_the_table_gives_in_an_emergency() -> None:
    found = emergency.access(TUVA, facts(), NOW)
    assert found.standing is Standing.EMERGENCY
    assert found.relation is not None
    assert found.relation.until == NOW + timedelta(minutes=60)
    assert found.may(Right.READ_ZONES)
    assert not found.may(Right.READ_DRAFTS)


def test_personnel_with_a_care_relation_stay_what_they_are() -> None:
    found = emergency.access(a_clinician(), facts(a_relation()), NOW)
    assert found.standing is Standing.PERSONNEL


def test_a_restriction_is_opened() -> None:
    locked = _locked(rules=(a_rule(RuleKind.RESTRICTION),))
    assert emergency.access(TUVA, locked, NOW).may(Right.READ_PLAN)


@pytest.mark.parametrize(
    ("locked", "reason"),
    [
        (_locked(is_reserved=True), Refusal.RESERVED),
        (_locked(has_consent=False), Refusal.NO_CONSENT),
        (_locked(rules=(a_rule(RuleKind.BLOCK, hpr_number="9506421"),)), Refusal.BLOCKED),
    ],
)
def test_no_final_lock_is_passed(locked: AccessFacts, reason: Refusal) -> None:
    assert emergency.access(TUVA, locked, NOW).ruling.refusal is reason


def test_another_person_s_block_is_no_hindrance() -> None:
    locked = _locked(rules=(a_rule(RuleKind.BLOCK, hpr_number="7209932"),))
    assert emergency.access(TUVA, locked, NOW).ruling.is_allowed


@pytest.mark.parametrize(
    ("viewer", "reason"),
    [
        (a_citizen(), Refusal.ROLE),
        (a_vendor(), Refusal.ROLE),
        (replace(TUVA, hpr_number=None), Refusal.ROLE),
        (replace(TUVA, organisation=None), Refusal.ROLE),
        (replace(TUVA, role=ViewerRole.PRIVACY_OFFICER), Refusal.ROLE),
        (replace(TUVA, is_student=True, supervisor="7412582"), Refusal.STUDENT),
        (replace(TUVA, security_level=3), Refusal.SECURITY_LEVEL),
    ],
)
def test_who_may_is_asked_before_the_patient_is(viewer: Viewer, reason: Refusal) -> None:
    assert emergency.refusal(viewer) is reason
    assert emergency.access(viewer, facts(), NOW).ruling.refusal is reason


def test_for_how_long_is_the_deployment_s_choice() -> None:
    choices = Choices(emergency_for=timedelta(minutes=20))
    found = emergency.access(TUVA, facts(), NOW, choices)
    assert found.relation is not None
    assert found.relation.until == NOW + timedelta(minutes=20)
    assert found.relation.basis is Basis.EMERGENCY


def test_what_must_not_be_told_is_what_hides_the_whole_plan() -> None:
    assert {Refusal.RESERVED, Refusal.NO_CONSENT} <= emergency.UNTOLD
    assert Refusal.BLOCKED not in emergency.UNTOLD
