"""Asks the medication source for one patient's medicine list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from connectors.fan_out import each_once
from connectors.fhir.wire import WireIdentifier
from connectors.http import Answer, Endpoint, SourceClient, SourceFailure
from connectors.medication.mapping import section_of
from connectors.medication.wire import AskedName, AskedParameter, AskedParameters, AskedPatient
from domain.access.subject import Subject
from domain.caller import AccessBasis, Caller
from domain.source.medication import Medication
from domain.source.section import ReasonCode, Section, SourceName

GET_MEDICATION = Endpoint("POST", "/Patient/$getMedication", frozenset({200, 404}))

# The medication source still uses the older names; a citizen needs none.
_CONSENTS = {
    AccessBasis.UNNTAK: "HPUNNTAK",
    AccessBasis.SAMTYKKE: "HPMOTTATTSAMTYKKE",
    AccessBasis.FORHOYET_SAMTYKKE: "HPMOTTATTSAMTYKKE",
    AccessBasis.AKUTT: "HPAKUTT",
}

_FHIR_JSON = {"Content-Type": "application/fhir+json"}


class MedicationConnector:
    """Medicine lists, one patient a call."""

    def __init__(self, client: SourceClient, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._clock = clock

    async def medications(
        self, subjects: Sequence[Subject], caller: Caller
    ) -> list[Section[Medication]]:
        """Return each subject's medicines, in the order asked; a failure is in its section."""
        return await each_once(subjects, lambda subject: self._list_of(subject, caller))

    async def _list_of(self, subject: Subject, caller: Caller) -> Section[Medication]:
        if not subject.numbers:
            return Section.missing(SourceName.MEDICATION, ReasonCode.NO_NATIONAL_NUMBER)
        try:
            return await self._client.call(
                GET_MEDICATION,
                caller,
                lambda answer: self._read(answer, subject),
                headers=_FHIR_JSON,
                body=msgspec.json.encode(_question(subject, caller)),
            )
        except SourceFailure as failure:
            return Section.missing(SourceName.MEDICATION, failure.code)

    def _read(self, answer: Answer, subject: Subject) -> Section[Medication]:
        if answer.status == 404:
            # An unknown person is not a person without medicines.
            unknown = ReasonCode.UNKNOWN_TO_SOURCE
            return Section.missing(SourceName.MEDICATION, unknown, at=self._clock())
        return section_of(answer.body, subject, self._clock())


def _question(subject: Subject, caller: Caller) -> AskedParameters:
    consent = _CONSENTS.get(caller.access_basis)
    parts = [AskedParameter(name="patient", resource=_patient(subject))]
    if consent:
        parts.append(AskedParameter(name="SamtykkeKjernejournal", value_code=consent))
    parts.append(AskedParameter(name="IncludeOriginal", value_boolean=False))
    return AskedParameters(parameter=tuple(parts))


def _patient(subject: Subject) -> AskedPatient:
    number = subject.numbers[0]
    given = (subject.given_name,) if subject.given_name else ()
    return AskedPatient(
        resource_type="Patient",
        identifier=(WireIdentifier(system=number.kind.value, value=number.value),),
        name=(AskedName(family=subject.family_name, given=given),),
        birth_date=subject.birth_date.isoformat() if subject.birth_date else None,
        gender=subject.gender.value,
    )
