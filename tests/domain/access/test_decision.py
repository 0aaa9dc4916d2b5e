from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access.decision import decide, oversight
from domain.access.relation import Basis, Relation
from domain.access.right import Right
from domain.access.rule import RuleKind
from domain.access.standing import Standing
from domain.access.viewer import AttestedRelation, Viewer, ViewerRole
from domain.plan.sharing import ShareScope
from domain.refusal import Refusal
from domain.source.section import SectionName
from tests.builders import (
    CHILD_NUMBER,
    HOSPITAL,
    NOW,
    OTHER_HOSPITAL,
    PARENT_NUMBER,
    a_citizen,
    a_clinician,
    a_number,
    a_recipient,
    a_relation,
    a_rule,
    a_vendor,
    facts,
)

GROWN = date(2010, 1, 20)


def test_patients_see_their_own() -> None:
    decided = decide(a_citizen(CHILD_NUMBER), facts(born=GROWN), NOW)
    assert decided.ruling.is_allowed
    assert decided.relation is not None
    assert decided.relation.basis is Basis.OWN


@pytest.mark.parametrize(
    ("years", "agreed", "refusal"),
    [
        (12, True, Refusal.NO_OWN_ACCESS),
        (13, False, Refusal.NO_OWN_ACCESS),
        (13, True, None),
        (15, False, Refusal.NO_OWN_ACCESS),
        (16, False, None),
    ],
)
def test_children_have_own_access_from_13_once_their_parents_agree(
    years: int, agreed: bool, refusal: Refusal | None
) -> None:
    born = date(NOW.year - years, NOW.month, NOW.day)
    rules = (a_rule(RuleKind.OWN_ACCESS),) * agreed
    decided = decide(a_citizen(CHILD_NUMBER), replace(facts(born=born), rules=rules), NOW)
    assert decided.ruling.refusal is refusal


def test_a_stranger_sees_nothing_and_no_section() -> None:
    decided = decide(a_citizen(), facts(), NOW)
    assert decided.ruling.refusal is Refusal.NOT_REPRESENTATIVE
    assert not any(decided.section(name).is_allowed for name in SectionName)


@pytest.mark.parametrize("basis", [Basis.CARE_TEAM, Basis.SHARE, Basis.HANDOVER])
def test_each_kind_of_care_relation_opens_for_the_organisation(basis: Basis) -> None:
    decided = decide(a_clinician(), facts(a_relation(basis)), NOW)
    assert decided.ruling.is_allowed
    assert decided.relation is not None
    assert decided.relation.basis is basis


def _member(name: str, hpr_number: str | None, **changes: Any) -> Relation:
    unit = {"organisation_name": "Barneavdelingen"}
    return a_relation(origin=f"Behandlingsteam: {name}", hpr_number=hpr_number, **unit | changes)


@pytest.mark.parametrize(
    ("ties", "origin"),
    [
        (
            [_member("Omar Rashid", "7412582"), _member("Ingrid Haugen", "9144897")],
            "Behandlingsteam: Ingrid Haugen",
        ),
        (
            [_member("Omar Rashid", "7412582"), _member("Siri Nordvik", "8033226")],
            "Behandlingsteam: Barneavdelingen",
        ),
        ([a_relation(Basis.SHARE, origin="Delt av Kari Fjell")], "Delt av Kari Fjell"),
        (
            [
                _member("Ingrid Haugen", "9144897", until=NOW),
                _member("Omar Rashid", "7412582"),
            ],
            "Behandlingsteam: Barneavdelingen",
        ),
    ],
    ids=["one's own", "a colleague's", "a share", "one's own has ended"],
)
def test_access_is_said_to_rest_on_one_s_own_membership_before_the_unit_s(
    ties: list[Relation], origin: str
) -> None:
    decided = decide(a_clinician(hpr_number="9144897"), facts(*ties), NOW)
    assert decided.relation is not None
    assert decided.relation.origin == origin


