"""FHIR R4 resources as the three sources write them, built as plain JSON values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from simulators import organisations as org
from simulators.clinical import Code
from simulators.identity import Number
from simulators.medicines import ATC, FEST_PRODUCT, Medicine
from simulators.people import Person, TeamMember, role_name

Resource = dict[str, Any]  # JSON of whatever shape: what others made is passed on as it came

HPR = "urn:oid:2.16.578.1.12.4.1.4.4"
ORGANISATION_NUMBER = "urn:oid:2.16.578.1.12.4.1.4.101"
PROFESSION = "urn:oid:2.16.578.1.12.4.1.1.9060"
CARE_LEVEL = "urn:oid:2.16.578.1.12.4.1.1.8406"
CONTACT_TYPE = "urn:oid:2.16.578.1.12.4.1.1.8432"
USE = "urn:oid:2.16.578.1.12.4.1.1.9101"
INFORMATION_SOURCE = "urn:oid:2.16.578.1.12.4.1.1.7498"

KJ = "http://nhn.no/kj/fhir/StructureDefinition/"
KJ_CATEGORY = "http://nhn.no/kj/fhir/CodeSystem/KjCriticalInformationCategory"
SFM = "http://ehelse.no/fhir/StructureDefinition/"
NOT_FOR_PATIENT_BEFORE = "http://example.org/fhir/StructureDefinition/notForPatientBefore"
VIRTUAL_SERVICE = "http://hl7.no/fhir/StructureDefinition/no-basis-appointment-virtualService"
BOOKING_TAG = "http://dips.no/fhir/appointment/booking"
HL7 = "http://terminology.hl7.org/CodeSystem/"

CARE_LEVELS = {"1": "Døgnopphold", "2": "Dagbehandling", "3": "Poliklinisk omsorg"}
CONTACT_TYPES = {"1": "Utredning", "2": "Behandling", "3": "Kontroll", "5": "Indirekte kontakt"}
USES = {"fast": "1", "behov": "2", "kur": "3"}
INFORMATION_SOURCES = {
    "1": "Opplyst av pasient eller pårørende",
    "3": "Observert av helsepersonell",
}
CATEGORIES = {
    "2": "Anestesikomplikasjon",
    "4": "Smitte",
    "5": "Kritisk medisinsk tilstand",
    "6": "Pågående behandling eller implantat",
}


def uuid_of(*parts: str | int) -> str:
    """Return the same UUID for the same parts, so that a world can be built again."""
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def oslo(moment: datetime) -> str:
    """Return a local Norwegian time with its offset, without a time zone database."""
    offset = 2 if _last_sunday(moment.year, 3) <= moment < _last_sunday(moment.year, 10) else 1
    return f"{moment.isoformat(timespec='seconds')}+0{offset}:00"


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 2)  # noqa: DTZ001  # local time, whose offset is asked for
    return last - timedelta(days=(last.weekday() + 1) % 7)


def concept(code: Code | None, text: str | None = None) -> Resource:
    """Return a CodeableConcept; without a code it is plain text."""
    if code is None:
        return {"text": text or ""}
    coding = {"system": code.system, "code": code.code, "display": code.text}
    return {"coding": [coding], "text": text or code.text}


def coded(system: str, code: str, display: str | None = None) -> Resource:
    """Return a CodeableConcept of one coding."""
    coding = {"system": system, "code": code}
    return {"coding": [coding | {"display": display} if display else coding]}


def identifier(number: Number) -> Resource:
    """Return a person's identifier."""
    return {"system": number.system, "value": number.value}


def patient(person: Person, resource_id: str | None = None) -> Resource:
    """Return a person as a Patient, as far as is known."""
    name = {"family": person.name.family, "given": person.name.given.split()}
    resource: Resource = {"resourceType": "Patient"}
    if resource_id:
        resource["id"] = resource_id
    resource["identifier"] = [identifier(number) for number in person.numbers]
    resource["name"] = [{key: value for key, value in name.items() if value}]
    resource["gender"] = person.gender
    if person.birth_date:
        resource["birthDate"] = person.birth_date
    if person.deceased:
        resource["deceasedDateTime"] = person.deceased
    return resource


