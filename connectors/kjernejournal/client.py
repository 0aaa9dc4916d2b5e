"""Asks kjernejournal for one patient's critical information: ticket first, then both kinds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec

from connectors.attest import user_role
from connectors.fan_out import each_once
from connectors.http import Endpoint, SourceClient, SourceFailure
from connectors.kjernejournal.indicator import access_basis, closing_codes, read_indicator
from connectors.kjernejournal.refusal import accepted
from connectors.kjernejournal.registration import Part, read_part
from connectors.kjernejournal.section import joined, missing
from connectors.kjernejournal.wire import (
    AskedIndicator,
    Registration,
    WireAllergy,
    WireCondition,
    WireIndicator,
)
from domain.access.subject import Subject
from domain.caller import Caller
from domain.identity_number import IdentityNumber
from domain.source.critical_info import CriticalInfo
from domain.source.section import ReasonCode, Section, SourceName

_READ = frozenset({200, 403, 404})
HELSEINDIKATOR = Endpoint("POST", "/v1/helseindikator", _READ)
CLINICAL: Mapping[type[Registration], Endpoint] = {
    WireAllergy: Endpoint("GET", "/critical-information/v1/AllergyIntolerance", _READ),
    WireCondition: Endpoint("GET", "/critical-information/v1/Condition", _READ),
}

_SYSTEM = "DBEP"
_INDICATOR_HEADERS = {"Content-Type": "application/json", "X-EPJ-System": _SYSTEM}


class KjernejournalConnector:
    """Critical information, one patient at a time: a call for the ticket, then two at once."""

    def __init__(self, client: SourceClient, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._clock = clock

    async def critical_info(
        self, subjects: Sequence[Subject], caller: Caller
    ) -> list[Section[CriticalInfo]]:
        """Return each subject's registrations, in the order asked; a failure is in its section.

        Kjernejournal knows national and D-numbers only; others are not asked about.
        """
        return await each_once(subjects, lambda subject: self._about(subject, caller))

    async def _about(self, subject: Subject, caller: Caller) -> Section[CriticalInfo]:
        number = subject.register_number
        if number is None:
            return Section.missing(SourceName.KJERNEJOURNAL, ReasonCode.NO_NATIONAL_NUMBER)
        try:
            indicator = await self._indicator(number, caller)
        except SourceFailure as failure:
            return missing([failure.code], self._clock())
        if codes := closing_codes(indicator, caller):
            return missing(codes, self._clock())
        headers = _clinical_headers(number, caller, indicator)
        async with asyncio.TaskGroup() as tasks:
            asked = {
                kind: tasks.create_task(self._part(kind, subject, caller, headers))
                for kind in CLINICAL
            }
        return joined({kind: task.result() for kind, task in asked.items()}, self._clock())

    async def _indicator(self, number: IdentityNumber, caller: Caller) -> WireIndicator:
        return await self._client.call(
            HELSEINDIKATOR,
            caller,
            lambda answer: read_indicator(accepted(answer)),
            headers=_INDICATOR_HEADERS,
            body=msgspec.json.encode(AskedIndicator(number.value)),
        )

    async def _part(
        self,
        kind: type[Registration],
        subject: Subject,
        caller: Caller,
        headers: Mapping[str, str],
    ) -> Part | ReasonCode:
        try:
            return await self._client.call(
                CLINICAL[kind],
                caller,
                lambda answer: read_part(accepted(answer), kind, subject),
                headers=headers,
            )
        except SourceFailure as failure:
            return failure.code


def _clinical_headers(
    number: IdentityNumber, caller: Caller, indicator: WireIndicator
) -> Mapping[str, str]:
    headers = {
        "nhn-patient-nin": number.value,
        "nhn-source-system": _SYSTEM,
        "nhn-access-basis": access_basis(indicator, caller).value,
        "ticket": indicator.ticket or "",
    }
    if caller.profession:
        headers["nhn-user-role"] = user_role(caller.profession)
    return headers
