from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from domain.access.audit import CONTENT, DRAFTS, PLAN, SHARED_PARTS, author_of, opened
from domain.access.decision import Access, Ruling
from domain.access.relation import Basis, Relation
from domain.access.right import OF_KJERNEJOURNAL, OF_THE_PLAN
from domain.access.standing import Standing
from domain.access.viewer import ViewerRole
from domain.plan.sharing import WHOLE
from domain.refusal import Refusal
from domain.source.section import SectionName
from tests.builders import NOW, a_citizen, a_clinician

TEAM = Relation(
    basis=Basis.CARE_TEAM, origin="Team", since=NOW, organisation_name="Barneavdelingen"
)
SECTIONS = tuple(name.name for name in SectionName)


def test_personnel_stand_with_profession_and_unit() -> None:
    by = author_of(a_clinician(name="Ingrid Haugen"), TEAM)
    assert (by.name, by.role, by.organisation) == ("Ingrid Haugen", "Sykepleier", "Barneavdelingen")
    assert by.organisation_number is not None


def test_who_is_refused_stands_with_the_name_we_know_their_unit_by() -> None:
    by = author_of(a_clinician(), None, "Legevakten")
    assert by.organisation == "Legevakten"


def test_a_citizen_stands_as_who_they_are_to_the_patient() -> None:
    parent = Relation(basis=Basis.PARENT, origin="Folkeregisteret", since=NOW)
    assert author_of(a_citizen("05894500079"), parent).role == "Forelder"
    assert author_of(a_citizen("05894500079"), None).role is None


def test_a_privacy_officer_has_no_profession() -> None:
    officer = replace(a_clinician(), role=ViewerRole.PRIVACY_OFFICER, hpr_number=None)
    over = Relation(basis=Basis.OVERSIGHT, origin="", since=NOW - timedelta(days=1))
    assert author_of(officer, over).role == "Personvernombud"


def test_what_an_access_opens_is_named() -> None:
    whole = Access(ruling=Ruling(), standing=Standing.PERSONNEL, relation=TEAM)
    assert opened(whole) == (PLAN, CONTENT, DRAFTS, *SECTIONS)
    reserved = dict.fromkeys(OF_THE_PLAN | OF_KJERNEJOURNAL, Refusal.RESERVED)
    hidden = replace(whole, closed=reserved)
    assert opened(hidden) == tuple(name for name in SECTIONS if name != "CRITICAL_INFO")
    shared = Access(
        ruling=Ruling(), standing=Standing.RECIPIENT, relation=TEAM, shared={"prt_1": WHOLE}
    )
    assert opened(shared) == (SHARED_PARTS, CONTENT)


def test_what_is_refused_opens_nothing() -> None:
    assert opened(Access(ruling=Ruling(refusal=Refusal.ROLE))) == ()
