"""A medicine list as SFM keeps it: statements, their products and their chains of renewals."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from simulators import fhir
from simulators.clinical import Prescription
from simulators.fhir import SFM, Resource
from simulators.people import Person

YEAR = timedelta(days=365)


class Entry(msgspec.Struct, kw_only=True):
    """One treatment: when it was prescribed, by whom, and what became of it."""

    prescription: Prescription
    dosage: str
    prescribed: date
    by: str
    started: date | None = None
    renewed_from: date | None = None
    status: str = "active"
    ended: date | None = None
    refills: int = 3
    locked: bool = False
    hidden_from_guardians: bool = False
    in_pll: bool = True


def statements(person: Person, number: int, entry: Entry) -> list[Resource]:
    """Return a treatment's statements: the head of the chain and, if it was renewed, its tail."""
    head = _statement(person, number, entry)
    if entry.renewed_from is None:
        return [head]
    tail = _statement(person, number, _before(entry), part="tail")
    tail["partOf"] = [{"reference": f"urn:uuid:{head['id']}"}]
    return [head, tail]


def product_of(person: Person, entry: Entry) -> Resource:
    """Return the Medication that an entry's statements point to."""
    return fhir.product(entry.prescription.product, person.id)


def is_locked(statement: Resource) -> bool:
    """Tell whether a prescription is locked."""
    return any(
        part.get("url") == "lockedresept" and part.get("valueBoolean") is True
        for extension in statement.get("extension", ())
        for part in extension.get("extension", ())
    )


def _before(entry: Entry) -> Entry:
    renewed = entry.renewed_from or entry.prescribed
    return msgspec.structs.replace(
        entry,
        prescribed=renewed,
        started=renewed,
        renewed_from=None,
        status="completed",
        ended=entry.prescribed - timedelta(days=1),
        in_pll=False,
    )


def _statement(person: Person, number: int, entry: Entry, part: str = "head") -> Resource:
    key = fhir.uuid_of(person.id, "statement", number, part)
    resource: Resource = {
        "resourceType": "MedicationStatement",
        "id": key,
        "meta": {"profile": [f"{SFM}sfm-MedicationStatement"]},
        "extension": [_amendment(entry)],
        "identifier": _identifiers(person, number, part, entry),
        "status": entry.status,
        "medicationReference": {"reference": f"urn:uuid:{product_of(person, entry)['id']}"},
        "subject": {"reference": f"urn:uuid:{fhir.subject_uuid(person)}"},
        "effectivePeriod": _period(entry),
        "informationSource": {"display": entry.by},
        "dosage": [_dosage(entry)],
    }
    if entry.prescription.code:
        resource["reasonCode"] = [fhir.concept(entry.prescription.code)]
    return resource


def _identifiers(person: Person, number: int, part: str, entry: Entry) -> list[Resource]:
    kinds = {"PLL": f"pll/{number}"} if entry.in_pll else {}
    kinds |= {"ReseptId": f"resept/{number}/{part}", "TreatmentId": f"treatment/{number}"}
    return [
        {"type": {"text": kind}, "value": fhir.uuid_of(person.id, key)}
        for kind, key in kinds.items()
    ]


def _period(entry: Entry) -> Resource:
    period = {"start": (entry.started or entry.prescribed).isoformat()}
    return period | ({"end": entry.ended.isoformat()} if entry.ended else {})


def _amendment(entry: Entry) -> Resource:
    parts: list[Resource] = [
        {"url": "reseptdate", "valueDate": entry.prescribed.isoformat()},
        {"url": "expirationdate", "valueDate": (entry.prescribed + YEAR).isoformat()},
        {"url": "reit", "valueString": str(entry.refills)},
        {"url": "lockedresept", "valueBoolean": entry.locked},
        {"url": "guardiantransparencyreservation", "valueBoolean": entry.hidden_from_guardians},
    ]
    return {"url": f"{SFM}sfm-reseptamendment", "extension": parts}


def _dosage(entry: Entry) -> Resource:
    prescription = entry.prescription
    reason = {"url": "text", "valueString": prescription.reason}
    extensions: list[Resource] = [
        {"url": f"{SFM}sfm-application-area", "extension": [reason]},
        {"url": f"{SFM}sfm-use", "valueCodeableConcept": _use(prescription.use)},
    ]
    if prescription.short:
        short = {"text": prescription.short}
        extensions.append({"url": f"{SFM}sfm-shortdosage", "valueCodeableConcept": short})
    return {"extension": extensions, "sequence": 1, "text": entry.dosage}


def _use(use: str) -> Resource:
    return fhir.coded(fhir.USE, fhir.USES[use], use.capitalize()) | {"text": use}