@pytest.mark.parametrize("basis", [Basis.CARE_TEAM, Basis.SHARE, Basis.HANDOVER])
def test_a_care_relation_opens_for_no_other_organisation(basis: Basis) -> None:
    decided = decide(a_clinician(organisation=OTHER_HOSPITAL), facts(a_relation(basis)), NOW)
    assert decided.ruling.refusal is Refusal.NO_CARE_RELATION


def test_a_clinician_without_an_organisation_has_no_care_relation() -> None:
    decided = decide(a_clinician(organisation=None), facts(a_relation(organisation=None)), NOW)
    assert decided.ruling.refusal is Refusal.NO_CARE_RELATION


@pytest.mark.parametrize(
    ("since", "until", "is_open"),
    [
        (NOW, None, True),
        (NOW + timedelta(seconds=1), None, False),
        (NOW - timedelta(days=1), NOW, False),
        (NOW - timedelta(days=1), NOW + timedelta(seconds=1), True),
    ],
)
def test_a_care_relation_holds_from_its_start_until_its_end(
    since: datetime, until: datetime | None, is_open: bool
) -> None:
    decided = decide(a_clinician(), facts(a_relation(since=since, until=until)), NOW)
    assert decided.ruling.is_allowed is is_open


def test_an_attest_opens_for_the_patient_it_names() -> None:
    attest = AttestedRelation(patient_number=a_number(), at=NOW, decision_text="Innlagt")
    decided = decide(a_clinician(attest=attest), facts(), NOW)
    assert decided.relation is not None
    assert (decided.relation.basis, decided.relation.origin) == (Basis.ATTEST, "Innlagt")


def test_an_attest_opens_for_no_other_patient() -> None:
    attest = AttestedRelation(patient_number=a_number("12838499987"), at=NOW)
    assert not decide(a_clinician(attest=attest), facts(), NOW).ruling.is_allowed


DAILY = {Right.SEE_PATIENT, Right.PLAN_STATUS, Right.READ_ZONES}


@pytest.mark.parametrize(
    ("day", "plan", "zones"),
    [
        (date(2027, 1, 19), None, None),
        (date(2027, 1, 20), Refusal.PARENT_12_16, None),
        (date(2031, 1, 19), Refusal.PARENT_12_16, None),
        (date(2031, 1, 20), Refusal.OVER_16, Refusal.OVER_16),
        (date(2033, 1, 20), Refusal.OVER_16, Refusal.OVER_16),
    ],
)
def test_a_parent_sees_all_until_the_twelfth_birthday_and_daily_needs_until_the_sixteenth(
    day: date, plan: Refusal | None, zones: Refusal | None
) -> None:
    now = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    decided = decide(a_citizen(), facts(a_relation(Basis.PARENT)), now)
    assert decided.on(Right.READ_PLAN).refusal is plan
    assert decided.on(Right.READ_ZONES).refusal is zones
    assert decided.ruling.refusal is zones


def test_from_the_twelfth_birthday_parents_keep_what_daily_life_needs() -> None:
    decided = decide(a_citizen(), facts(a_relation(Basis.PARENT), born=date(2013, 1, 20)), NOW)
    assert {right for right in Right if right.name.startswith("READ_") and decided.may(right)} == {
        Right.READ_ZONES
    }
    assert all(decided.may(right) for right in DAILY)
    assert set(decided.portion("prt_1")) == {*NARROW, ShareScope.ROUTINES}


def test_a_child_of_the_leap_day_turns_twelve_on_the_day() -> None:
    born = date(2012, 2, 29)
    since = datetime(2012, 2, 29, tzinfo=UTC)
    parent = facts(a_relation(Basis.PARENT, since=since), born=born)
    before = decide(a_citizen(), parent, datetime(2024, 2, 28, tzinfo=UTC))
    after = decide(a_citizen(), parent, datetime(2024, 2, 29, tzinfo=UTC))
    assert (before.may(Right.READ_PLAN), after.may(Right.READ_PLAN)) == (True, False)


