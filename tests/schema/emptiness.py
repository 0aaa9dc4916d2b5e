"""A context about one patient, of whom there is a record and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from connectors import Connectors
from domain.access.patient import PatientRecord
from domain.access.viewer import Viewer
from domain.cooperation.notice import Notice
from domain.source.section import Section, SourceName
from resolvers.context import Context
from store import Store
from tests.builders import NOW
from tests.resolvers.memory import MemoryLog


class Empty:
    """A part of the store that has nothing."""

    async def by_keys(self, keys: Sequence[object]) -> list[list[object]]:
        return [[] for _ in keys]

    by_parts = pages = by_questions = by_entries = by_patients = traces = by_keys

    async def by_numbers(self, keys: Sequence[object]) -> list[None]:
        return [None for _ in keys]

    async def of_part(self, *_: object) -> list[object]:
        return []

    def all(self) -> list[object]:
        return []


class Listings:
    async def by_patients(self, listing: object, ids: Sequence[str]) -> list[list[object]]:
        return [[] for _ in ids]


class Pages(Empty):
    async def page(self, *_: object, **__: object) -> list[Notice]:
        return []


class Patients:
    def __init__(self, record: PatientRecord) -> None:
        self._record = record

    async def by_ids(self, ids: Sequence[str]) -> list[PatientRecord]:
        return [self._record for _ in ids]

    async def by_person(self, number: str) -> list[PatientRecord]:
        return [self._record]


class EmptyStore:
    def __init__(self, record: PatientRecord) -> None:
        self.patient = Patients(record)
        self.listing = Listings()
        self.log = self.notice = Pages()

    def __getattr__(self, name: str) -> Empty:
        return Empty()


class EmptySources:
    """Sources that answer that they have nothing."""

    def __getattr__(self, name: str) -> Any:
        return self

    async def __call__(self, subjects: Sequence[object], *_: object) -> list[Section[Any]]:
        return [Section.answered(SourceName.HOSPITAL, [], NOW) for _ in subjects]


def empty_context(viewer: Viewer, record: PatientRecord) -> Context:
    return Context(
        viewer=viewer,
        now=NOW,
        store=cast(Store, EmptyStore(record)),
        connectors=cast(Connectors, EmptySources()),
        event_id="e-1",
        log=MemoryLog(),
    )
