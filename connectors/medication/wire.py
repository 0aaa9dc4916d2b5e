"""What `$getMedication` is asked with and answers, as far as we read it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from connectors.fhir.bundle import BundleReader, WireEntry, entry_decoder
from connectors.fhir.times import Instant, PartialTime, decode_time
from connectors.fhir.wire import (
    FhirText,
    Wire,
    WireConcept,
    WireExtension,
    WireIdentifier,
    WirePeriod,
    WireReference,
)


class WireSection(Wire, frozen=True, gc=False):
    """A section of the list: its entries, or why there are none."""

    entry: tuple[WireReference, ...] = ()
    section: tuple[WireSection, ...] = ()
    empty_reason: WireConcept | None = None


class WireComposition(Wire, frozen=True, gc=False, tag_field="resourceType", tag="Composition"):
    """The list's table of contents."""

    section: Annotated[tuple[WireSection, ...], msgspec.Meta(min_length=1)]


class WirePatient(Wire, frozen=True, gc=False, tag_field="resourceType", tag="Patient"):
    """Whose list it is."""

    identifier: tuple[WireIdentifier, ...] = ()


class WireDosage(Wire, frozen=True, gc=False):
    """How to take it, in the source's words."""

    text: str | None = None
    extension: tuple[WireExtension, ...] = ()


class WireStatement(
    Wire, frozen=True, gc=False, tag_field="resourceType", tag="MedicationStatement"
):
    """One link of a chain of prescriptions, or a medicine without any."""

    status: FhirText
    identifier: tuple[WireIdentifier, ...] = ()
    medication_reference: WireReference | None = None
    medication_codeable_concept: WireConcept | None = None
    part_of: tuple[WireReference, ...] = ()
    reason_code: tuple[WireConcept, ...] = ()
    effective_period: WirePeriod | None = None
    effective_date_time: PartialTime | None = None
    dosage: tuple[WireDosage, ...] = ()
    information_source: WireReference | None = None
    extension: tuple[WireExtension, ...] = ()


class WireMedication(Wire, frozen=True, gc=False, tag_field="resourceType", tag="Medication"):
    """A product: FEST and ATC codes, name with strength, form."""

    code: WireConcept | None = None
    form: WireConcept | None = None


class WireParameter(Wire, frozen=True):
    """One named part of the answer: the bundle, or the time of a lookup; empty if not there."""

    name: str
    resource: msgspec.Raw = msgspec.Raw()
    value_date_time: msgspec.Raw = msgspec.Raw()


class WireParameters(Wire, frozen=True):
    """The whole answer."""

    resource_type: Literal["Parameters"]
    parameter: tuple[WireParameter, ...]


Resource = WireComposition | WirePatient | WireStatement | WireMedication

# What a medicine list may hold besides, by SFM's profiles.
_BESIDE = frozenset(
    {
        "AllergyIntolerance",
        "Basic",
        "Observation",
        "Organization",
        "Practitioner",
        "PractitionerRole",
        "Provenance",
    }
)

PARAMETERS = msgspec.json.Decoder(WireParameters)
TIME = msgspec.json.Decoder(Instant, dec_hook=decode_time)
DOCUMENT = BundleReader("document", entry_decoder(WireEntry[Resource]), _BESIDE)


class AskedName(Wire, frozen=True, omit_defaults=True):
    """A name as we send it."""

    family: str | None = None
    given: tuple[str, ...] = ()


class AskedPatient(Wire, frozen=True, omit_defaults=True):
    """The person whose medicines we ask for."""

    identifier: tuple[WireIdentifier, ...]
    gender: str
    name: tuple[AskedName, ...] = ()
    birth_date: str | None = None
    resource_type: Literal["Patient"] | None = None


class AskedParameter(Wire, frozen=True, omit_defaults=True):
    """One named part of the question."""

    name: str
    resource: AskedPatient | None = None
    value_code: str | None = None
    value_boolean: bool | None = None


class AskedParameters(Wire, frozen=True):
    """The whole question."""

    parameter: tuple[AskedParameter, ...]
    resource_type: str = "Parameters"
