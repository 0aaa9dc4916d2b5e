"""Planned meetings with the specialist health service."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain.noun import Noun


class AppointmentStatus(Enum):
    """FHIR's appointment status; UNKNOWN keeps `status_text` as it came."""

    PROPOSED = "PROPOSED"
    PENDING = "PENDING"
    BOOKED = "BOOKED"
    ARRIVED = "ARRIVED"
    FULFILLED = "FULFILLED"
    CANCELLED = "CANCELLED"
    NO_SHOW = "NO_SHOW"
    WAITLIST = "WAITLIST"
    UNKNOWN = "UNKNOWN"


class Appointment(Noun):
    """One appointment, or a stay; `start` is None while it waits for a time.

    `is_inpatient` tells that the patient stays overnight, by the code of the care level.
    """

    id: str
    status: AppointmentStatus
    status_text: str
    start: datetime | None = None
    end: datetime | None = None
    service: str | None = None
    description: str | None = None
    care_level: str | None = None
    contact_type: str | None = None
    location: str | None = None
    practitioner: str | None = None
    instruction: str | None = None
    is_virtual: bool = False
    is_inpatient: bool = False
