from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access.decision import Access, decide
from domain.access.explanation import AccessOutcome, Explanation, explain, explain_field
from domain.access.facts import AccessFacts
from domain.access.guard import GUARDS
from domain.access.hiding import Hidden
from domain.access.legal_basis import INFORMED_PARENTS, NO_SNOOPING, bases
from domain.access.lock import Key
from domain.access.matrix import Condition
from domain.access.permission import refusal
from domain.access.relation import Basis
from domain.access.right import RIGHT_OF, Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.standing import Standing
from domain.access.viewer import Viewer
from domain.author import Author
from domain.plan.part import Plan, PlanPart
from domain.plan.sharing import ShareScope
from domain.refusal import Refusal
from tests.builders import (
    CHILD_NUMBER,
    NOW,
    PARENT_NUMBER,
    a_citizen,
    a_clinician,
    a_recipient,
    a_relation,
    a_vendor,
    facts,
)
from tests.domain.parts import a_part

CARE = facts(a_relation())
OF_14, GROWN = date(2012, 1, 20), date(1980, 1, 20)
WHOLE, PIECES = (ShareScope.WHOLE_PART,), (ShareScope.ZONE_SHEET,)


def a_plan(*parts: PlanPart) -> Plan:
    return Plan(id="pln_1", patient_id="pat_1", parts=parts)


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


def told(
    viewer: Viewer,
    known: AccessFacts,
    right: Right,
    rules: Iterable[AccessRule] = (),
    plan: Plan | None = None,
    **changes: Any,
) -> Explanation:
    access = decide(viewer, replace(known, rules=tuple(rules), **changes), NOW)
    return explain(access, right, viewer, NOW, plan)


def test_what_is_given_says_on_which_law() -> None:
    answer = told(a_clinician(), CARE, Right.READ_PLAN)
    assert answer.outcome is AccessOutcome.ALLOW
    assert answer.standing is Standing.PERSONNEL
    assert answer.bases == bases(Right.READ_PLAN, Standing.PERSONNEL)
    assert (answer.refusal, answer.keys, answer.condition) == (None, (), None)


def test_a_clinician_without_a_relation_is_told_that_there_is_emergency_access() -> None:
    answer = told(a_clinician(), facts(), Right.READ_PLAN)
    assert (answer.outcome, answer.refusal) == (AccessOutcome.DENY, Refusal.NO_CARE_RELATION)
    assert answer.keys == (Key.EMERGENCY,)
    assert answer.bases == (NO_SNOOPING,)


@pytest.mark.parametrize(
    ("viewer", "right"),
    [
        (a_clinician(), Right.WRITE_DRAFT),  # which emergency access does not give
        (a_clinician(is_student=True), Right.READ_PLAN),
        (a_clinician(purpose_of_use="HRESCH"), Right.READ_PLAN),
        (a_vendor(), Right.READ_PLAN),
        (a_citizen(), Right.READ_PLAN),
    ],
)
def test_emergency_access_is_no_key_to_others_and_to_nothing_else(
    viewer: Viewer, right: Right
) -> None:
    answer = told(viewer, facts(), right)
    assert (answer.outcome, answer.keys) == (AccessOutcome.DENY, ())


@pytest.mark.parametrize(
    ("viewer", "known", "right", "changes", "refusal", "keys"),
    [
        (
            a_clinician(),
            CARE,
            Right.READ_PLAN,
            {"rules": (a_rule(RuleKind.RESTRICTION),)},
            Refusal.RESTRICTED,
            (Key.CONSENT, Key.EMERGENCY),
        ),
        (
            a_clinician(),
            CARE,
            Right.READ_PLAN,
            {"has_consent": False},
            Refusal.NO_CONSENT,
            (Key.CONSENT,),
        ),
        (
            a_clinician(security_level=3),
            CARE,
            Right.READ_CRITICAL_INFO,
            {},
            Refusal.SECURITY_LEVEL,
            (Key.HIGHER_LEVEL,),
        ),
        (
            a_citizen(CHILD_NUMBER),
            facts(born=GROWN),
            Right.READ_PLAN,
            {"is_reserved": True},
            Refusal.RESERVED,
            (Key.UNDO,),
        ),
    ],
)
def test_what_a_lock_closes_is_withheld_and_says_what_opens_it(
    viewer: Viewer,
    known: AccessFacts,
    right: Right,
    changes: dict[str, Any],
    refusal: Refusal,
    keys: tuple[Key, ...],
) -> None:
    answer = told(viewer, known, right, **changes)
    assert (answer.outcome, answer.refusal) == (AccessOutcome.WITHHOLD, refusal)
    assert answer.keys == keys
    assert answer.bases


