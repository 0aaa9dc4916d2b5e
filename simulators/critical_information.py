"""Critical information as kjernejournal keeps it: allergies and critical conditions."""

from __future__ import annotations

from datetime import date

from simulators import fhir
from simulators.clinical import Allergy, Critical
from simulators.fhir import HL7, Resource
from simulators.people import Person, TeamMember

_CERTAINTIES = {"confirmed": "Bekreftet", "presumed": "Antatt", "refuted": "Avkreftet"}
_VERIFICATION = {"presumed": "http://nhn.no/kj/fhir/CodeSystem/KjVerificationStatus"}


def allergy_resource(
    person: Person,
    allergy: Allergy,
    recorded: date,
    by: TeamMember,
    *,
    clinical: str = "active",
    verification: str = "confirmed",
    note: str | None = None,
) -> Resource:
    """Return an AllergyIntolerance with kjernejournal's profile."""
    told_by = "1" if verification == "presumed" else "3"
    frame = fhir.critical_frame(
        person, "KjAllergyIntolerance", f"allergy/{allergy.text}", recorded, by, told_by
    )
    verification_system = f"{HL7}allergyintolerance-verification"
    resource: Resource = {
        "resourceType": "AllergyIntolerance",
        **frame,
        "clinicalStatus": fhir.coded(f"{HL7}allergyintolerance-clinical", clinical),
        "verificationStatus": fhir.coded(
            _VERIFICATION.get(verification, verification_system),
            verification,
            _CERTAINTIES.get(verification),
        ),
        "type": "allergy",
        "category": [allergy.category],
        "criticality": "high" if allergy.severe else "low",
        "code": fhir.concept(allergy.code, allergy.text),
        "patient": {"identifier": fhir.identifier(person.number)},
        "reaction": [
            {
                "manifestation": [fhir.concept(allergy.reaction)],
                "severity": "severe" if allergy.severe else "mild",
            }
        ],
    }
    return resource | ({"note": [{"text": note}]} if note else {})


def condition_resource(
    person: Person, critical: Critical, recorded: date, by: TeamMember
) -> Resource:
    """Return a Condition with kjernejournal's profile and category."""
    frame = fhir.critical_frame(
        person,
        "KjConditionCriticalMedicalCondition",
        f"condition/{critical.text}",
        recorded,
        by,
        "3",
    )
    resource: Resource = {
        "resourceType": "Condition",
        **frame,
        "clinicalStatus": fhir.coded(f"{HL7}condition-clinical", "active"),
        "verificationStatus": fhir.coded(f"{HL7}condition-ver-status", "confirmed"),
        "category": [
            fhir.coded(fhir.KJ_CATEGORY, critical.category, fhir.CATEGORIES[critical.category])
        ],
        "code": fhir.concept(critical.code, critical.text),
        "subject": {"identifier": fhir.identifier(person.number)},
    }
    return resource | ({"note": [{"text": critical.note}]} if critical.note else {})