def test_a_vendor_sees_shared_parts_and_no_source_section() -> None:
    shared = a_relation(Basis.SHARE, part_id="prt_1")
    decided = decide(a_vendor(), facts(shared), NOW)
    assert decided.sees_part("prt_1", is_draft=False)
    assert not decided.sees_part("prt_2", is_draft=False)
    assert decided.section(SectionName.MEDICATIONS).refusal is Refusal.NOT_SHARED


def test_a_machine_of_the_care_team_knows_that_there_is_a_plan_and_no_more() -> None:
    access = decide(a_vendor(), facts(a_relation()), NOW)
    assert access.standing is Standing.SYSTEM
    assert [right for right in Right if access.may(right)] == [Right.PLAN_STATUS]
    shared = a_relation(Basis.SHARE, part_id="prt_1")
    both = decide(a_vendor(), facts(a_relation(), shared), NOW)
    assert both.standing is Standing.VENDOR


def test_drafts_are_for_health_personnel() -> None:
    clinician = decide(a_clinician(), facts(a_relation()), NOW)
    patient = decide(a_citizen(CHILD_NUMBER), facts(born=GROWN), NOW)
    assert patient.sees_part("prt_1", is_draft=False)
    assert clinician.sees_part("prt_1", is_draft=True)
    assert not patient.sees_part("prt_1", is_draft=True)


NARROW = (ShareScope.ZONE_SHEET, ShareScope.CONTACTS)
TEACHER = "12838499987"


def _narrow(**changes: Any) -> Relation:
    known = {"part_id": "prt_1", "scopes": NARROW, "share_id": "shr_1", "organisation": None}
    return a_relation(Basis.SHARE, **known | changes)


@pytest.mark.parametrize(
    ("viewer", "share"),
    [
        (a_recipient("shr_1"), _narrow()),
        (a_citizen(TEACHER), _narrow(person_number=TEACHER)),
        (a_vendor(), _narrow(organisation=HOSPITAL)),
        (a_clinician(), _narrow(organisation=HOSPITAL)),
    ],
)
def test_a_recipient_sees_the_pieces_of_the_part_and_nothing_else(
    viewer: Viewer, share: Relation
) -> None:
    decided = decide(viewer, facts(share), NOW)
    assert decided.ruling.is_allowed
    assert decided.is_in_pieces
    assert set(decided.portion("prt_1")) == set(NARROW)
    assert not decided.sees_part("prt_2", is_draft=False)
    assert not decided.sees_part("prt_1", is_draft=True)
    assert not any(decided.section(name).is_allowed for name in SectionName)


@pytest.mark.parametrize(
    ("viewer", "share"),
    [
        (a_recipient("shr_2"), _narrow()),
        (a_recipient("shr_1"), _narrow(until=NOW)),
        (a_recipient("shr_1"), _narrow(since=NOW + timedelta(seconds=1))),
        (a_recipient(None), _narrow(share_id=None)),
        (a_citizen(TEACHER), _narrow()),
        (a_citizen(TEACHER), _narrow(person_number=TEACHER, until=NOW)),
        (a_citizen(TEACHER), _narrow(organisation=HOSPITAL)),
        (a_vendor(organisation=OTHER_HOSPITAL), _narrow(organisation=HOSPITAL)),
        (a_vendor(organisation=None), _narrow()),
        (a_clinician(organisation=None), _narrow()),
        (a_recipient("shr_1"), a_relation(Basis.PARENT, share_id="shr_1")),
    ],
)
def test_nobody_sees_by_a_share_that_is_over_or_not_theirs(viewer: Viewer, share: Relation) -> None:
    assert not decide(viewer, facts(share), NOW).ruling.is_allowed


def test_a_care_relation_is_never_narrowed_by_a_share() -> None:
    ties = facts(_narrow(organisation=HOSPITAL), a_relation())
    decided = decide(a_clinician(), ties, NOW)
    assert (decided.shared, decided.sees_drafts) == (None, True)


