"""Imported allergies and severe conditions, as kjernejournal would serve them."""

from __future__ import annotations

from simulators import fhir
from simulators.fhir import KJ, Resource
from simulators.ndjson import Folder, code_of, name_of, picked
from simulators.people import Person

_NO_KNOWN = {"716186003", "409137002", "428607008", "429625007"}
_SEVERE = {"24484000", "severe"}


def allergy_of(resource: Resource, person: Person, folder: Folder) -> Resource | None:
    """Return a registration; a statement that no allergy is known is not one."""
    code = resource["code"]
    if code_of(code) in _NO_KNOWN or str(code.get("text", "")).lower().startswith("no known"):
        folder.left_out["AllergyIntolerance that says that none is known"] += 1
        return None
    kept = picked(
        resource,
        "clinicalStatus",
        "verificationStatus",
        "type",
        "category",
        "criticality",
        "reaction",
        "recordedDate",
        "note",
    )
    owner = {"patient": {"identifier": fhir.identifier(person.number)}}
    return _registered(resource, "KjAllergyIntolerance", folder) | kept | owner | {"code": code}


def condition_of(resource: Resource, person: Person, folder: Folder) -> Resource | None:
    """Return an active condition marked as severe; the others are problems, not critical."""
    severity = resource.get("severity") or {}
    is_severe = code_of(severity) in _SEVERE or str(severity.get("text", "")).lower() == "severe"
    if not is_severe or code_of(resource.get("clinicalStatus")) != "active":
        return None
    kept = picked(resource, "clinicalStatus", "verificationStatus", "recordedDate", "note")
    category = fhir.coded(fhir.KJ_CATEGORY, "5", fhir.CATEGORIES["5"])
    return (
        _registered(resource, "KjConditionCriticalMedicalCondition", folder)
        | kept
        | {
            "category": [category],
            "code": resource["code"],
            "subject": {"identifier": fhir.identifier(person.number)},
        }
    )


def _registered(resource: Resource, profile: str, folder: Folder) -> Resource:
    frame: Resource = {
        "resourceType": resource["resourceType"],
        "id": fhir.uuid_of("imported", resource["resourceType"], resource["id"]),
        "meta": {"profile": [KJ + profile]},
    }
    reference = resource.get("recorder") or {}
    practitioner = folder.find(reference.get("reference")) or {}
    name = reference.get("display") or name_of(practitioner)
    if name:
        role = {"resourceType": "PractitionerRole", "id": "recorderRef"}
        frame["contained"] = [role | {"practitioner": {"display": name}}]
        frame["recorder"] = {"reference": "#recorderRef"}
    return frame