def organisation(number: str) -> Resource:
    """Return an Organization of our region."""
    unit = org.ORGANISATIONS[number]
    resource: Resource = {
        "resourceType": "Organization",
        "id": number,
        "identifier": [{"system": ORGANISATION_NUMBER, "value": number}],
        "name": unit.name,
    }
    if unit.part_of:
        resource["partOf"] = {"reference": f"Organization/{unit.part_of}"}
    return resource


def location_id(unit: str) -> str:
    """Return the id of a unit's place."""
    return f"bor{unit[-5:]}"


def location(unit: str) -> Resource | None:
    """Return where patients of a unit are met, if anywhere."""
    name = org.ORGANISATIONS[unit].location
    return {"resourceType": "Location", "id": location_id(unit), "name": name} if name else None


def role_id(member: TeamMember) -> str:
    """Return the id of a member's PractitionerRole."""
    return f"prr{member.hpr}" if member.hpr else f"prr{uuid_of('role', member.name)[:8]}"


def practitioner_role(member: TeamMember) -> Resource:
    """Return a team member as a PractitionerRole."""
    practitioner: Resource = {"display": member.name}
    if member.hpr:
        practitioner = {"identifier": {"system": HPR, "value": member.hpr}, "display": member.name}
    resource: Resource = {
        "resourceType": "PractitionerRole",
        "id": role_id(member),
        "practitioner": practitioner,
        "organization": _employer(member),
    }
    if member.role.code:
        resource["code"] = [coded(PROFESSION, member.role.code, role_name(member.role.code))]
    if member.phone:
        resource["telecom"] = [{"system": "phone", "value": member.phone, "use": "work"}]
    return resource


def _employer(member: TeamMember) -> Resource:
    number = member.unit_number or member.organisation.number
    name = member.unit or member.organisation.name
    if not number:
        return {"display": name}
    return {
        "reference": f"Organization/{number}",
        "identifier": {"system": ORGANISATION_NUMBER, "value": number},
        "display": name,
    }


def recorder(member: TeamMember) -> Resource:
    """Return who recorded something, as kjernejournal contains it."""
    role = practitioner_role(member)
    role.pop("telecom", None)
    role["organization"].pop("reference", None)
    return role | {"id": "recorderRef"}


def critical_frame(
    person: Person, profile: str, key: str, recorded: date, by: TeamMember, told_by: str
) -> Resource:
    """Return what kjernejournal's two kinds of resource share."""
    at = datetime.combine(recorded, datetime.min.time()) + timedelta(hours=9, minutes=14)
    return {
        "id": uuid_of(person.id, key),
        "meta": {"lastUpdated": oslo(at), "profile": [KJ + profile]},
        "contained": [recorder(by)],
        "extension": [
            {
                "url": f"{KJ}KjSourceOfInformation",
                "valueCoding": {
                    "system": INFORMATION_SOURCE,
                    "code": told_by,
                    "display": INFORMATION_SOURCES[told_by],
                },
            }
        ],
        "recordedDate": recorded.isoformat(),
        "recorder": {"reference": "#recorderRef"},
    }


def product(medicine: Medicine, key: str) -> Resource:
    """Return a Medication with its FEST id, ATC code and name with strength."""
    return {
        "resourceType": "Medication",
        "id": uuid_of(key, medicine.name),
        "meta": {"profile": [f"{SFM}sfm-Medication"]},
        "code": {
            "coding": [
                {"system": FEST_PRODUCT, "code": medicine.fest_id, "display": medicine.name},
                {"system": ATC, "code": medicine.atc, "display": medicine.substance},
            ],
            "text": medicine.name,
        },
        "form": {"text": medicine.form},
    }


def subject_uuid(person: Person) -> str:
    """Return what a person's Patient is called in a medicine bundle."""
    return uuid_of(person.id, "subject")
