"""A page of a worklist: plan heads and medicines, and nothing else decoded of the plan."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from bench.view.medicines import listed
from bench.view.value import View, iso
from domain.access.decision import Access
from domain.access.patient import PatientRecord
from domain.author import Author
from domain.cooperation.worklist import WorklistEntry
from domain.noun import Noun
from domain.plan.approval import Approval
from domain.plan.part import Lifecycle, PlanKind
from domain.source.medication import Medication
from domain.source.section import Section


class _Head(Noun):
    """The head of a plan part, decoded without its content."""

    id: str
    kind: PlanKind
    lifecycle: Lifecycle
    responsible: Author
    review_due: date | None = None
    approval: Approval = Approval()


class _Heads(Noun):
    """The heads of a plan."""

    parts: tuple[_Head, ...] = ()


_decode = msgspec.json.Decoder(_Heads | None).decode
_encode = msgspec.json.Encoder().encode
_IN_USE = frozenset({Lifecycle.ACTIVE, Lifecycle.ON_HOLD})


def page(edges: Sequence[View], entries: Sequence[WorklistEntry], has_next: bool) -> View:
    """Return a page of edges; its cursor continues after the last entry."""
    cursor = None
    if entries:
        cursor = base64.urlsafe_b64encode(_encode(entries[-1].position)).decode()
    return {"edges": edges, "pageInfo": {"hasNextPage": has_next, "endCursor": cursor}}


def edge(entry: WorklistEntry, node: View | None) -> View:
    """Return one entry with its patient; None if access ended since the list was made."""
    return {
        "changedAt": entry.changed_at.isoformat(),
        "kinds": [kind.name for kind in entry.kinds],
        "node": node,
    }


def node(
    record: PatientRecord, access: Access, medicines: Section[Medication], now: datetime
) -> View:
    """Return the patient of an entry."""
    patient = record.patient
    return {
        "id": patient.id,
        "name": patient.name,
        "age": patient.age_on(now.date()),
        "plan": _plan(_decode(record.plan), access),
        "medications": listed(medicines, now),
    }


def _plan(plan: _Heads | None, access: Access) -> View | None:
    if plan is None:
        return None
    return {
        "parts": [
            _head(part)
            for part in plan.parts
            if part.lifecycle in _IN_USE and access.sees_part(part.id, is_draft=False)
        ]
    }


def _head(part: _Head) -> View:
    return {
        "kind": part.kind.name,
        "lifecycle": part.lifecycle.name,
        "reviewDue": iso(part.review_due),
        "approval": {"state": part.approval.state.name},
        "responsible": {"name": part.responsible.name},
    }
