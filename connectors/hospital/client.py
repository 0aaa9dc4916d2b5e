"""Asks the hospital for appointments and care teams of many patients, documents of one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from connectors.fan_out import each_once
from connectors.fhir.bundle import MAX_ITEMS
from connectors.hospital import appointment, care_team
from connectors.hospital.document import section_of
from connectors.hospital.search import Search
from connectors.hospital.wire import APPOINTMENTS, CARE_TEAMS, WireAppointment, WireCareTeam
from connectors.http import Endpoint, SourceClient, SourceFailure
from domain.access.subject import Subject
from domain.caller import Caller
from domain.identity_number import IdentityNumber
from domain.plan.care_team import CareTeamMember
from domain.source.appointment import Appointment
from domain.source.document import Document
from domain.source.section import ReasonCode, Section, SourceName

R = TypeVar("R")
M = TypeVar("M")
T = TypeVar("T")

MAX_NUMBERS = 50
"""Identity numbers in one search."""

MAX_MATCHES = 1000
"""Matches in one answer."""

APPOINTMENT_SEARCH = Search(
    endpoint=Endpoint("POST", "/Appointment/_search"),
    reader=APPOINTMENTS,
    match=WireAppointment,
    references=appointment.references_of,
    items=appointment.appointments_in,
)
CARE_TEAM_SEARCH = Search(
    endpoint=Endpoint("POST", "/CareTeam/_search"),
    reader=CARE_TEAMS,
    match=WireCareTeam,
    references=care_team.references_of,
    items=care_team.members_in,
)
DOCUMENT_SEARCH = Endpoint("POST", "/DocumentReference/_search")

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class HospitalConnector:
    """The hospital's searches; a patient that it doesn't know has an empty section."""

    def __init__(self, client: SourceClient, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._clock = clock

    async def appointments(
        self, subjects: Sequence[Subject], caller: Caller
    ) -> list[Section[Appointment]]:
        """Return each subject's appointments, in the order asked; a failure is in its section."""
        return await self._batched(subjects, caller, APPOINTMENT_SEARCH)

    async def care_team(
        self, subjects: Sequence[Subject], caller: Caller
    ) -> list[Section[CareTeamMember]]:
        """Return who takes part in each subject's care, in the order asked; failures as above."""
        return await self._batched(subjects, caller, CARE_TEAM_SEARCH)

    async def documents(
        self, subjects: Sequence[Subject], caller: Caller
    ) -> list[Section[Document]]:
        """Return each subject's shared documents, newest first; the hospital takes one a call."""
        return await each_once(subjects, lambda subject: self._documents_of(subject, caller))

    async def _batched(
        self, subjects: Sequence[Subject], caller: Caller, search: Search[R, M, T]
    ) -> list[Section[T]]:
        sections: dict[str, Section[T]] = {}
        async with asyncio.TaskGroup() as tasks:
            chunks = [
                tasks.create_task(self._chunk(chunk, caller, search)) for chunk in _chunks(subjects)
            ]
        for chunk in chunks:
            sections.update(chunk.result())
        nobody: Section[T] = Section.missing(SourceName.HOSPITAL, ReasonCode.NO_NATIONAL_NUMBER)
        return [sections.get(subject.patient_id, nobody) for subject in subjects]

    async def _chunk(
        self, subjects: Sequence[Subject], caller: Caller, search: Search[R, M, T]
    ) -> dict[str, Section[T]]:
        numbers = [number for subject in subjects for number in subject.numbers]
        form = {"_include": "*", "_count": str(MAX_MATCHES)}
        try:
            return await self._client.call(
                search.endpoint,
                caller,
                lambda answer: search.sections(answer, subjects, self._clock()),
                headers=_FORM,
                body=_form(numbers, form),
            )
        except SourceFailure as failure:
            missing: Section[T] = Section.missing(SourceName.HOSPITAL, failure.code)
            return {subject.patient_id: missing for subject in subjects}

    async def _documents_of(self, subject: Subject, caller: Caller) -> Section[Document]:
        if not subject.numbers:
            return Section.missing(SourceName.HOSPITAL, ReasonCode.NO_NATIONAL_NUMBER)
        form = {"status": "current", "_count": str(MAX_ITEMS), "_sort": "-date"}
        try:
            return await self._client.call(
                DOCUMENT_SEARCH,
                caller,
                lambda answer: section_of(answer, subject, self._clock()),
                headers=_FORM,
                body=_form(subject.numbers[:1], form),
            )
        except SourceFailure as failure:
            return Section.missing(SourceName.HOSPITAL, failure.code)


def _chunks(subjects: Sequence[Subject]) -> list[list[Subject]]:
    """Return the subjects that have a number, each once, as searches that are not too long."""
    chunks: list[list[Subject]] = [[]]
    free = MAX_NUMBERS
    for subject in {s.patient_id: s for s in subjects if s.numbers}.values():
        if len(subject.numbers) > free:
            chunks.append([])
            free = MAX_NUMBERS
        chunks[-1].append(subject)
        free -= len(subject.numbers)
    return [chunk for chunk in chunks if chunk]


def _form(numbers: Iterable[IdentityNumber], more: Mapping[str, str]) -> bytes:
    listed = ",".join(f"{number.kind.value}|{number.value}" for number in numbers)
    return urlencode({"patient.identifier": listed, **more}).encode()
