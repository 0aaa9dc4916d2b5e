from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access import preview as rules
from domain.access.decision import DAILY, Access, decide
from domain.access.explanation import AccessOutcome
from domain.access.facts import AccessFacts
from domain.access.patient import Patient
from domain.access.preview import Previewed, differences, of_patient, of_representative, preview
from domain.access.relation import Basis
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.standing import Standing
from domain.access.subject import Gender
from domain.author import Author
from domain.plan.sharing import WHOLE, ShareScope
from domain.refusal import Refusal
from tests.builders import (
    CHILD_NUMBER,
    NOW,
    PARENT_NUMBER,
    a_citizen,
    a_clinician,
    a_number,
    a_relation,
    facts,
)

OLAS = "03868130139"
PARENT = a_relation(Basis.PARENT)
FATHER = a_relation(Basis.PARENT, person_number=OLAS)
CARE = a_relation()
OF_14, GROWN = date(2012, 1, 20), date(1980, 1, 20)
NORA = Patient(
    id="pat_1",
    given_name="Nora",
    family_name="Fjell",
    birth_date=OF_14,
    gender=Gender.FEMALE,
    identity_numbers=(a_number(),),
)


def a_rule(kind: RuleKind, **changes: Any) -> AccessRule:
    known: dict[str, Any] = {
        "id": "rul_1",
        "patient_id": "pat_1",
        "version": 1,
        "kind": kind,
        "set_by": Author(name="Ingrid Haugen"),
        "since": NOW - timedelta(days=1),
    }
    return AccessRule(**known | changes)


def seen_as(number: str, known: AccessFacts, *rules: AccessRule) -> Previewed:
    told = replace(known, rules=rules)
    own = decide(a_clinician(), told, NOW)
    return preview(decide(a_citizen(number), told, NOW), own)


def both(number: str, known: AccessFacts, *rules: AccessRule) -> tuple[Access, Access]:
    told = replace(known, rules=rules)
    return decide(a_citizen(number), told, NOW), decide(a_clinician(), told, NOW)


RESTRICTED = a_rule(RuleKind.RESTRICTION, rights=frozenset({Right.READ_REPORTS}))
CASES = [
    (CHILD_NUMBER, facts(CARE, born=GROWN), ()),
    (CHILD_NUMBER, facts(CARE, born=GROWN), (RESTRICTED,)),
    (PARENT_NUMBER, facts(CARE, PARENT), ()),
    (PARENT_NUMBER, facts(CARE, PARENT, born=OF_14), ()),
    (PARENT_NUMBER, facts(CARE, PARENT, born=date(2009, 1, 1)), ()),
    (PARENT_NUMBER, facts(CARE), ()),
]


@pytest.mark.parametrize(("number", "known", "rules"), CASES)
@pytest.mark.parametrize("right", Right)
def test_a_right_is_given_where_both_have_it_and_nowhere_else(
    number: str, known: AccessFacts, rules: tuple[AccessRule, ...], right: Right
) -> None:
    theirs, own = both(number, known, *rules)
    assert seen_as(number, known, *rules).may(right) is (theirs.may(right) and own.may(right))


def test_what_the_patient_has_restricted_is_not_read_by_way_of_their_view() -> None:
    seen = seen_as(CHILD_NUMBER, facts(CARE, born=GROWN), RESTRICTED)
    assert seen.standing is Standing.PATIENT
    assert seen.on(Right.READ_REPORTS).refusal is Refusal.RESTRICTED
    assert not seen.sees_report("s-9", a_clinician())
    assert seen.may(Right.READ_ZONES)


def test_a_part_is_shown_as_much_as_both_see() -> None:
    parent = seen_as(PARENT_NUMBER, facts(CARE, PARENT, born=OF_14))
    assert parent.portion("prt_1") == DAILY
    whole = a_rule(RuleKind.RESTRICTION, rights=frozenset({Right.READ_PLAN}))
    patient = seen_as(CHILD_NUMBER, facts(CARE, born=GROWN), whole)
    assert patient.portion("prt_1") == DAILY
    assert seen_as(CHILD_NUMBER, facts(CARE, born=GROWN)).portion("prt_1") == WHOLE


