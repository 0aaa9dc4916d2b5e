"""The FHIR R4 shapes that several sources share; fields that we don't read are left out."""

from __future__ import annotations

from typing import Annotated

import msgspec

from connectors.fhir.times import PartialTime

FhirText = Annotated[str, msgspec.Meta(min_length=1)]
"""FHIR forbids empty strings; where an empty one would be taken for an answer, we do, too."""


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """A shape of the wire: unknown fields are tolerated, wrong values are not."""


class WireCoding(Wire, frozen=True, gc=False):
    """A code with its system; all parts are optional in FHIR."""

    system: str | None = None
    code: str | None = None
    display: str | None = None


class WireConcept(Wire, frozen=True, gc=False):
    """A CodeableConcept: the same meaning in any number of codes, and words."""

    coding: tuple[WireCoding, ...] = ()
    text: str | None = None


class WireIdentifier(Wire, frozen=True, gc=False):
    """A business identifier."""

    system: str | None = None
    value: str | None = None
    type: WireConcept | None = None


class WireReference(Wire, frozen=True, gc=False):
    """A pointer to a resource, by address or by identifier, with words to show."""

    reference: str | None = None
    display: str | None = None
    identifier: WireIdentifier | None = None


class WirePeriod(Wire, frozen=True, gc=False):
    """From when until when."""

    start: PartialTime | None = None
    end: PartialTime | None = None


class WireExtension(Wire, frozen=True, gc=False):
    """An extension with any of the value types that our sources use, or with parts."""

    url: str
    extension: tuple[WireExtension, ...] = ()
    value_string: str | None = None
    value_code: str | None = None
    value_boolean: bool | None = None
    value_integer: Annotated[int, msgspec.Meta(ge=-(2**31), lt=2**31)] | None = None
    value_date: PartialTime | None = None
    value_date_time: PartialTime | None = None
    value_coding: WireCoding | None = None
    value_codeable_concept: WireConcept | None = None
    value_reference: WireReference | None = None


class WireText(Wire, frozen=True, gc=False):
    """An annotation (`note`)."""

    text: str | None = None


class WireDiagnostics(Wire, frozen=True, gc=False):
    """Kjernejournal's own object in the place where FHIR has a text."""

    error_code: str | None = None


class WireIssue(Wire, frozen=True, gc=False):
    """One issue of an OperationOutcome; `expression` may name the resource concerned."""

    severity: str | None = None
    code: str | None = None
    diagnostics: WireDiagnostics | str | None = None
    expression: tuple[str, ...] = ()


class WireOutcome(Wire, frozen=True, gc=False, tag_field="resourceType", tag="OperationOutcome"):
    """What went wrong, or what the searcher must know besides the matches."""

    issue: Annotated[tuple[WireIssue, ...], msgspec.Meta(min_length=1)]


class WrongValue(Exception):
    """A value that has the right shape and still can't be; `path` is its place in the resource."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path