def test_a_block_is_final() -> None:
    block = a_rule(RuleKind.BLOCK, hpr_number="9144897")
    answer = told(a_clinician(), CARE, Right.READ_PLAN, [block])
    assert (answer.outcome, answer.refusal) == (AccessOutcome.DENY, Refusal.BLOCKED)
    assert answer.keys == ()
    assert answer.bases


def test_a_reservation_can_be_ended_by_whoever_has_that_right_and_opens_to_no_other() -> None:
    for viewer, known in ((a_clinician(), CARE), (a_vendor(), facts(a_relation(Basis.SHARE)))):
        answer = told(viewer, known, Right.READ_PLAN, is_reserved=True)
        assert (answer.outcome, answer.keys) == (AccessOutcome.DENY, ())
    proxy = a_relation(
        Basis.POWER_OF_ATTORNEY, person_number=PARENT_NUMBER, rights=frozenset({Right.READ_PLAN})
    )
    answer = told(a_citizen(), facts(proxy, born=GROWN), Right.READ_PLAN, is_reserved=True)
    assert (answer.outcome, answer.keys) == (AccessOutcome.DENY, ())


def test_a_student_can_t_open_what_is_restricted() -> None:
    student = a_clinician(is_student=True, supervisor="Omar Rashid, 9144900")
    answer = told(student, CARE, Right.READ_PLAN, [a_rule(RuleKind.RESTRICTION)])
    assert (answer.outcome, answer.refusal) == (AccessOutcome.DENY, Refusal.RESTRICTED)


def test_what_is_seen_in_part_says_which_part() -> None:
    log = told(a_clinician(), CARE, Right.READ_LOG)
    assert (log.outcome, log.condition) == (AccessOutcome.MASK, Condition.OWN_ONLY)
    shared = facts(a_relation(Basis.SHARE, part_id="prt_1", scopes=WHOLE))
    plan = told(a_vendor(), shared, Right.READ_PLAN)
    assert (plan.outcome, plan.condition) == (AccessOutcome.MASK, Condition.SHARED)


def test_who_sees_the_zone_sheet_sees_the_plan_in_part_and_is_told_why_not_all() -> None:
    parent = told(a_citizen(), facts(a_relation(Basis.PARENT), born=OF_14), Right.READ_PLAN)
    assert (parent.outcome, parent.refusal) == (AccessOutcome.MASK, Refusal.PARENT_12_16)
    assert parent.bases == (INFORMED_PARENTS,)
    share = a_relation(
        Basis.SHARE, part_id="prt_1", share_id="shr_1", scopes=PIECES, organisation=None
    )
    recipient = told(a_recipient("shr_1"), facts(share), Right.READ_PLAN)
    assert (recipient.outcome, recipient.refusal) == (AccessOutcome.MASK, Refusal.NOT_SHARED)


def test_what_depends_on_the_part_is_given_in_part_by_whoever_answers_for_one() -> None:
    mine = Author(name="Ingrid", organisation_number="974795515")
    theirs = Author(name="Siri", organisation_number="974749025")
    one, both = (
        a_plan(a_part(responsible=theirs), a_part(responsible=mine)),
        a_plan(a_part(responsible=mine)),
    )
    assert told(a_clinician(), CARE, Right.END, plan=both).outcome is AccessOutcome.ALLOW
    assert told(a_clinician(), CARE, Right.END, plan=one).outcome is AccessOutcome.MASK
    none = told(a_clinician(), CARE, Right.END, plan=a_plan(a_part(responsible=theirs)))
    assert (none.outcome, none.refusal) == (AccessOutcome.DENY, Refusal.NOT_RESPONSIBLE)
    hand_over = told(a_clinician(), CARE, Right.HAND_OVER, plan=one)
    assert (hand_over.outcome, hand_over.condition) == (AccessOutcome.MASK, Condition.ANSWERS)


