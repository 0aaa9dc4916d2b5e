"""Every reader of a source's answer, as a function from bytes to sections of three patients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from connectors.hospital import document
from connectors.hospital.client import APPOINTMENT_SEARCH, CARE_TEAM_SEARCH
from connectors.hospital.search import Search
from connectors.http import Answer
from connectors.kjernejournal.registration import read_part
from connectors.kjernejournal.section import joined
from connectors.kjernejournal.wire import Registration, WireAllergy, WireCondition
from connectors.medication.mapping import section_of
from domain.access.subject import Subject
from domain.source.section import Section
from tests.connectors.asking import ARNE, EMIL, NORA, NOW, a_subject, payload

PATIENTS = [a_subject(number) for number in (NORA, ARNE, EMIL)]

Sections = list[Section[Any]]


@dataclass(frozen=True)
class Reader:
    """A valid payload and how it is read; nobody can tell what is missing at a `silent` place."""

    payload: str
    read: Callable[[bytes], Sections]
    silent: str = "nowhere"

    @property
    def body(self) -> bytes:
        return payload(self.payload).rstrip()


def _medication(subject: Subject, body: bytes) -> Sections:
    return [section_of(body, subject, NOW)]


def _registrations(kind: type[Registration], body: bytes) -> Sections:
    return [joined({kind: read_part(body, kind, PATIENTS[0])}, NOW)]


def _search(search: Search[Any, Any, Any], body: bytes) -> Sections:
    return list(search.sections(Answer(200, {}, body), PATIENTS, NOW).values())


def _documents(body: bytes) -> Sections:
    answer = Answer(200, {document.WITHHELD_COUNT: "0"}, body)
    return [document.section_of(answer, PATIENTS[0], NOW)]


READERS = [
    Reader("medication/get-medication-full", partial(_medication, PATIENTS[0]), r".*section\.1"),
    Reader("medication/get-medication-no-rf", partial(_medication, PATIENTS[1])),
    Reader("medication/get-medication-empty", partial(_medication, PATIENTS[2])),
    Reader("kjernejournal/allergy-intolerance-two", partial(_registrations, WireAllergy)),
    Reader("kjernejournal/condition-critical", partial(_registrations, WireCondition)),
    Reader("hospital/appointment-two-patients", partial(_search, APPOINTMENT_SEARCH)),
    Reader("hospital/appointment-suppressed", partial(_search, APPOINTMENT_SEARCH), r"entry(\.0)?"),
    Reader("hospital/care-team", partial(_search, CARE_TEAM_SEARCH), r".*participant(\.\d)?"),
    Reader("hospital/document-reference", _documents),
]
