"""What kjernejournal is asked with and answers, as far as we read it."""

from __future__ import annotations

from typing import Annotated

import msgspec

from connectors.fhir.bundle import BundleReader, WireEntry, entry_decoder
from connectors.fhir.times import PartialTime
from connectors.fhir.wire import (
    FhirText,
    Wire,
    WireConcept,
    WireExtension,
    WireOutcome,
    WireReference,
    WireText,
)


class AskedIndicator(msgspec.Struct, frozen=True):
    """The question of `helseindikator`."""

    fnr: str


class WireRestriction(Wire, frozen=True):
    """One restriction that the patient has set; that there is one is all we read."""


class WireIndicator(Wire, frozen=True):
    """The answer of `helseindikator`; a patient without kjernejournal may lack the flags."""

    status: Annotated[int, msgspec.Meta(ge=0, le=4)]
    ticket: FhirText | None = None
    sperring_detaljer: tuple[WireRestriction, ...] | None = None
    eksisterer_blokkert_helsepersonell: bool | None = None


class WireRecorder(Wire, frozen=True, gc=False):
    """A contained resource; of a PractitionerRole we read whose it is."""

    id: str | None = None
    practitioner: WireReference | None = None


class WireReaction(Wire, frozen=True, gc=False):
    """One reaction, by its manifestations."""

    manifestation: tuple[WireConcept, ...] = ()


class _Registration(Wire, frozen=True, gc=False):
    """What both kinds of critical information have in common."""

    id: FhirText
    code: WireConcept
    clinical_status: WireConcept | None = None
    verification_status: WireConcept | None = None
    recorded_date: PartialTime | None = None
    recorder: WireReference | None = None
    contained: tuple[WireRecorder, ...] = ()
    note: tuple[WireText, ...] = ()
    extension: tuple[WireExtension, ...] = ()


class WireAllergy(
    _Registration, frozen=True, gc=False, tag_field="resourceType", tag="AllergyIntolerance"
):
    """An allergy or intolerance."""

    patient: WireReference | None = None
    criticality: str | None = None
    reaction: tuple[WireReaction, ...] = ()


class WireCondition(
    _Registration, frozen=True, gc=False, tag_field="resourceType", tag="Condition"
):
    """Any other critical information, by its category."""

    subject: WireReference | None = None
    category: tuple[WireConcept, ...] = ()


Registration = WireAllergy | WireCondition

INDICATOR = msgspec.json.Decoder(WireIndicator)
REGISTRATIONS = BundleReader(
    "searchset", entry_decoder(WireEntry[WireAllergy | WireCondition | WireOutcome])
)
OUTCOME = msgspec.json.Decoder(WireOutcome)


def type_name(kind: type[Registration]) -> str:
    """Return the FHIR name of a kind of registration."""
    return str(kind.__struct_config__.tag)
