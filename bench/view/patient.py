"""Who a patient is."""

from __future__ import annotations

from datetime import datetime

from bench.view.value import View, iso
from domain.access.patient import Patient
from domain.access.relation import Relation


def identity(patient: Patient, relation: Relation | None, now: datetime) -> View:
    """Return who the patient is and what access rests on."""
    return {
        "id": patient.id,
        "name": patient.name,
        "birthDate": patient.birth_date.isoformat(),
        "age": patient.age_on(now.date()),
        "gender": patient.gender.name,
        "identityNumbers": [
            {"value": number.value, "kind": number.kind.name} for number in patient.identity_numbers
        ],
        "access": relation
        and {
            "basis": relation.basis.name,
            "origin": relation.origin,
            "since": relation.since.isoformat(),
            "until": iso(relation.until),
        },
    }
