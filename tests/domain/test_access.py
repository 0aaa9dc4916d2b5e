from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.access import Basis, decide
from domain.refusal import Refusal
from domain.section import SectionName
from domain.viewer import AttestedRelation
from tests.builders import (
    CHILD_NUMBER,
    HOSPITAL,
    NOW,
    OTHER_HOSPITAL,
    a_citizen,
    a_clinician,
    a_number,
    a_relation,
    a_vendor,
    facts,
)


def test_patients_see_their_own() -> None:
    decided = decide(a_citizen(CHILD_NUMBER), facts(), NOW)
    assert decided.ruling.is_allowed
    assert decided.relation is not None
    assert decided.relation.basis is Basis.OWN


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


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (date(2027, 1, 19), None),
        (date(2027, 1, 20), Refusal.PARENT_12_16),
        (date(2031, 1, 19), Refusal.PARENT_12_16),
        (date(2031, 1, 20), Refusal.OVER_16),
    ],
)
def test_a_parent_sees_a_child_until_the_twelfth_birthday(
    day: date, refusal: Refusal | None
) -> None:
    now = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    decided = decide(a_citizen(), facts(a_relation(Basis.PARENT)), now)
    assert decided.ruling.refusal is refusal


def test_a_child_of_the_leap_day_turns_twelve_on_the_day() -> None:
    born = date(2012, 2, 29)
    since = datetime(2012, 2, 29, tzinfo=UTC)
    parent = facts(a_relation(Basis.PARENT, since=since), born=born)
    before = decide(a_citizen(), parent, datetime(2024, 2, 28, tzinfo=UTC))
    after = decide(a_citizen(), parent, datetime(2024, 2, 29, tzinfo=UTC))
    assert (before.ruling.is_allowed, after.ruling.is_allowed) == (True, False)


def test_a_vendor_sees_shared_parts_and_no_source_section() -> None:
    shared = a_relation(Basis.SHARE, part_id="prt_1")
    decided = decide(a_vendor(), facts(shared), NOW)
    assert decided.sees_part("prt_1", is_draft=False)
    assert not decided.sees_part("prt_2", is_draft=False)
    assert decided.section(SectionName.MEDICATIONS).refusal is Refusal.NOT_SHARED


def test_a_vendor_gets_nothing_by_being_in_the_care_team() -> None:
    assert not decide(a_vendor(), facts(a_relation()), NOW).ruling.is_allowed


def test_drafts_are_for_health_personnel() -> None:
    clinician = decide(a_clinician(), facts(a_relation()), NOW)
    patient = decide(a_citizen(CHILD_NUMBER), facts(), NOW)
    assert clinician.sees_part("prt_1", is_draft=True)
    assert not patient.sees_part("prt_1", is_draft=True)


def test_no_text_form_shows_a_number() -> None:
    relation = a_relation(Basis.PARENT, organisation=HOSPITAL)
    shown = f"{a_citizen()} {relation!r} {a_number()} {facts(relation)}"
    assert CHILD_NUMBER not in shown
    assert "12838499987" not in shown