def test_death_closes_what_changes_the_plan_and_nothing_that_is_read() -> None:
    doctor = a_clinician(profession="LE")
    for right in (Right.READ_PLAN, Right.READ_LOG, Right.PREVIEW, Right.SUBSCRIBE):
        answer = told(doctor, CARE, right, died_on=NOW.date())
        assert answer.refusal is None, right
    assert told(doctor, CARE, Right.END, died_on=NOW.date()).refusal is Refusal.DECEASED


HIDDEN = Hidden(
    rights=frozenset(Right), parts=frozenset({"prt_1"}), lines=frozenset({"line-1", "line-2"})
)


@pytest.mark.parametrize("right", Right)
def test_an_explanation_is_the_same_whether_anything_is_hidden(right: Right) -> None:
    parent = facts(a_relation(Basis.PARENT))
    hiding = a_rule(RuleKind.HIDDEN_FROM_PARENTS, rights=frozenset(Right), part_id="prt_1")
    assert told(a_citizen(), parent, right, [hiding]) == told(a_citizen(), parent, right)
    refused = a_rule(RuleKind.OWN_ACCESS_REFUSED, rights=frozenset(Right))
    own = facts(born=GROWN)
    patient = a_citizen(CHILD_NUMBER)
    assert told(patient, own, right, [refused]) == told(patient, own, right)


@pytest.mark.parametrize("field", GUARDS)
def test_so_is_that_of_a_field(field: str) -> None:
    viewer = a_citizen()
    access = decide(viewer, facts(a_relation(Basis.PARENT)), NOW)
    hiding = replace(access, hidden=HIDDEN)
    one, other = (_of_field(each, field, viewer) for each in (access, hiding))
    assert one == other


def _of_field(access: Access, field: str, viewer: Viewer) -> Explanation:
    return explain_field(access, GUARDS[field], viewer, NOW)


VIEWERS: list[tuple[Viewer, AccessFacts]] = [
    (a_clinician(), CARE),
    (a_clinician(), facts()),
    (a_citizen(CHILD_NUMBER), facts(born=GROWN)),
    (a_citizen(), facts(a_relation(Basis.PARENT))),
    (a_citizen(), facts(a_relation(Basis.PARENT), born=OF_14)),
    (a_vendor(), facts(a_relation(Basis.SHARE, part_id="prt_1", scopes=WHOLE))),
]


@pytest.mark.parametrize(("viewer", "known"), VIEWERS)
def test_what_is_explained_is_what_is_decided(viewer: Viewer, known: AccessFacts) -> None:
    for rules in ((), (a_rule(RuleKind.RESTRICTION),), (a_rule(RuleKind.BLOCK),)):
        access = decide(viewer, replace(known, rules=rules), NOW)
        for operation, right in RIGHT_OF.items():
            answer = explain(access, right, viewer, NOW)
            is_given = answer.outcome in (AccessOutcome.ALLOW, AccessOutcome.MASK)
            decided = refusal(operation, viewer, access, None, None)
            assert is_given is (decided is None), operation
            assert answer.refusal is decided, operation


@pytest.mark.parametrize(("viewer", "known"), VIEWERS)
def test_a_field_is_explained_as_its_guard_refuses(viewer: Viewer, known: AccessFacts) -> None:
    access = decide(viewer, known, NOW)
    for name, guard in GUARDS.items():
        answer = explain_field(access, guard, viewer, NOW)
        is_given = answer.outcome in (AccessOutcome.ALLOW, AccessOutcome.MASK)
        is_cut = name == "PlanPart.content"  # never refused to whoever sees the zones
        assert is_given is (guard.refusal(access) is None) or is_cut, name
        if not is_given:
            assert answer.refusal is guard.refusal(access), name
