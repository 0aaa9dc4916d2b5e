from __future__ import annotations

import json
from urllib.parse import unquote

import pytest

from connectors.attest import attest_headers, event_id_of, user_role
from domain.caller import Representation
from tests.connectors.asking import NOW, a_caller


def attest(**changes: object) -> dict[str, object]:
    decoded: dict[str, object] = json.loads(
        unquote(attest_headers(a_caller(**changes))["nhn-attest"])
    )
    return decoded


def test_health_personnel_attest_who_where_and_why() -> None:
    assert attest(decision_id="d-1", decision_text="Oppfølging") == {
        "practitioner": {
            "hpr_nr": "9144897",
            "authorization": {"code": "SP", "system": "urn:oid:2.16.578.1.12.4.1.1.9060"},
            "legal_entity": {"id": "983974899", "system": "urn:oid:2.16.578.1.12.4.1.4.101"},
            "point_of_care": {"id": "974795515", "system": "urn:oid:2.16.578.1.12.4.1.4.101"},
        },
        "care_relation": {
            "purpose_of_use": {"code": "TREAT", "system": "urn:oid:2.16.840.1.113883.1.11.20448"},
            "decision_ref": {"id": "d-1", "description": "Oppfølging"},
        },
        "toa": int(NOW.timestamp()),
    }


def test_a_citizen_says_for_whom_and_nothing_of_a_practitioner() -> None:
    told = attest(representation=Representation.PARENT)
    assert told["citizen"] == {"representation": "PARENT"}
    assert "practitioner" not in told


def test_a_machine_says_its_legal_entity() -> None:
    told = attest(system_organisation="999999999")
    assert told["system"] == {
        "legal_entity": {"id": "999999999", "system": "urn:oid:2.16.578.1.12.4.1.4.101"}
    }
    assert "practitioner" not in told


def test_headers_are_made_once_for_an_operation() -> None:
    assert attest_headers(a_caller()) is attest_headers(a_caller())


def test_a_role_is_encoded_for_a_header() -> None:
    assert json.loads(unquote(user_role("LE"))) == {
        "system": "urn:oid:2.16.578.1.12.4.1.1.9060",
        "code": "LE",
    }


@pytest.mark.parametrize("event_id", ["a\r\nx: y", "æ" * 200, "x" * 500])
def test_an_event_id_fits_a_header(event_id: str) -> None:
    fitted = event_id_of(a_caller(event_id=event_id))
    assert fitted.isascii()
    assert fitted.isprintable()
    assert len(fitted) <= 128
