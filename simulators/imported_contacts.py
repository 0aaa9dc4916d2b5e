"""Imported meetings, care teams and documents, as the hospital would serve them."""

from __future__ import annotations

from simulators.fhir import HL7, Resource
from simulators.ndjson import Folder, checked, code_of, first, name_of, picked, resource_key
from simulators.people import Employer, Person, Role, TeamMember

# What an encounter's state is called on the appointment that it was.
_STATUS = {
    "planned": "booked",
    "triaged": "arrived",
    "in-progress": "arrived",
    "onleave": "arrived",
    "finished": "fulfilled",
}
_WITHHELD_LABELS = {"R", "V", "NORS"}


class Contacts:
    """Turns a folder's resources into served ones, listing the people and places they point to."""

    def __init__(self, folder: Folder, directory: dict[str, Resource]) -> None:
        self._folder = folder
        self._directory = directory
        self._roles = {
            role.get("practitioner", {}).get("reference"): role
            for role in folder.of("PractitionerRole")
            if isinstance(role.get("practitioner"), dict)
        }

    def appointment(self, source: Resource, person: Person) -> Resource:
        """Return an Appointment, or an Encounter as the appointment that it was."""
        if source["resourceType"] == "Encounter":
            return self._from_encounter(source, person)
        kept = picked(
            source, "status", "serviceType", "appointmentType", "description", "start", "end",
            "patientInstruction", "meta",
        )  # fmt: skip
        actors = [each.get("actor") or {} for each in source["participant"]]
        return self._appointment(source, person, kept, actors)

    def care_team(self, source: Resource, person: Person) -> Resource | None:
        """Return a CareTeam, or an Encounter's participants as the team of that contact."""
        if source["resourceType"] == "Encounter":
            return self._team_of_encounter(source, person)
        members = [
            self._member(each.get("member") or {}, each) for each in source.get("participant", ())
        ]
        team = self._team(source, person, [member for member in members if member])
        team |= picked(source, "status", "name", "period")
        owners = [self._organisation(each) for each in source.get("managingOrganization", ())]
        return team | {"managingOrganization": [owner for owner in owners if owner]}

    def document(self, source: Resource, person: Person) -> Resource | None:
        """Return a DocumentReference without its text; a confidential one is only counted."""
        labels = {code_of(label) for label in source.get("securityLabel", ())}
        if labels & _WITHHELD_LABELS:
            person.sources.withheld_documents += 1
            return None
        authors = [self._person_in(each) for each in source.get("author", ())]
        custodian = self._organisation(source.get("custodian") or {})
        attachments = [each["attachment"] for each in source["content"]]
        document: Resource = {
            "resourceType": "DocumentReference",
            "id": resource_key("ako", source["id"]),
            "subject": {"reference": f"Patient/{person.id}"},
            "author": [author for author in authors if author],
            "content": [{"attachment": picked(a, "contentType", "title")} for a in attachments],
        }
        document |= picked(source, "status", "type", "date", "description")
        return document | ({"custodian": custodian} if custodian else {})

    def members(self, teams: list[Resource]) -> list[TeamMember]:
        """Return the newest team's members; active teams come before ended ones."""
        ranked = sorted(
            teams,
            key=lambda t: (t.get("status") == "active", t.get("period", {}).get("start", "")),
        )
        return [self._team_member(p) for p in ranked[-1]["participant"]] if ranked else []

    def _from_encounter(self, source: Resource, person: Person) -> Resource:
        status = source["status"]
        kept: Resource = {"status": _STATUS.get(status, status)}
        if service := source.get("serviceType"):
            kept["serviceType"] = [service]
        if contact := source.get("class"):
            kept["appointmentType"] = {"coding": [{"system": f"{HL7}v3-ActCode"} | contact]}
        if description := self._why(source):
            kept["description"] = description
        kept |= picked(source.get("period") or {}, "start", "end")
        actors = [each.get("individual") or {} for each in source.get("participant", ())]
        actors += [each.get("location") or {} for each in source.get("location", ())]
        return self._appointment(source, person, kept, actors)

    def _why(self, source: Resource) -> str | None:
        concepts = [*source.get("reasonCode", ()), *source.get("type", ())]
        texts = [c.get("text") or first(c.get("coding")).get("display") for c in concepts]
        return next((text for text in texts if text), None)

    def _appointment(
        self, source: Resource, person: Person, kept: Resource, actors: list[Resource]
    ) -> Resource:
        served = [self._person_in(actor) or self._place(actor) for actor in actors]
        known = {actor.get("reference") or actor["display"]: actor for actor in served if actor}
        participants = [{"reference": f"Patient/{person.id}"}, *known.values()]
        return {
            "resourceType": "Appointment",
            "id": resource_key("ahi", source["id"]),
            **kept,
            "participant": [{"actor": actor, "status": "accepted"} for actor in participants],
        }

    def _team_of_encounter(self, source: Resource, person: Person) -> Resource | None:
        found = [self._member(p.get("individual") or {}, {}) for p in source.get("participant", ())]
        members = {member["member"]["display"]: member for member in found if member}
        if not members:
            return None
        is_over = source["status"] in ("finished", "cancelled", "entered-in-error")
        team = self._team(source, person, list(members.values()))
        return team | {"status": "inactive" if is_over else "active"} | picked(source, "period")

    def _team(self, source: Resource, person: Person, members: list[Resource]) -> Resource:
        return {
            "resourceType": "CareTeam",
            "id": resource_key("cte", source["id"]),
            "subject": {"reference": f"Patient/{person.id}"},
            "participant": members,
        }

    def _member(self, reference: Resource, participant: Resource) -> Resource | None:
        member = self._person_in(reference)
        return picked(participant, "role", "period") | {"member": member} if member else None

    def _team_member(self, participant: Resource) -> TeamMember:
        role = first(participant.get("role"))
        member = participant["member"]
        listed = self._directory.get(member.get("reference", ""), {})
        text = role.get("text") or first(role.get("coding")).get("display") or ""
        employer = listed.get("organization", {}).get("display") or ""
        role_text, organisation = Role(text=text), Employer(name=employer)
        return checked(
            TeamMember(name=member["display"], role=role_text, organisation=organisation)
        )

    def _person_in(self, reference: Resource) -> Resource | None:
        """Return a served reference to a practitioner, who is listed as a PractitionerRole."""
        found = self._folder.find(reference.get("reference"))
        if found and found["resourceType"] == "PractitionerRole":
            return self._listed_role(found["practitioner"], found)
        if found and found["resourceType"] == "Practitioner":
            practitioner = {"reference": f"Practitioner/{found['id']}", "display": name_of(found)}
            return self._listed_role(practitioner, self._roles.get(practitioner["reference"]))
        is_person = str(reference.get("reference", "")).startswith("Practitioner")
        return picked(reference, "display") or None if is_person else None

    def _listed_role(self, practitioner: Resource, role: Resource | None) -> Resource | None:
        found = self._folder.find(practitioner.get("reference")) or {}
        display = practitioner.get("display") or name_of(found)
        if not display:
            return None
        key = resource_key("prr", str(practitioner.get("reference") or display))
        served: Resource = {
            "resourceType": "PractitionerRole",
            "id": key,
            "practitioner": {"display": display},
        }
        role = role or {}
        served |= picked(role, "code") | picked(found, "telecom")
        if organisation := self._organisation(role.get("organization") or {}):
            served["organization"] = organisation
        self._directory.setdefault(f"PractitionerRole/{key}", served)
        return {"reference": f"PractitionerRole/{key}", "display": display}

    def _place(self, reference: Resource) -> Resource | None:
        found = self._folder.find(reference.get("reference"))
        if not found or found["resourceType"] != "Location":
            return None
        key = resource_key("bor", found["id"])
        served = {"resourceType": "Location", "id": key} | picked(found, "name", "telecom")
        self._directory.setdefault(f"Location/{key}", served)
        return {"reference": f"Location/{key}"} | picked(reference, "display")

    def _organisation(self, reference: Resource) -> Resource | None:
        """Return a served reference; to one that is not in the folder, its name if it has one."""
        found = self._folder.find(reference.get("reference"))
        if not found or found["resourceType"] != "Organization":
            return picked(reference, "display") or None
        key = resource_key("org", found["id"])
        served = {"resourceType": "Organization", "id": key} | picked(found, "name", "identifier")
        self._directory.setdefault(f"Organization/{key}", served)
        return {"reference": f"Organization/{key}", "display": found.get("name") or key}
