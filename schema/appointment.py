"""Appointments as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.source.appointment import AppointmentStatus
from resolvers import section
from schema.field import enum, field, plain
from schema.section import Section

enum(
    AppointmentStatus,
    "FHIR's appointment status.",
    PROPOSED="Proposed, not agreed.",
    PENDING="Waiting for an answer.",
    BOOKED="Agreed.",
    ARRIVED="The patient has arrived.",
    FULFILLED="It has taken place.",
    CANCELLED="Cancelled.",
    NO_SHOW="The patient did not come.",
    WAITLIST="On a waiting list.",
    UNKNOWN="Another status; see `statusText`.",
)


@strawberry.type(description="One appointment with the specialist health service.")
class Appointment:
    id: strawberry.ID = plain("The appointment's id at the hospital.")
    status: AppointmentStatus = plain("Where it stands.")
    status_text: str = plain("The status in the source's own word.")
    start: datetime | None = plain("When it begins; null while it waits for a time.")
    end: datetime | None = plain("When it ends.")
    service: str | None = plain("The field of medicine or service.")
    description: str | None = plain("What it is about.")
    care_level: str | None = plain("Inpatient, outpatient or day treatment (Volven 8406).")
    contact_type: str | None = plain("The kind of contact (Volven 8432).")
    location: str | None = plain("Where to come.")
    practitioner: str | None = plain("Whom to meet.")
    instruction: str | None = plain("What the patient should know beforehand.")
    is_virtual: bool = plain("Whether it is by video or telephone.")


@strawberry.type(description="The patient's appointments, from the hospital.")
class AppointmentSection(Section):
    items: list[Appointment] | None = field(
        section.items,
        "The appointments; null, never empty, when we can't say what there is.",
        first="At most so many items.",
    )
