"""What the hospital's searches answer, as far as we read it."""

from __future__ import annotations

from connectors.fhir.bundle import BundleReader, WireEntry, entry_decoder
from connectors.fhir.times import Instant
from connectors.fhir.wire import (
    FhirText,
    Wire,
    WireConcept,
    WireExtension,
    WireIdentifier,
    WireOutcome,
    WirePeriod,
    WireReference,
)


class WirePatient(Wire, frozen=True, gc=False, tag_field="resourceType", tag="Patient"):
    """Whose the hospital's own patient id is."""

    id: FhirText
    identifier: tuple[WireIdentifier, ...] = ()


class WireLocation(Wire, frozen=True, gc=False, tag_field="resourceType", tag="Location"):
    """A place to come to."""

    id: FhirText
    name: str | None = None


class WireOrganization(Wire, frozen=True, gc=False, tag_field="resourceType", tag="Organization"):
    """A unit of the hospital, or another organisation."""

    id: FhirText
    name: str | None = None
    identifier: tuple[WireIdentifier, ...] = ()


class WireTelecom(Wire, frozen=True, gc=False):
    """A way to reach someone."""

    system: str | None = None
    value: str | None = None


class WireRole(Wire, frozen=True, gc=False, tag_field="resourceType", tag="PractitionerRole"):
    """A person in a role at an organisation."""

    id: FhirText
    practitioner: WireReference | None = None
    organization: WireReference | None = None
    code: tuple[WireConcept, ...] = ()
    telecom: tuple[WireTelecom, ...] = ()
    availability_exceptions: str | None = None


class WireActor(Wire, frozen=True, gc=False):
    """One who, or that which, takes part in an appointment."""

    actor: WireReference | None = None


class WireAppointment(Wire, frozen=True, gc=False, tag_field="resourceType", tag="Appointment"):
    """A planned meeting."""

    id: FhirText
    status: FhirText
    service_type: tuple[WireConcept, ...] = ()
    appointment_type: WireConcept | None = None
    description: str | None = None
    start: Instant | None = None
    end: Instant | None = None
    patient_instruction: str | None = None
    participant: tuple[WireActor, ...] = ()
    extension: tuple[WireExtension, ...] = ()


class WireParticipant(Wire, frozen=True, gc=False):
    """One who takes part in a care team, with the roles in it."""

    role: tuple[WireConcept, ...] = ()
    member: WireReference | None = None
    period: WirePeriod | None = None


class WireCareTeam(Wire, frozen=True, gc=False, tag_field="resourceType", tag="CareTeam"):
    """A care team."""

    id: FhirText
    status: str | None = None
    name: str | None = None
    subject: WireReference | None = None
    participant: tuple[WireParticipant, ...] = ()


class WireAttachment(Wire, frozen=True, gc=False):
    """A document's file, without the file."""

    content_type: str | None = None
    title: str | None = None


class WireContent(Wire, frozen=True, gc=False):
    """One form in which a document exists."""

    attachment: WireAttachment = WireAttachment()


class WireDocument(Wire, frozen=True, gc=False, tag_field="resourceType", tag="DocumentReference"):
    """A shared document's description."""

    id: FhirText
    status: str | None = None
    type: WireConcept | None = None
    subject: WireReference | None = None
    date: Instant | None = None
    description: str | None = None
    author: tuple[WireReference, ...] = ()
    custodian: WireReference | None = None
    content: tuple[WireContent, ...] = ()
    extension: tuple[WireExtension, ...] = ()


Included = WirePatient | WireLocation | WireOrganization | WireRole | WireOutcome

APPOINTMENTS = BundleReader("searchset", entry_decoder(WireEntry[WireAppointment | Included]))
CARE_TEAMS = BundleReader("searchset", entry_decoder(WireEntry[WireCareTeam | Included]))
DOCUMENTS = BundleReader("searchset", entry_decoder(WireEntry[WireDocument | WireOutcome]))
