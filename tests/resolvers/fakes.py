"""Ten-line stands-in, handed to resolvers through their Context."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

from connectors import Connectors
from domain.access.patient import PatientRecord
from domain.access.subject import Subject
from domain.access.viewer import Viewer
from domain.caller import Caller
from domain.source.medication import Medication, MedicationStatus
from domain.source.section import Section, SourceName
from resolvers.context import Context
from store import Store
from tests.builders import NOW, a_clinician
from tests.resolvers.memory import MemoryLog


class Records:
    """A patient store of a few records that notes each batch."""

    def __init__(self, *records: PatientRecord) -> None:
        self.records = {record.patient.id: record for record in records}
        self.batches: list[list[str]] = []

    async def by_ids(self, ids: Sequence[str]) -> list[PatientRecord | None]:
        self.batches.append(list(ids))
        return [self.records.get(each) for each in ids]

    async def by_identity_number(self, value: str) -> PatientRecord | None:
        for record in self.records.values():
            if value in [number.value for number in record.patient.identity_numbers]:
                return record
        return None

    async def by_person(self, value: str) -> list[PatientRecord]:
        return list(self.records.values())


class Medicines:
    """A medication source that notes whom it was asked about, and by whom."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.callers: list[Caller] = []

    async def medications(
        self, subjects: Sequence[Subject], caller: Caller
    ) -> list[Section[Medication]]:
        self.batches.append([subject.patient_id for subject in subjects])
        self.callers.append(caller)
        return [Section.answered(SourceName.MEDICATION, [PARACET], NOW) for _ in subjects]


PARACET = Medication(
    id="1", name="Paracet tab 500 mg", status=MedicationStatus.ACTIVE, status_text="active"
)


def a_context(
    *records: PatientRecord, viewer: Viewer | None = None, medicines: Any = None, **changes: Any
) -> Context:
    nothing = SimpleNamespace(
        by_parts=None,
        by_numbers=None,
        pages=None,
        by_patients=None,
        by_questions=None,
        by_entries=None,
        traces=None,
    )
    concepts = (
        *("comment", "comparison", "suggestion", "draft", "handover", "review"),
        *("version", "report", "measurement", "log", "unseen"),
    )
    store = SimpleNamespace(patient=Records(*records), **dict.fromkeys(concepts, nothing))
    sources = SimpleNamespace(medication=medicines or Medicines())
    known: dict[str, Any] = {
        "viewer": viewer or a_clinician(),
        "now": NOW,
        "store": cast(Store, store),
        "connectors": cast(Connectors, sources),
        "event_id": "e-1",
        "log": MemoryLog(),
    }
    return Context(**known | changes)
