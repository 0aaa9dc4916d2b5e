"""The model and the database, both shown as the same plain values, so that they can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.plan.approval import ApprovalState
from domain.plan.draft import DraftState
from store.session import Sessions
from store.tables import (
    AgreementRow,
    AuditEntryRow,
    DraftRow,
    DraftVersionRow,
    EventRow,
    PatientRow,
    PlanPartRow,
    PlanVersionRow,
    ReceiptRow,
    Row,
    WorklistEntryRow,
)
from tests.writing.model import rules
from tests.writing.model.rules import Model


def expected(model: Model) -> dict[str, Any]:
    """Return what the database must hold if the model is right."""
    return {
        "parts": {
            i: (p.kind.name, p.lifecycle.name, p.version, len(p.versions), p.review, p.reason)
            for i, p in model.parts.items()
        },
        "responsible": {i: p.responsible.name for i, p in model.parts.items()},
        "drafts": {
            i: (d.part_id, d.state.name, d.version, len(d.versions), d.based_on, d.activated_as)
            for i, d in model.drafts.items()
        },
        "review of drafts": {i: d.review for i, d in model.drafts.items()},
        "versions of parts": _versions(model.parts),
        "versions of drafts": _versions(model.drafts),
        "agreements": Counter(model.agreements),
        "events": model.events,
        "audit": Counter(model.audit),
        "receipts": {
            (by.sender, key): (ask.operation.name, subject, version)
            for (by, key), (ask, subject, version) in model.receipts.items()
        },
        "worklist": _worklist(model),
    }


def _versions(documents: dict[str, Any]) -> dict[tuple[str, int], tuple[str, str, str]]:
    return {
        (i, number): (version.said.title, version.author, version.approval.name)
        for i, document in documents.items()
        for number, version in enumerate(document.versions, start=1)
    }


def _worklist(model: Model) -> tuple[list[str], bool, date | None]:
    """Return what every organisation's list says of the patient."""
    used = [part for part in model.parts.values() if part.lifecycle in rules.IN_USE]
    alive = {i: part for i, part in model.parts.items() if part.lifecycle in rules.LIVING}
    waiting = [part.versions[-1] for part in alive.values() if part.versions] + [
        draft.versions[-1]
        for draft in model.drafts.values()
        if draft.part_id in alive and draft.state is DraftState.OPEN
    ]
    return (
        sorted(part.kind.name for part in used),
        any(version.approval is ApprovalState.REQUESTED for version in waiting),
        min((part.review for part in used if part.review), default=None),
    )


async def observed(db: Sessions, key: UUID) -> dict[str, Any]:
    """Return what the database holds of a patient, read row by row."""
    async with db() as session:
        parts = await _rows(session, PlanPartRow, key)
        drafts = await _rows(session, DraftRow, key)
        events = await _rows(session, EventRow, key)
        patient = await session.get(PatientRow, key)
        assert patient is not None
        assert patient.event_count == len(events)
        return {
            "parts": {_part(row.id): _part_head(row) for row in parts},
            "responsible": {_part(row.id): row.responsible["name"] for row in parts},
            "drafts": {_draft(row.id): _draft_head(row) for row in drafts},
            "review of drafts": {_draft(row.id): row.review_due for row in drafts},
            "versions of parts": {
                (_part(row.part_id), row.number): _version(row)
                for row in await _rows(session, PlanVersionRow, key)
            },
            "versions of drafts": {
                (_draft(row.draft_id), row.number): _version(row)
                for row in await _rows(session, DraftVersionRow, key)
            },
            "agreements": Counter(
                (_part(row.part_id), row.person, row.state, row.content_version)
                for row in await _rows(session, AgreementRow, key)
            ),
            "events": [
                (row.number, row.kind, row.subject_id, row.version, row.at)
                for row in sorted(events, key=lambda row: row.number)
            ],
            "audit": Counter(
                (row.operation, row.subject_id, row.by["name"], row.at)
                for row in await _rows(session, AuditEntryRow, key)
            ),
            "receipts": {
                (row.sender, row.key): (row.operation, row.subject_id, row.version)
                for row in await _rows(session, ReceiptRow, key)
            },
            "worklist": _lists(await _rows(session, WorklistEntryRow, key)),
        }


async def _rows(session: AsyncSession, table: type[Row], key: UUID) -> list[Any]:
    columns: Any = table.__table__.c
    return list(await session.scalars(select(table).where(columns.patient_id == key)))


def _part(id: UUID) -> str:
    return f"{ids.PART}{id}"


def _draft(id: UUID) -> str:
    return f"{ids.DRAFT}{id}"


def _part_head(row: Any) -> tuple[Any, ...]:
    return row.kind, row.lifecycle, row.version, row.content_version, row.review_due, row.reason


def _draft_head(row: Any) -> tuple[Any, ...]:
    versions = (row.version, row.content_version, row.based_on, row.activated_as)
    return _part(row.part_id), row.state, *versions


def _version(row: Any) -> tuple[str, str, str]:
    return row.content["title"], row.author["name"], row.approval.get("state", "NONE")


def _lists(rows: Iterable[Any]) -> tuple[list[str], bool, date | None]:
    """Return what all lists say; every organisation must be told the same."""
    said = {(tuple(sorted(row.kinds)), row.approval_requested, row.review_due) for row in rows}
    [(kinds, requested, review)] = said or {((), False, None)}
    return list(kinds), requested, review
