"""A caller, patients and a clock for questions to sources."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from domain.access.subject import Gender, Subject
from domain.caller import AccessBasis, Caller
from domain.identity_number import IdentityNumber, kind_of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NORA = "20811590267"
ARNE = "02834530190"
EMIL = "11852290341"

_PAYLOADS = Path(__file__).parents[1] / "payloads"


def clock() -> datetime:
    return NOW


def payload(name: str) -> bytes:
    return (_PAYLOADS / f"{name}.json").read_bytes()


def a_caller(**changes: Any) -> Caller:
    known: dict[str, Any] = {
        "event_id": "3f0a6f6e-08a5",
        "at": NOW,
        "access_basis": AccessBasis.UNNTAK,
        "hpr_number": "9144897",
        "profession": "SP",
        "legal_entity": "983974899",
        "point_of_care": "974795515",
    }
    return Caller(**known | changes)


def a_subject(*numbers: str, **changes: Any) -> Subject:
    known: dict[str, Any] = {
        "patient_id": f"patient-of-{'-'.join(numbers)[-4:]}",
        "numbers": tuple(IdentityNumber(value=n, kind=kind_of(n)) for n in numbers),
        "given_name": "Nora",
        "family_name": "Fjell",
        "birth_date": date(2015, 1, 20),
        "gender": Gender.FEMALE,
    }
    return Subject(**known | changes)
