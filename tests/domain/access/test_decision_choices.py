from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access.decision import Access, decide
from domain.access.relation import Basis
from domain.access.right import Right
from domain.access.rule import RuleKind
from domain.access.standing import Standing
from domain.access.viewer import Viewer
from domain.plan.sharing import ShareScope
from domain.refusal import Refusal
from domain.source.section import SectionName
from tests.builders import (
    CHILD_NUMBER,
    NOW,
    a_citizen,
    a_clinician,
    a_recipient,
    a_relation,
    a_rule,
    a_vendor,
    facts,
)

EVERYONE = (a_relation(), a_relation(Basis.PARENT), a_relation(Basis.SHARE, part_id="prt_1"))
HIDDEN = {SectionName.CRITICAL_INFO}
BERIT = "21878336590"


def _decide(viewer: Viewer, **choices: Any) -> Access:
    return decide(viewer, replace(facts(*EVERYONE), **choices), NOW)


OWN, OF_A_PARENT = {"birth_date": date(2010, 1, 20)}, {"birth_date": date(2015, 1, 20)}


@pytest.mark.parametrize(
    ("viewer", "of"),
    [(a_citizen(CHILD_NUMBER), OWN), (a_citizen(), OF_A_PARENT)],
    ids=["own", "parent"],
)
def test_who_has_reserved_sees_themselves_but_not_the_plan(viewer: Viewer, of: Any) -> None:
    reserved = _decide(viewer, is_reserved=True, **of)
    assert reserved.ruling.is_allowed
    assert reserved.plan.refusal is Refusal.RESERVED
    hidden = {name for name in SectionName if not reserved.section(name).is_allowed}
    assert hidden == HIDDEN


def test_personnel_are_told_that_the_patient_has_reserved() -> None:
    reserved = _decide(a_clinician(), is_reserved=True)
    assert reserved.on(Right.SEE_PATIENT).refusal is Refusal.RESERVED
    assert reserved.plan.refusal is Refusal.RESERVED
    assert not any(reserved.section(name).is_allowed for name in SectionName)


def test_a_vendor_is_told_no_more_than_that_nothing_is_shared() -> None:
    share = a_relation(Basis.SHARE, part_id="prt_1")
    reserved = decide(a_vendor(), replace(facts(share), is_reserved=True), NOW)
    assert reserved.ruling.refusal is Refusal.NO_CARE_RELATION
    of_the_team = _decide(a_vendor(), is_reserved=True)
    assert of_the_team.on(Right.PLAN_STATUS).refusal is Refusal.RESERVED


@pytest.mark.parametrize("viewer", [a_citizen(BERIT), a_recipient("shr_1")], ids=["login", "code"])
def test_whom_something_is_shared_with_is_told_no_more_than_strangers(viewer: Viewer) -> None:
    pieces = (ShareScope.ZONE_SHEET,)
    share = a_relation(
        Basis.SHARE, part_id="prt_1", share_id="shr_1", person_number=BERIT, scopes=pieces
    )
    assert decide(viewer, facts(share), NOW).ruling.is_allowed
    reserved = decide(viewer, replace(facts(share), is_reserved=True), NOW)
    assert reserved == decide(viewer, facts(), NOW)
    assert not reserved.ruling.is_allowed
    withdrawn = decide(viewer, replace(facts(share), has_consent=False), NOW)
    assert withdrawn.content.refusal is Refusal.NO_CONSENT


def test_strangers_are_told_the_same_whether_somebody_has_reserved_or_not() -> None:
    stranger = a_clinician(organisation="999000150")
    assert _decide(stranger, is_reserved=True) == _decide(stranger)


def test_withdrawn_consent_hides_what_it_says_from_all_but_the_patient_s_side() -> None:
    personnel = _decide(a_clinician(), has_consent=False)
    assert (personnel.ruling.is_allowed, personnel.plan.is_allowed) == (True, True)
    assert personnel.content.refusal is Refusal.NO_CONSENT
    assert all(personnel.section(name).is_allowed for name in SectionName)
    for viewer, of in ((a_citizen(CHILD_NUMBER), OWN), (a_citizen(), OF_A_PARENT)):
        assert _decide(viewer, has_consent=False, **of).content.is_allowed


def test_reservation_comes_before_consent() -> None:
    both = _decide(a_clinician(), is_reserved=True, has_consent=False)
    assert both.content.refusal is Refusal.RESERVED


@pytest.mark.parametrize(
    ("born", "is_of_age"), [(date(2010, 11, 22), True), (date(2010, 11, 23), False)]
)
def test_the_patient_decides_alone_from_the_sixteenth_birthday(born: date, is_of_age: bool) -> None:
    known = replace(facts(born=born), rules=(a_rule(RuleKind.OWN_ACCESS),))
    decided = decide(a_citizen(CHILD_NUMBER), known, NOW)
    assert (decided.standing is Standing.PATIENT) is is_of_age
    assert decided.may(Right.CONSENT) is is_of_age


def test_nobody_is_the_grown_patient_but_the_patient() -> None:
    for viewer in (a_citizen(), a_clinician()):
        assert _decide(viewer, **OWN).standing is not Standing.PATIENT


@pytest.mark.parametrize("level", [0, 3])
@pytest.mark.parametrize(
    ("make", "of"),
    [
        (a_clinician, OF_A_PARENT),
        (a_citizen, OF_A_PARENT),
        (lambda **of: a_citizen(CHILD_NUMBER, **of), OWN),
    ],
)
def test_below_level_4_the_plan_is_seen_but_kjernejournal_is_not_asked(
    make: Callable[..., Viewer], of: Any, level: int
) -> None:
    decided = _decide(make(security_level=level), **of)
    assert decided.plan.is_allowed
    assert decided.content.is_allowed
    refused = {name: decided.section(name).refusal for name in SectionName}
    assert {name for name, refusal in refused.items() if refusal} == HIDDEN
    assert refused[SectionName.CRITICAL_INFO] is Refusal.SECURITY_LEVEL


def test_the_level_opens_nothing_that_is_closed_for_another_reason() -> None:
    shared = decide(a_vendor(), facts(a_relation(Basis.SHARE, part_id="prt_1")), NOW)
    assert {shared.section(name).refusal for name in SectionName} == {Refusal.NOT_SHARED}
    reserved = _decide(a_citizen(security_level=3), is_reserved=True)
    assert reserved.section(SectionName.CRITICAL_INFO).refusal is Refusal.RESERVED
