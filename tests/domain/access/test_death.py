from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from domain.access import death, home
from domain.access.decision import decide
from domain.access.facts import Choices
from domain.access.relation import Basis, Relation
from domain.access.right import Right
from domain.access.rule import RuleKind
from domain.access.standing import Standing
from domain.access.viewer import Viewer
from domain.refusal import Refusal
from tests.builders import (
    CHILD_NUMBER,
    NOW,
    PARENT_NUMBER,
    a_citizen,
    a_clinician,
    a_relation,
    a_rule,
    a_vendor,
    facts,
)

GROWN = date(1950, 1, 20)
KIN = a_relation(Basis.NEXT_OF_KIN, person_number=PARENT_NUMBER)
DEAD = replace(facts(a_relation(), KIN, born=GROWN), died_on=NOW.date())
MOTHER = a_relation(Basis.PARENT, person_name="Kari Fjell", until=NOW, lives_with_patient=False)
FATHER = a_relation(Basis.PARENT, person_name="Ola Fjell", person_number="21878336590", until=NOW)


def of_kari(basis: Basis) -> Relation:
    return a_relation(basis, person_number=PARENT_NUMBER, rights=frozenset(Right))


@pytest.mark.parametrize(
    "basis", [Basis.PARENT, Basis.GUARDIAN, Basis.POWER_OF_ATTORNEY, Basis.LASTING_POWER]
)
def test_whoever_acted_for_the_patient_no_longer_does(basis: Basis) -> None:
    known = facts(of_kari(basis), born=date(2015, 1, 20))
    if basis is Basis.POWER_OF_ATTORNEY:
        known = replace(known, birth_date=GROWN)
    assert decide(a_citizen(), known, NOW).standing is not None
    assert decide(a_citizen(), replace(known, died_on=NOW.date()), NOW).standing is None


def test_nobody_logs_in_as_the_dead() -> None:
    access = decide(a_citizen(CHILD_NUMBER), DEAD, NOW)
    assert access.ruling.refusal is Refusal.DECEASED


def test_nothing_is_shared_with_anybody() -> None:
    share = a_relation(Basis.SHARE, part_id="prt_1")
    assert decide(a_vendor(), facts(share), NOW).standing is Standing.VENDOR
    dead = replace(facts(share), died_on=NOW.date())
    for viewer in (a_vendor(), a_clinician(organisation=share.organisation)):
        assert decide(viewer, dead, NOW).standing is None


def test_next_of_kin_read_the_plan_and_nothing_else() -> None:
    access = decide(a_citizen(), DEAD, NOW)
    assert access.standing is Standing.NEXT_OF_KIN
    assert {right for right in Right if access.may(right)} == {
        Right.SEE_PATIENT,
        Right.PLAN_STATUS,
        Right.READ_ZONES,
        Right.READ_PLAN,
        Right.EXPORT,
    }
    alive = replace(DEAD, died_on=None)
    assert decide(a_citizen(), alive, NOW).standing is None


@pytest.mark.parametrize("viewer", [a_clinician(), a_clinician(profession="LE")])
def test_personnel_read_for_as_long_as_was_chosen_and_write_nothing(viewer: Viewer) -> None:
    choices = Choices(read_after_death=timedelta(days=30))
    access = decide(viewer, DEAD, NOW, choices)
    given = {right for right in Right if access.may(right)}
    assert {Right.READ_PLAN, Right.READ_MEDICINES} < given <= death.RIGHTS
    assert access.on(Right.WRITE_DRAFT).refusal is Refusal.DECEASED
    last = decide(viewer, DEAD, NOW + timedelta(days=29), choices)
    assert last.may(Right.READ_PLAN)
    over = decide(viewer, DEAD, NOW + timedelta(days=30), choices)
    assert over.on(Right.SEE_PATIENT).refusal is Refusal.DECEASED
    assert over.may(Right.READ_LOG)


def test_next_of_kin_are_not_shut_out_by_time() -> None:
    access = decide(a_citizen(), DEAD, NOW + timedelta(days=4000))
    assert access.may(Right.READ_PLAN)


def test_what_was_hidden_from_a_parent_is_hidden_from_them_as_next_of_kin() -> None:
    hiding = a_rule(RuleKind.HIDDEN_FROM_PARENTS, part_id="prt_1")
    child = replace(facts(KIN, MOTHER), died_on=NOW.date(), rules=(hiding,))
    assert decide(a_citizen(), child, NOW).hidden.parts == {"prt_1"}
    grandmother = replace(child, relations=(KIN,))
    assert not decide(a_citizen(), grandmother, NOW).hidden


def test_what_was_of_the_other_home_is_kept_from_them_too() -> None:
    child = replace(facts(KIN, MOTHER, FATHER), died_on=NOW.date())
    access = decide(a_citizen(PARENT_NUMBER), child, NOW)
    assert home.other_home(access, child.relations, NOW) == {"Ola Fjell"}
    together = replace(MOTHER, lives_with_patient=True)
    assert home.other_home(access, (KIN, together, FATHER), NOW) == frozenset()
