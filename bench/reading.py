"""The plain handler's three views: the store first, then the policy, then all sources at once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import msgspec

from bench.contender import Parts
from bench.view import section as views
from bench.view import worklist
from bench.view.medicines import first_two
from bench.view.patient import identity
from bench.view.plan import plan_view
from bench.view.value import View
from domain.access.decision import Access, decide
from domain.access.patient import PatientRecord
from domain.access.relation import Relation
from domain.access.right import Right
from domain.access.subject import Subject
from domain.access.viewer import Viewer
from domain.caller import Caller
from domain.cooperation.comment import Comment
from domain.cooperation.worklist import WorklistEntry, WorklistFilter
from domain.errors import NotFound, NotPermitted
from domain.plan.part import Lifecycle, Plan
from domain.source.medication import Medication
from domain.source.section import Reason, ReasonCode, Section
from resolvers import source
from resolvers.caller import caller_of
from resolvers.patient import subject_of
from resolvers.source import Fetch

Seen: TypeAlias = dict[str, tuple[PatientRecord, Access]]

_decode: Callable[[msgspec.Raw], Plan | None] = msgspec.json.Decoder(Plan | None).decode
_IN_USE = frozenset({Lifecycle.ACTIVE, Lifecycle.ON_HOLD})
Shown: TypeAlias = tuple[Fetch, Callable[[Any], View]]  # Any: each section has items of its own
SHOWN: Mapping[str, Shown] = {
    "medications": (source.MEDICATIONS, views.medication),
    "criticalInfo": (source.CRITICAL_INFO, views.critical_info),
    "appointments": (source.APPOINTMENTS, views.appointment),
    "careTeam": (source.CARE_TEAM, views.care_team_member),
    "documents": (source.DOCUMENTS, views.document),
}


class Reading:
    """One request's reading: who asks, when, and what may be asked."""

    def __init__(self, parts: Parts, viewer: Viewer, event_id: str, now: datetime) -> None:
        self._store = parts.store
        self._connectors = parts.connectors
        self._viewer = viewer
        self._event_id = event_id
        self._now = now

    async def full(self, patient_id: str) -> View:
        """Return one patient whole."""
        record, access = await self.permitted(patient_id)
        subject, now = subject_of(record.patient), self._now
        plan = _visible(record, access)
        comments, *sections = await asyncio.gather(
            self._comments(plan),
            *(self.section(fetch, subject, access) for fetch, _ in SHOWN.values()),
        )
        shown = zip(SHOWN.items(), sections, strict=True)
        patient = {
            **identity(record.patient, access.relation, now),
            "plan": plan and plan_view(plan, comments, now),
            **{
                name: views.section_view(section, item, now, "nb")
                for (name, (_, item)), section in shown
            },
        }
        return {"patient": patient}

    async def small(self, patient_id: str) -> View:
        """Return a few fields of one patient."""
        record, access = await self.permitted(patient_id)
        patient = record.patient
        medicines = await self.section(source.MEDICATIONS, subject_of(patient), access)
        return {
            "patient": {
                "name": patient.name,
                "age": patient.age_on(self._now.date()),
                "medications": first_two(medicines, self._now),
            }
        }

    async def worklist(self, first: int) -> View:
        """Return the first page of the viewer's organisation's worklist."""
        entries, has_next = await self.entries(first)
        seen = await self.seen(entries)
        medicines = await self.medicines(seen)
        edges = [self._edge(entry, seen, medicines) for entry in entries]
        return {"worklist": worklist.page(edges, entries, has_next)}

    async def entries(self, first: int) -> tuple[list[WorklistEntry], bool]:
        """Return the first entries of the worklist, and whether there are more."""
        organisation = self._viewer.organisation
        if organisation is None:
            raise NotPermitted
        found = await self._store.worklist.page(
            organisation, WorklistFilter(), None, first + 1, self._now
        )
        return found[:first], len(found) > first

    async def seen(self, entries: Sequence[WorklistEntry]) -> Seen:
        """Return the patients of some entries that the policy lets through, by id."""
        records = await self._store.patient.by_ids([entry.patient_id for entry in entries])
        decided = [(record, self._decide(record)) for record in records if record is not None]
        return {r.patient.id: (r, access) for r, access in decided if access.may(Right.SEE_PATIENT)}

    async def medicines(self, seen: Seen) -> dict[str, Section[Medication]]:
        """Return everybody's medicines by id: one batch for each way of asking."""
        by_caller: dict[Caller, list[Subject]] = defaultdict(list)
        for record, access in seen.values():
            if access.relation is not None:
                by_caller[self._caller(access.relation)].append(subject_of(record.patient))
        batches = await asyncio.gather(
            *(
                self._connectors.medication.medications(subjects, caller)
                for caller, subjects in by_caller.items()
            )
        )
        asked = [subject.patient_id for subjects in by_caller.values() for subject in subjects]
        answered = [section for batch in batches for section in batch]
        return dict(zip(asked, answered, strict=True))

    async def section(self, fetch: Fetch, subject: Subject, access: Access) -> Section[Any]:
        """Return one section of one patient; what may not be seen is not fetched."""
        refusal = access.section(fetch.section).refusal
        if refusal is not None or access.relation is None:
            denied = Reason(code=ReasonCode.ACCESS_DENIED, refusal=refusal)
            return Section(source=fetch.source, items=None, reasons=(denied,))
        [section] = await fetch.batch(self._connectors, [subject], self._caller(access.relation))
        return section

    async def permitted(self, patient_id: str) -> tuple[PatientRecord, Access]:
        """Return a patient that the viewer may see, and the decision."""
        [record] = await self._store.patient.by_ids([patient_id])
        if record is None:
            raise NotFound
        access = self._decide(record)
        if access.ruling.refusal is not None:
            raise NotPermitted(reason=access.ruling.refusal.name)
        return record, access

    def _decide(self, record: PatientRecord) -> Access:
        return decide(self._viewer, record.facts, self._now)

    def _caller(self, relation: Relation) -> Caller:
        return caller_of(self._viewer, relation.basis, self._event_id, self._now)

    async def _comments(self, plan: Plan | None) -> list[list[Comment]]:
        if plan is None or not plan.parts:
            return []
        return await self._store.comment.by_parts([(plan.patient_id, p.id) for p in plan.parts])

    def _edge(
        self,
        entry: WorklistEntry,
        seen: Seen,
        medicines: dict[str, Section[Medication]],
    ) -> View:
        if entry.patient_id not in seen:
            return worklist.edge(entry, None)
        record, access = seen[entry.patient_id]
        shown = worklist.node(record, access, medicines[record.patient.id], self._now)
        return worklist.edge(entry, shown)


def _visible(record: PatientRecord, access: Access) -> Plan | None:
    plan = _decode(record.plan)
    if plan is None:
        return None
    shown = [p for p in plan.parts if p.lifecycle in _IN_USE and access.sees_part(p.id, False)]
    return msgspec.structs.replace(plan, parts=tuple(shown))