def test_two_portions_have_in_common_what_neither_leaves_out() -> None:
    one = {ShareScope.ZONE_SHEET: frozenset({"Kari"}), ShareScope.CONTACTS: frozenset({"Kari"})}
    other = {ShareScope.CONTACTS: frozenset({"Ola"}), ShareScope.ROUTINES: frozenset()}
    assert rules._narrower(one, other) == {ShareScope.CONTACTS: frozenset({"Kari", "Ola"})}


def test_sources_are_asked_on_the_clinician_s_own_ground() -> None:
    seen = seen_as(PARENT_NUMBER, facts(CARE, PARENT))
    assert (seen.relation, seen.ground) == (PARENT, CARE)


def test_what_is_hidden_from_a_parent_is_hidden_in_the_preview_and_told_to_the_clinician() -> None:
    hiding = a_rule(
        RuleKind.HIDDEN_FROM_PARENTS, part_id="prt_1", rights=frozenset({Right.READ_DOCUMENTS})
    )
    line = a_rule(RuleKind.HIDDEN_FROM_PARENTS, part_id="prt_2", line_id="line-1")
    seen = seen_as(PARENT_NUMBER, facts(CARE, PARENT), hiding, line)
    assert not seen.sees_part("prt_1", is_draft=False)
    told = list(differences(seen, a_citizen(), NOW))
    hidden = [(each.part_id, each.line_id) for each in told if each.part_id]
    assert hidden == [("prt_1", None), ("prt_2", "line-1")]
    assert [each.hidden for each in told if each.hidden] == [Right.READ_DOCUMENTS]


def test_the_preview_as_one_parent_differs_from_that_as_the_other_and_says_why() -> None:
    known = facts(CARE, PARENT, FATHER, born=OF_14)
    keeps = a_rule(
        RuleKind.KEPT_BY_PARENTS,
        person_number=PARENT_NUMBER,
        rights=frozenset({Right.READ_ZONES, Right.READ_PLAN, Right.READ_MEDICINES}),
    )
    kari, ola = (seen_as(each, known, keeps) for each in (PARENT_NUMBER, OLAS))
    assert (kari.may(Right.READ_MEDICINES), ola.may(Right.READ_MEDICINES)) == (True, False)
    of_kari, of_ola = (
        {
            each.explanation.right: each.explanation
            for each in differences(seen, a_citizen(number), NOW)
            if each.explanation
        }
        for seen, number in ((kari, PARENT_NUMBER), (ola, OLAS))
    )
    assert Right.READ_MEDICINES not in of_kari
    why = of_ola[Right.READ_MEDICINES]
    assert (why.outcome, why.refusal) == (AccessOutcome.DENY, Refusal.PARENT_12_16)
    assert of_ola[Right.READ_PLAN].outcome is AccessOutcome.MASK


def test_who_sees_nothing_has_one_reason() -> None:
    seen = seen_as(PARENT_NUMBER, facts(CARE, PARENT, born=date(2009, 1, 1)))
    [told] = differences(seen, a_citizen(), NOW)
    assert told.explanation is not None
    assert told.explanation.refusal is Refusal.OVER_16


def test_what_neither_sees_is_no_difference() -> None:
    known = facts(CARE, PARENT)
    seen = seen_as(PARENT_NUMBER, replace(known, is_reserved=True))
    assert list(differences(seen, a_citizen(), NOW)) == []


def test_the_one_whose_view_it_is_would_log_in_as_a_citizen() -> None:
    patient = of_patient(NORA, NOW)
    parent = of_representative(PARENT, NOW)
    assert patient is not None
    assert parent is not None
    assert patient.identity_number == a_number()
    assert parent.identity_number == a_number(PARENT_NUMBER)
    assert patient.hpr_number is None
    assert of_patient(replace(NORA, identity_numbers=()), NOW) is None
    assert of_representative(CARE, NOW) is None
