from __future__ import annotations

import pytest

from domain.writing.validation import faults_of
from tests.contents import a_content


@pytest.mark.parametrize(
    ("change", "value", "code", "path"),
    [
        ("emergencyText", "", "BLANK", "emergencyText"),
        ("measurements__0__observable__text", "", "REQUIRED", "measurements[0].observable.text"),
        ("measurements__0__unit", "l/s", "WRONG_UNIT", "measurements[0].unit"),
        ("measurements__0__timing", "", "BLANK", "measurements[0].timing"),
        ("measurements__0__everyHours", -1.0, "NOT_POSITIVE", "measurements[0].everyHours"),
        ("measurements__0__everyHours", 9000.0, "OUT_OF_RANGE", "measurements[0].everyHours"),
        ("measurements__0__note", "", "BLANK", "measurements[0].note"),
        ("medicines__0__id", "l 1", "BAD_ID", "medicines[0].id"),
        ("medicines__0__instruction", "", "REQUIRED", "medicines[0].instruction"),
        ("medicines__0__dose", "5\nmg", "LINE_BREAK", "medicines[0].dose"),
        ("medicines__0__medicine__code", None, "INCOMPLETE_CODE", "medicines[0].medicine"),
        (
            "receiver__organisationNumber",
            "",
            "BAD_ORGANISATION_NUMBER",
            "receiver.organisationNumber",
        ),
    ],
)
def test_one_change_makes_one_fault(change: str, value: object, code: str, path: str) -> None:
    (fault,) = faults_of(a_content(**{f"selfCare__{change}": value}))
    assert (fault.code.name, fault.path) == (code, f"content.selfCare.{path}")


def test_a_blood_pressure_is_measured_whole() -> None:
    panel = {"text": "Blodtrykk", "system": "http://loinc.org", "code": "85354-9"}
    measurement = {"id": "m9", "observable": panel, "unit": "mm[Hg]"}
    assert faults_of(a_content(selfCare__measurements=[measurement])) == ()