def test_a_parent_who_is_given_pieces_still_sees_all_until_the_cut_and_then_the_pieces() -> None:
    ties = facts(a_relation(Basis.PARENT), _narrow(person_number=PARENT_NUMBER))
    assert not decide(a_citizen(), ties, NOW).is_in_pieces
    assert decide(a_citizen(), ties, datetime(2027, 1, 20, tzinfo=UTC)).is_in_pieces


def test_shares_with_one_recipient_add_up_part_by_part() -> None:
    decided = decide(
        a_citizen(TEACHER),
        facts(
            _narrow(person_number=TEACHER, scopes=(ShareScope.ZONE_SHEET,)),
            _narrow(person_number=TEACHER, scopes=(ShareScope.ROUTINES,)),
            _narrow(person_number=TEACHER, part_id="prt_2", scopes=(ShareScope.CONTACTS,)),
        ),
        NOW,
    )
    assert set(decided.portion("prt_1")) == {ShareScope.ZONE_SHEET, ShareScope.ROUTINES}
    assert set(decided.portion("prt_2")) == {ShareScope.CONTACTS}


@pytest.mark.parametrize(
    ("shared_by", "left_out"),
    [("k", {"Ola Fjell"}), ("o", {"Kari Fjell"}), (None, {"Kari Fjell", "Ola Fjell"})],
)
def test_a_share_leaves_out_the_numbers_of_every_parent_but_the_one_who_shares(
    shared_by: str | None, left_out: set[str]
) -> None:
    parents = [
        a_relation(Basis.PARENT, person_number="k", person_name="Kari Fjell"),
        a_relation(Basis.PARENT, person_number="o", person_name="Ola Fjell", until=NOW),
    ]
    decided = decide(
        a_recipient("shr_1"), facts(_narrow(shared_by_number=shared_by), *parents), NOW
    )
    assert decided.portion("prt_1")[ShareScope.CONTACTS] == left_out


@pytest.mark.parametrize(("years", "is_of_age"), [(16, True), (15, False)])
def test_a_patient_decides_alone_from_the_sixteenth_birthday(years: int, is_of_age: bool) -> None:
    born = date(NOW.year - years, NOW.month, NOW.day)
    known = replace(facts(born=born), rules=(a_rule(RuleKind.OWN_ACCESS),))
    decided = decide(a_citizen(CHILD_NUMBER), known, NOW)
    assert decided.ruling.is_allowed
    assert decided.may(Right.RESERVE) is is_of_age


def test_no_text_form_shows_a_number() -> None:
    relation = a_relation(Basis.PARENT, organisation=HOSPITAL)
    shown = f"{a_citizen()} {relation!r} {a_number()} {facts(relation)}"
    assert CHILD_NUMBER not in shown
    assert "12838499987" not in shown


def test_a_privacy_officer_sees_no_patient_whatever_ties_their_organisation_has() -> None:
    officer = replace(a_clinician(), role=ViewerRole.PRIVACY_OFFICER, hpr_number=None)
    for basis in (Basis.CARE_TEAM, Basis.SHARE, Basis.HANDOVER):
        tie = a_relation(basis, part_id="prt_1")
        assert decide(officer, facts(tie), NOW).ruling.refusal is Refusal.ROLE


def test_oversight_opens_neither_plan_nor_section() -> None:
    officer = replace(a_clinician(), role=ViewerRole.PRIVACY_OFFICER, hpr_number=None)
    over = oversight(officer, NOW)
    assert over.ruling.is_allowed
    assert not over.plan.is_allowed
    assert not over.content.is_allowed
    assert not any(over.section(name).is_allowed for name in SectionName)
    assert not over.sees_part("prt_1", is_draft=False)
    assert oversight(a_clinician(), NOW).ruling.refusal is Refusal.ROLE
