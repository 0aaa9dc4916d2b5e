"""What a hospital holds about a patient's contacts: appointments, care teams and documents."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from simulators import fhir
from simulators import organisations as org
from simulators.clinical import Code, Meeting
from simulators.fhir import Resource
from simulators.people import Person, TeamMember, role_name


class Visit(msgspec.Struct, kw_only=True):
    """One appointment: a planned meeting, when and with whom."""

    meeting: Meeting
    start: datetime | None
    by: TeamMember | None = None
    status: str = "booked"
    online: bool = False


def appointment(person: Person, resource_id: str, visit: Visit) -> Resource:
    """Return an Appointment with DIPS's codings and participants."""
    meeting = visit.meeting
    resource: Resource = {
        "resourceType": "Appointment",
        "id": resource_id,
        "meta": {"tag": [_booking(visit.online)]},
        "status": visit.status,
        "serviceType": [fhir.concept(meeting.service)],
        "appointmentType": _kind(meeting),
        "description": meeting.description,
        "participant": _participants(person, visit),
    }
    if visit.start:
        end = visit.start + timedelta(minutes=meeting.minutes)
        resource |= {"start": fhir.oslo(visit.start), "end": fhir.oslo(end)}
    if meeting.instruction:
        resource["patientInstruction"] = meeting.instruction
    if meeting.is_virtual:
        resource["extension"] = [{"url": fhir.VIRTUAL_SERVICE, "valueString": "Video"}]
    return resource


def care_team(
    person: Person, resource_id: str, name: str, team: list[TeamMember], owner: str
) -> Resource:
    """Return a CareTeam whose members point to PractitionerRoles."""
    managing = {"reference": f"Organization/{owner}", "display": org.ORGANISATIONS[owner].name}
    return {
        "resourceType": "CareTeam",
        "id": resource_id,
        "status": "active",
        "name": name,
        "subject": {"reference": f"Patient/{person.id}"},
        "managingOrganization": [managing],
        "participant": [_member(member) for member in team],
    }


def document(
    person: Person, resource_id: str, kind: Code, title: str, at: datetime, by: TeamMember
) -> Resource:
    """Return a DocumentReference: what the document is, not its text."""
    custodian = {
        "reference": f"Organization/{org.HOSPITAL}",
        "display": org.ORGANISATIONS[org.HOSPITAL].name,
    }
    return {
        "resourceType": "DocumentReference",
        "id": resource_id,
        "status": "current",
        "type": fhir.concept(kind),
        "subject": {"reference": f"Patient/{person.id}"},
        "date": fhir.oslo(at),
        "description": title,
        "author": [{"reference": _role(by), "display": by.name}],
        "custodian": custodian,
        "content": [
            {"attachment": {"contentType": "application/pdf", "title": f"{title} {at:%d.%m.%Y}"}}
        ],
    }


def _booking(online: bool) -> Resource:
    return {
        "system": fhir.BOOKING_TAG,
        "code": "OnlineBookable" if online else "NotOnlineBookable",
    }


def _kind(meeting: Meeting) -> Resource:
    level = fhir.coded(fhir.CARE_LEVEL, meeting.level, fhir.CARE_LEVELS.get(meeting.level))
    contact = fhir.coded(
        fhir.CONTACT_TYPE, meeting.contact, fhir.CONTACT_TYPES.get(meeting.contact)
    )
    return {"coding": [*level["coding"], *contact["coding"]]}


def _participants(person: Person, visit: Visit) -> list[Resource]:
    actors = [f"Patient/{person.id}"]
    if not visit.meeting.is_virtual and org.ORGANISATIONS[visit.meeting.unit].location:
        actors.append(f"Location/{fhir.location_id(visit.meeting.unit)}")
    if visit.by:
        actors.append(_role(visit.by))
    return [{"actor": {"reference": actor}, "status": "accepted"} for actor in actors]


def _member(member: TeamMember) -> Resource:
    role: Resource = {"text": member.role.text}
    if member.role.code:
        role = fhir.coded(fhir.PROFESSION, member.role.code, role_name(member.role.code)) | role
    resource: Resource = {
        "role": [role],
        "member": {"reference": _role(member), "display": member.name},
    }
    return resource | ({"period": {"start": member.since}} if member.since else {})


def _role(member: TeamMember) -> str:
    return f"PractitionerRole/{fhir.role_id(member)}"
