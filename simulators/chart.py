"""A person's chart while it is being written; at the end it is what the sources hold."""

from __future__ import annotations

from datetime import date, datetime

from simulators import critical_information, hospital_record, medicine_list
from simulators.clinical import Allergy, Code, Critical
from simulators.fhir import Resource
from simulators.hospital_record import Visit
from simulators.medicine_list import Entry
from simulators.people import Person, TeamMember
from simulators.world import Record


class Chart:
    """Collects one person's resources; `serial` makes the hospital's ids."""

    def __init__(self, person: Person, serial: int) -> None:
        self.person = person
        self.record: Record = {}
        self._serial = serial

    def allergy(
        self,
        allergy: Allergy,
        recorded: date,
        by: TeamMember,
        *,
        clinical: str = "active",
        verification: str = "confirmed",
        note: str | None = None,
    ) -> None:
        """Register an allergy in kjernejournal."""
        resource = critical_information.allergy_resource(
            self.person,
            allergy,
            recorded,
            by,
            clinical=clinical,
            verification=verification,
            note=note,
        )
        self._add(resource)

    def condition(self, critical: Critical, recorded: date, by: TeamMember) -> None:
        """Register a critical condition in kjernejournal."""
        self._add(critical_information.condition_resource(self.person, critical, recorded, by))

    def medicine(self, entry: Entry) -> None:
        """Add a treatment to the medicine list, and its product if it is new there."""
        number = len(self.record.get("MedicationStatement", ()))
        for statement in medicine_list.statements(self.person, number, entry):
            self._add(statement)
        product = medicine_list.product_of(self.person, entry)
        if product not in self.record.get("Medication", ()):
            self._add(product)

    def visit(self, visit: Visit) -> None:
        """Add an appointment."""
        self._add(hospital_record.appointment(self.person, self._next_id("ahi"), visit))

    def team(self, name: str, members: list[TeamMember], owner: str) -> None:
        """Add a care team, if anyone is in it."""
        if members:
            resource_id = self._next_id("cte")
            self._add(hospital_record.care_team(self.person, resource_id, name, members, owner))

    def document(self, kind: Code, title: str, at: datetime, by: TeamMember) -> None:
        """Add a document's description."""
        resource_id = self._next_id("ako")
        self._add(hospital_record.document(self.person, resource_id, kind, title, at, by))

    def _next_id(self, prefix: str) -> str:
        kind = {"ahi": "Appointment", "cte": "CareTeam", "ako": "DocumentReference"}[prefix]
        return f"{prefix}{self._serial:07}{len(self.record.get(kind, ())):02}"

    def _add(self, resource: Resource) -> None:
        self.record.setdefault(resource["resourceType"], []).append(resource)
