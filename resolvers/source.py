"""What each source-fed section is fetched with; loaders and any other executor read it here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from connectors import Connectors
from domain.access.subject import Subject
from domain.caller import Caller
from domain.source.medication import as_guardians_see
from domain.source.section import Section, SectionName, SourceName

Narrowing = Callable[[Section[Any]], Section[Any]]
Batch = Callable[[Connectors, Sequence[Subject], Caller], Awaitable[list[Section[Any]]]]


@dataclass(frozen=True)
class Fetch:
    """One section's source and batch function; its key is the patient as a source's subject.

    The batch function returns one section per subject, in their order, and never raises for a
    source's failure. `as_guardians_see` takes out what a parent may not know of. Any: the items'
    type is the section's own matter.
    """

    section: SectionName
    source: SourceName
    batch: Batch
    as_guardians_see: Narrowing | None = None

    def can_ask_about(self, subject: Subject) -> bool:
        """Tell whether the source knows patients by a number that this one has."""
        is_register = self.source is SourceName.KJERNEJOURNAL
        return bool(subject.register_number if is_register else subject.numbers)


MEDICATIONS = Fetch(
    SectionName.MEDICATIONS,
    SourceName.MEDICATION,
    lambda sources, subjects, caller: sources.medication.medications(subjects, caller),
    as_guardians_see,
)
CRITICAL_INFO = Fetch(
    SectionName.CRITICAL_INFO,
    SourceName.KJERNEJOURNAL,
    lambda sources, subjects, caller: sources.kjernejournal.critical_info(subjects, caller),
)
APPOINTMENTS = Fetch(
    SectionName.APPOINTMENTS,
    SourceName.HOSPITAL,
    lambda sources, subjects, caller: sources.hospital.appointments(subjects, caller),
)
CARE_TEAM = Fetch(
    SectionName.CARE_TEAM,
    SourceName.HOSPITAL,
    lambda sources, subjects, caller: sources.hospital.care_team(subjects, caller),
)
DOCUMENTS = Fetch(
    SectionName.DOCUMENTS,
    SourceName.HOSPITAL,
    lambda sources, subjects, caller: sources.hospital.documents(subjects, caller),
)
