"""From the hospital's appointments to ours."""

from __future__ import annotations

from collections.abc import Iterable

from connectors.fhir.bundle import Entry
from connectors.fhir.concept import by_name, coded_in, first_words
from connectors.fhir.wire import WireCoding
from connectors.hospital.included import Included
from connectors.hospital.wire import WireAppointment
from domain.source.appointment import Appointment, AppointmentStatus

_STATUSES = {
    "proposed": AppointmentStatus.PROPOSED,
    "pending": AppointmentStatus.PENDING,
    "booked": AppointmentStatus.BOOKED,
    "arrived": AppointmentStatus.ARRIVED,
    "checked-in": AppointmentStatus.ARRIVED,
    "fulfilled": AppointmentStatus.FULFILLED,
    "cancelled": AppointmentStatus.CANCELLED,
    "noshow": AppointmentStatus.NO_SHOW,
    "waitlist": AppointmentStatus.WAITLIST,
}

_CARE_LEVEL = "urn:oid:2.16.578.1.12.4.1.1.8406"
_CONTACT_TYPE = "urn:oid:2.16.578.1.12.4.1.1.8432"
_OVERNIGHT = "1"


def references_of(appointment: WireAppointment) -> Iterable[str]:
    """Return the addresses of everyone and everything in the appointment."""
    actors = (participant.actor for participant in appointment.participant)
    return [actor.reference for actor in actors if actor and actor.reference]


def appointments_in(
    entry: Entry[WireAppointment], included: Included, _wrong: list[str]
) -> list[Appointment]:
    """Return the appointment, or nothing if it was entered in error."""
    appointment = entry.resource
    if appointment.status == "entered-in-error":
        return []
    return [_appointment(appointment, included)]


def _appointment(appointment: WireAppointment, included: Included) -> Appointment:
    return Appointment(
        id=appointment.id,
        status=_STATUSES.get(appointment.status, AppointmentStatus.UNKNOWN),
        status_text=appointment.status,
        start=appointment.start.at if appointment.start else None,
        end=appointment.end.at if appointment.end else None,
        service=first_words(appointment.service_type),
        description=appointment.description,
        care_level=_words_in(_CARE_LEVEL, appointment),
        contact_type=_words_in(_CONTACT_TYPE, appointment),
        location=_names("Location/", appointment, included),
        practitioner=_names("Practitioner", appointment, included),
        instruction=appointment.patient_instruction,
        is_virtual="virtualService" in by_name(appointment.extension),
        is_inpatient=_is_overnight(appointment),
    )


def _words_in(system: str, appointment: WireAppointment) -> str | None:
    coding = _type_in(system, appointment)
    return (coding.display or coding.code) if coding else None


def _is_overnight(appointment: WireAppointment) -> bool:
    level = _type_in(_CARE_LEVEL, appointment)
    return level is not None and level.code == _OVERNIGHT


def _type_in(system: str, appointment: WireAppointment) -> WireCoding | None:
    concept = appointment.appointment_type
    return coded_in(system, [concept]) if concept else None


def _names(kind: str, appointment: WireAppointment, included: Included) -> str | None:
    """Return the names of the actors of a kind, in the source's order."""
    actors = (p.actor for p in appointment.participant if p.actor and p.actor.reference)
    names = [included.name_of(a) for a in actors if kind in (a.reference or "")]
    return ", ".join(name for name in names if name) or None
