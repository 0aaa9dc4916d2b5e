from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.access.viewer import ViewerRole
from domain.errors import Unauthenticated
from domain.identity_number import IdentityNumberKind
from gateway.claims import viewer_of

NUMBER = "05894500079"
PID = "helseid://claims/identity/pid"
LEVEL = "helseid://claims/identity/security_level"
HPR = "helseid://claims/hpr/hpr_number"
PARENT, CHILD, SUPPLIER = (
    f"helseid://claims/client/claims/orgnr_{which}" for which in ("parent", "child", "supplier")
)
SOME: dict[str, Any] = {"sub": "s", "exp": 1795388400}
ATTEST: dict[str, Any] = {
    "type": "nhn:tillitsrammeverk:parameters",
    "practitioner": {
        "hpr_nr": "9144897",
        "authorization": {"code": "SP", "system": "urn:oid:2.16.578.1.12.4.1.1.9060"},
        "legal_entity": {"id": "983974899", "system": "urn:oid:2.16.578.1.12.4.1.4.101"},
        "point_of_care": {"id": "974795515", "system": "urn:oid:2.16.578.1.12.4.1.4.101"},
        "department": {"id": "x", "system": "y"},
    },
    "care_relation": {
        "healthcare_service": {"code": "S03", "system": "urn:oid:2.16.578.1.12.4.1.1.8655"},
        "purpose_of_use": {"code": "TREAT", "system": "urn:oid:2.16.840.1.113883.1.11.20448"},
        "decision_ref": {"id": "d-1", "description": "Innlagt", "user_selected": False},
    },
    "patient": {"identifier": {"id": NUMBER, "system": "urn:oid:2.16.578.1.12.4.1.4.1"}},
    "toa": 1795388000,
}


def test_a_person_without_hpr_number_is_a_citizen() -> None:
    viewer = viewer_of({**SOME, PID: NUMBER, LEVEL: "4", PARENT: "983974899", "name": "A B"})
    assert (viewer.role, viewer.security_level, viewer.name) == (ViewerRole.CITIZEN, 4, "A B")
    assert viewer.identity_number is not None
    assert viewer.identity_number.value == NUMBER
    assert viewer.identity_number.kind is IdentityNumberKind.NATIONAL
    assert (viewer.organisation, viewer.legal_entity) == (None, None)
    assert viewer.expires_at == datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


def test_an_hpr_number_makes_a_clinician_with_the_attests_words() -> None:
    said = {**SOME, "client_id": "epj", PID: NUMBER, HPR: "9144897"}
    viewer = viewer_of({**said, "authorization_details": [ATTEST]})
    assert (viewer.role, viewer.client_id) == (ViewerRole.CLINICIAN, "epj")
    assert (viewer.profession, viewer.purpose_of_use) == ("SP", "TREAT")
    assert (viewer.organisation, viewer.legal_entity) == ("974795515", "983974899")
    assert viewer.attest is not None
    assert viewer.attest.patient_number.value == NUMBER
    assert (viewer.attest.decision_id, viewer.attest.decision_text) == ("d-1", "Innlagt")
    assert viewer.attest.at == datetime(2026, 11, 22, 22, 53, 20, tzinfo=UTC)


def test_what_the_issuer_has_checked_goes_before_what_is_attested() -> None:
    claims = {**SOME, HPR: "9144897", PARENT: "1", CHILD: "2", "authorization_details": [ATTEST]}
    viewer = viewer_of(claims)
    assert (viewer.organisation, viewer.legal_entity) == ("2", "1")


def test_an_attest_without_a_patient_is_no_relation() -> None:
    attest = {name: value for name, value in ATTEST.items() if name != "patient"}
    assert viewer_of({**SOME, HPR: "9144897", "authorization_details": [attest]}).attest is None


@pytest.mark.parametrize("claim", [PARENT, CHILD, SUPPLIER])
def test_an_organisation_without_a_person_is_a_vendor(claim: str) -> None:
    viewer = viewer_of({"client_id": "machine", "exp": 1795388400, claim: "999000900"})
    assert (viewer.role, viewer.subject) == (ViewerRole.VENDOR, "machine")
    assert viewer.organisation == "999000900"
    assert (viewer.client_id, viewer.is_machine) == ("machine", True)


