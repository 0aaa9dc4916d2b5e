"""Imported prescriptions and statements, as the medication source would list them.

Prescriptions of the same medicine with the same dosage are a chain of renewals, as SFM makes one:
the newest is the head, the older are completed and part of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

import msgspec

from simulators import fhir
from simulators.fhir import SFM, Resource
from simulators.ndjson import Folder, first, name_of, picked
from simulators.people import Person

# What a prescription's state is called in a statement; others keep their name.
_STATUS = {"cancelled": "stopped", "draft": "intended"}


def medicines_of(
    person: Person, owned: dict[str, list[Resource]], folder: Folder
) -> dict[str, list[Resource]]:
    """Return a patient's MedicationStatements and the Medications they point to."""
    made = [
        folder.attempt(kind, partial(_made_of, source, person, folder))
        for kind in ("MedicationRequest", "MedicationStatement")
        for source in owned.get(kind, ())
    ]
    pairs = [pair for pair in made if pair is not None]
    statements = [statement for statement, _ in pairs]
    products = {product["id"]: product for _, product in pairs}
    _chain(statements)
    return {"MedicationStatement": statements, "Medication": list(products.values())}


def _made_of(source: Resource, person: Person, folder: Folder) -> tuple[Resource, Resource]:
    product = _product(source, person, folder)
    return _statement(source, person, product, folder), product


def _product(source: Resource, person: Person, folder: Folder) -> Resource:
    concept = source.get("medicationCodeableConcept")
    form = None
    if concept is None:
        medication = _referred(source, folder)
        concept, form = medication["code"], medication.get("form")
    if not isinstance(concept, dict):
        raise TypeError("a medicine without a concept")
    product: Resource = {
        "resourceType": "Medication",
        "id": fhir.uuid_of(person.id, "product", _text(concept)),
        "meta": {"profile": [f"{SFM}sfm-Medication"]},
        "code": concept,
    }
    return product | ({"form": form} if form else {})


def _referred(source: Resource, folder: Folder) -> Resource:
    reference = source["medicationReference"]["reference"]
    if reference.startswith("#"):
        return next(r for r in source["contained"] if f"#{r['id']}" == reference)
    found = folder.find(reference)
    if found is None:
        raise KeyError("a medicine that is not in the folder")
    return found


def _statement(source: Resource, person: Person, product: Resource, folder: Folder) -> Resource:
    key = f"{source['resourceType']}/{source['id']}"
    status = source["status"]
    statement: Resource = {
        "resourceType": "MedicationStatement",
        "id": fhir.uuid_of(person.id, key),
        "meta": {"profile": [f"{SFM}sfm-MedicationStatement"]},
        "identifier": [
            {"type": {"text": "PLL"}, "value": fhir.uuid_of(person.id, "pll", key)},
            {"type": {"text": "ReseptId"}, "value": source["id"]},
        ],
        "status": _STATUS.get(status, status),
        "medicationReference": {"reference": f"urn:uuid:{product['id']}"},
        "subject": {"reference": f"urn:uuid:{fhir.subject_uuid(person)}"},
    }
    statement |= _period(source) | picked(source, "reasonCode") | _amendment(source)
    if "reasonCode" not in statement and (reason := _reason(source, folder)):
        statement["reasonCode"] = [reason]
    if by := _prescriber(source, folder):
        statement["informationSource"] = {"display": by}
    if dosage := source.get("dosageInstruction") or source.get("dosage"):
        statement["dosage"] = [_dosage(number, each) for number, each in enumerate(dosage, 1)]
    return statement


def _period(source: Resource) -> Resource:
    if "effectivePeriod" in source:
        return {"effectivePeriod": picked(source["effectivePeriod"], "start", "end")}
    started = source.get("effectiveDateTime") or source.get("authoredOn")
    return {"effectivePeriod": {"start": started}} if started else {}


def _amendment(source: Resource) -> Resource:
    dispense = source.get("dispenseRequest") or {}
    expires = (dispense.get("validityPeriod") or {}).get("end")
    repeats = dispense.get("numberOfRepeatsAllowed")
    parts: list[Resource] = []
    if authored := source.get("authoredOn"):
        parts.append({"url": "reseptdate", "valueDate": authored[:10]})
    if expires:
        parts.append({"url": "expirationdate", "valueDate": expires[:10]})
    if repeats is not None:
        parts.append({"url": "reit", "valueString": str(repeats)})
    return (
        {"extension": [{"url": f"{SFM}sfm-reseptamendment", "extension": parts}]} if parts else {}
    )


def _reason(source: Resource, folder: Folder) -> Resource | None:
    condition = folder.find(first(source.get("reasonReference")).get("reference"))
    return condition.get("code") if condition else None


def _prescriber(source: Resource, folder: Folder) -> str | None:
    reference = source.get("requester") or source.get("informationSource") or {}
    return reference.get("display") or name_of(folder.find(reference.get("reference")) or {})


def _dosage(number: int, dosage: Resource) -> Resource:
    text = dosage.get("text") or dosage.get("patientInstruction")
    kept = {"sequence": dosage.get("sequence", number)} | ({"text": text} if text else {})
    if dosage.get("asNeededBoolean") is True:
        use = fhir.coded(fhir.USE, fhir.USES["behov"], "Behov") | {"text": "behov"}
        kept["extension"] = [{"url": f"{SFM}sfm-use", "valueCodeableConcept": use}]
    return kept


def _chain(statements: Iterable[Resource]) -> None:
    chains: dict[tuple[str, bytes], list[Resource]] = defaultdict(list)
    for statement in statements:
        if statement["status"] == "active":
            product = statement["medicationReference"]["reference"]
            texts = msgspec.json.encode(statement.get("dosage"))
            chains[product, texts].append(statement)
    for chain in chains.values():
        chain.sort(key=_started, reverse=True)
        head = {"reference": f"urn:uuid:{chain[0]['id']}"}
        for tail in chain[1:]:
            tail["status"] = "completed"
            tail["partOf"] = [head]
            del tail["identifier"][0]


def _started(statement: Resource) -> str:
    return str(statement.get("effectivePeriod", {}).get("start", ""))


def _text(concept: Resource) -> str:
    coding = first(concept.get("coding"))
    return f"{coding.get('system')}|{coding.get('code')}|{concept.get('text')}"
