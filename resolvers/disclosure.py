"""What one operation discloses of patients, on its way into the log of use.

An entry is handed over when a decision is made, before anything is fetched on it, and is written
beside the calls to the sources. A second one adds what was shown. The answer waits for both.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from msgspec.structs import replace

from domain import ids
from domain.access.audit import (
    NOBODY,
    AuditEntry,
    Outcome,
    PartShown,
    SectionShown,
    author_of,
    opened,
)
from domain.access.decision import Access
from domain.access.patient import PatientRecord
from domain.access.viewer import Viewer
from domain.operation import Operation
from domain.plan.part import PlanPart
from domain.refusal import Refusal
from domain.source.section import Section, SectionName


class Log(Protocol):
    """Where entries are kept."""

    def write(self, entries: Sequence[AuditEntry]) -> Awaitable[None]:
        """Hand over entries; what is returned is done once they are durable, or raises."""


@dataclass
class _Seen:
    """What has been shown of one patient and is not written yet. Dicts, since they keep order."""

    names: dict[str, None] = field(default_factory=dict)
    parts: dict[PartShown, None] = field(default_factory=dict)
    sections: dict[SectionShown, None] = field(default_factory=dict)


class Disclosures:
    """The readings of one operation: one entry a patient, and what was shown of each."""

    def __init__(self, log: Log, viewer: Viewer, event_id: str, now: datetime) -> None:
        self._log, self._viewer, self._event_id, self._now = log, viewer, event_id, now
        self._entries: dict[str, AuditEntry] = {}
        self._seen: dict[str, _Seen] = {}
        self._pending: list[Awaitable[None]] = []

    def decided(self, record: PatientRecord, access: Access) -> None:
        """Write down that somebody may see a patient, unless this operation has done so."""
        patient_id = record.patient.id
        known = self._entries.get(patient_id)
        basis = access.relation.basis if access.relation else None
        if known is None or known.basis is not basis:
            self.covered(self._entry(record, access, Operation.READ))
            self._pending.append(self._log.write([self._entries[patient_id]]))

    def refused(
        self, record: PatientRecord, access: Access, refusal: Refusal, operation: Operation
    ) -> None:
        """Write down that somebody was refused."""
        entry = replace(self._entry(record, access, operation), refusal=refusal, allowed=())
        self._pending.append(self._log.write([entry]))

    def previewed(self, record: PatientRecord, own: Access, seen: Access, subject_id: str) -> None:
        """Write down that somebody sees what another would; `subject_id` is whose view it is."""
        entry = self._entry(record, own, Operation.PREVIEW)
        self.covered(replace(entry, subject_id=subject_id, allowed=opened(seen)))
        self._pending.append(self._log.write([self._entries[record.patient.id]]))

    def asked(self, record: PatientRecord, access: Access, operation: Operation) -> None:
        """Write down that somebody did what shows nothing of the patient."""
        self._pending.append(self._log.write([self._entry(record, access, operation)]))

    def found_nobody(self, operation: Operation = Operation.READ) -> None:
        """Write down that somebody looked for whom they did not find, as after a refusal.

        Else the time that it takes, or a log that is down, would tell whether there is a patient.
        """
        viewer, attest = self._viewer, self._viewer.attest
        entry = AuditEntry(
            patient_id=NOBODY,
            id=ids.new(ids.LOG_LINE),
            at=self._now,
            operation=operation,
            subject_id=NOBODY,
            by=author_of(viewer, None),
            correlation_id=self._event_id,
            role=viewer.role,
            by_number=viewer.identity_number.value if viewer.identity_number else None,
            purpose_of_use=viewer.purpose_of_use,
            legal_entity=viewer.legal_entity,
            decision_id=attest.decision_id if attest else None,
        )
        self._pending.append(self._log.write([entry]))

    def covered(self, entry: AuditEntry) -> None:
        """Take an entry as the first of its patient: what is shown from now on adds to it."""
        self._entries[entry.patient_id] = entry
        self._seen.setdefault(entry.patient_id, _Seen())

    def show_as(self, other: Disclosures) -> None:
        """Take all that another operation shows as shown here too: it is the same answer."""
        self._seen = other._seen

    def shown(self, patient_id: str, name: str) -> None:
        """Note what is shown of a patient, by the name of the graph's field."""
        self._of(patient_id).names[name] = None

    def part(self, part: PlanPart) -> None:
        """Note that a plan part is shown."""
        version = part.content_version if part.content is not None else None
        shown = PartShown(part_id=part.id, content_version=version)
        self._of(part.patient_id).parts[shown] = None

    # Any: the items are of no interest here.
    def section(self, patient_id: str, name: SectionName, section: Section[Any]) -> None:
        """Note what can be shown of a section."""
        shown = SectionShown(
            section=name, state=section.state, withheld_count=section.withheld_count
        )
        self._of(patient_id).sections[shown] = None

    async def settle(self) -> None:
        """Return once all of it is durable; whatever `Log` raises says that nothing may leave."""
        seen, self._seen = self._seen, {}
        if seen.keys() - self._entries.keys():
            raise RuntimeError("Something is shown of a patient about whom nothing was decided.")
        outcomes = [_outcome(self._entries[patient_id], of) for patient_id, of in seen.items()]
        if outcomes:
            self._pending.append(self._log.write(outcomes))
        pending, self._pending = self._pending, []
        await asyncio.gather(*pending)

    def _of(self, patient_id: str) -> _Seen:
        return self._seen.setdefault(patient_id, _Seen())

    def _entry(self, record: PatientRecord, access: Access, operation: Operation) -> AuditEntry:
        viewer, relation = self._viewer, access.relation
        attest = viewer.attest
        return AuditEntry(
            patient_id=record.patient.id,
            id=ids.new(ids.LOG_LINE),
            at=self._now,
            operation=operation,
            subject_id=record.patient.id,
            by=author_of(viewer, relation, record.name_of_organisation(viewer.organisation)),
            correlation_id=self._event_id,
            role=viewer.role,
            basis=relation.basis if relation else None,
            by_number=viewer.identity_number.value if viewer.identity_number else None,
            purpose_of_use=viewer.purpose_of_use,
            on_behalf_of=record.patient.id if access.is_representative else None,
            legal_entity=viewer.legal_entity,
            decision_id=attest.decision_id if attest else None,
            allowed=opened(access),
        )


def _outcome(entry: AuditEntry, seen: _Seen) -> AuditEntry:
    outcome = Outcome(
        shown=tuple(seen.names), parts=tuple(seen.parts), sections=tuple(seen.sections)
    )
    return replace(entry, id=ids.new(ids.LOG_LINE), adds_to=entry.id, outcome=outcome)