@pytest.mark.parametrize(
    "claims",
    [
        {PID: NUMBER, "client_id": "app"},
        {PID: NUMBER, "client_id": "app", "sub": "app"},
        {PARENT: "999000900", "client_id": "app"},
        {PARENT: "999000900"},
    ],
)
def test_somebody_who_has_logged_in_is_no_machine(claims: dict[str, Any]) -> None:
    viewer = viewer_of({**SOME, **claims})
    assert viewer.client_id == claims.get("client_id")
    assert not viewer.is_machine


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {PID: "12345678901"},
        {PID: 5},
        {PID: NUMBER, LEVEL: "high"},
        {PID: NUMBER, "exp": 1e300},
        {PID: NUMBER, "authorization_details": "x"},
        {HPR: "1", "authorization_details": [ATTEST]},
        {HPR: "9144897", "authorization_details": {**ATTEST, "practitioner": "x"}},
        {
            HPR: "9144897",
            "authorization_details": {"type": "helseid_authorization", "practitioner_role": 1},
        },
        {HPR: "9144897", "authorization_details": [{**ATTEST, "toa": "now"}]},
        {HPR: "9144897", "authorization_details": [{**ATTEST, "patient": {}}]},
        {
            HPR: "9144897",
            "authorization_details": [{**ATTEST, "patient": {"identifier": {"id": "1"}}}],
        },
    ],
)
def test_claims_that_describe_nobody_are_refused_without_a_value(claims: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated) as caught:
        viewer_of({**SOME, **claims})
    assert NUMBER not in str(caught.value)
    assert "12345678901" not in str(caught.value)


@pytest.mark.parametrize("oid", ["2.16.578.1.12.4.1.4.101", "2.16.578.1.12.4.1.2.101"])
def test_organisations_are_known_under_both_oids(oid: str) -> None:
    attest = attest_of({"id": "983974899", "system": f"urn:oid:{oid}"})
    viewer = viewer_of({**SOME, HPR: "9144897", "authorization_details": [attest]})
    assert (viewer.organisation, viewer.legal_entity) == ("983974899", "983974899")
    asked = asked_for(f"urn:oid:{oid}", "974795515")
    viewer = viewer_of({**SOME, PARENT: "983974899", "authorization_details": [asked]})
    assert (viewer.organisation, viewer.legal_entity) == ("974795515", "983974899")


@pytest.mark.parametrize(
    "organisation",
    [
        {"id": "983974899", "system": "urn:oid:2.16.578.1.12.4.1.4.102"},  # a RESH id
        {"id": "983974899"},
        {"id": "98397489", "system": "urn:oid:2.16.578.1.12.4.1.4.101"},
        {"id": "98397489٩", "system": "urn:oid:2.16.578.1.12.4.1.4.101"},
    ],
)
def test_an_id_of_another_system_is_no_organisation_number(organisation: dict[str, str]) -> None:
    details = [attest_of(organisation)]
    viewer = viewer_of({**SOME, HPR: "9144897", "authorization_details": details})
    assert (viewer.organisation, viewer.legal_entity) == (None, None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("NO:ORGNR:983974899:974795515", ("974795515", "983974899")),
        ("NO:ORGNR:983974899:", ("983974899", "983974899")),
        ("NO:ORGNR:983974899", ("983974899", "983974899")),
        ("NO:ORGNR:123:456", ("999000900", "999000900")),
        ("SE:ORGNR:983974899:974795515", ("999000900", "999000900")),
    ],
)
def test_a_client_of_many_asks_for_parent_and_child_in_one(
    value: str, expected: tuple[str, str]
) -> None:
    # HelseID's samples write this detail without a list around it.
    details = asked_for("urn:oid:1.0.6523", value)
    viewer = viewer_of({**SOME, SUPPLIER: "999000900", "authorization_details": details})
    assert viewer.role is ViewerRole.VENDOR
    assert (viewer.organisation, viewer.legal_entity) == expected


def test_the_issuers_own_claims_go_before_what_the_client_asked_for() -> None:
    details = asked_for("urn:oid:1.0.6523", "NO:ORGNR:111111111:222222222")
    claims = {**SOME, HPR: "9144897", PARENT: "983974899", CHILD: "974795515"}
    viewer = viewer_of({**claims, "authorization_details": [details, ATTEST]})
    assert (viewer.organisation, viewer.legal_entity) == ("974795515", "983974899")


def attest_of(organisation: dict[str, str]) -> dict[str, Any]:
    who = {"hpr_nr": "9144897", "legal_entity": organisation, "point_of_care": organisation}
    return {"type": "nhn:tillitsrammeverk:parameters", "practitioner": who}


def asked_for(system: str, value: str) -> dict[str, Any]:
    identifier = {"system": system, "type": "ENH", "value": value}
    role = {"organization": {"identifier": identifier}}
    return {"type": "helseid_authorization", "practitioner_role": role}


ROLE = {"dbep://claims/role": "personvernombud"}


def test_a_privacy_officer_is_one_of_an_organisation_and_acts_as_nothing_else() -> None:
    officer = viewer_of({**SOME, **ROLE, PARENT: "983974899", PID: NUMBER, HPR: "9144897"})
    assert officer.role is ViewerRole.PRIVACY_OFFICER
    assert (officer.legal_entity, officer.hpr_number) == ("983974899", None)


def test_without_an_organisation_nobody_is_a_privacy_officer() -> None:
    assert viewer_of({**SOME, **ROLE, PID: NUMBER}).role is ViewerRole.CITIZEN
    other = {"dbep://claims/role": "something else"}
    assert viewer_of({**SOME, **other, PARENT: "983974899"}).role is ViewerRole.VENDOR
