"""What the database holds after it all, read row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain import ids
from domain.operation import Operation
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
)


class Receipt(NamedTuple):
    """A receipt; an event of the same write has the same patient, subject, version and time."""

    key: str
    operation: str
    patient: UUID
    subject: str
    version: int | None
    at: datetime


class Event(NamedTuple):
    """An event."""

    patient: UUID
    number: int
    subject: str
    version: int | None
    at: datetime


class Audited(NamedTuple):
    """An audit entry; its correlation id is the write's key."""

    key: str
    operation: str
    patient: UUID
    subject: str


class Head(NamedTuple):
    """A draft or part; `written` is how many of its versions are a write's own."""

    subject: str
    first: int
    written: int


@dataclass(frozen=True)
class Kept:
    """All that is there. `remarks` are the texts of writes, found in what they changed."""

    receipts: Sequence[Receipt]
    events: Sequence[Event]
    audited: Sequence[Audited]
    counts: dict[UUID, int]
    heads: Sequence[Head]
    remarks: Sequence[str]


async def read(database: AsyncEngine) -> Kept:
    """Read it all as one moment has it."""
    async with database.connect() as connection:
        await connection.execution_options(isolation_level="REPEATABLE READ")
        return Kept(
            receipts=[Receipt(*row) for row in await _all(connection, _RECEIPTS)],
            events=[Event(*row) for row in await _all(connection, _EVENTS)],
            audited=[Audited(*row) for row in await _all(connection, _AUDITED)],
            counts={row[0]: row[1] for row in await _all(connection, _COUNTS)},
            heads=[*await _drafts(connection), *await _parts(connection)],
            remarks=[
                remark
                for column in (
                    DraftVersionRow.change_comment,
                    PlanVersionRow.change_comment,
                    AgreementRow.comment,
                )
                for (remark,) in await _all(connection, select(column))
            ],
        )


async def _all(connection: AsyncConnection, statement: Any) -> Sequence[Any]:
    return (await connection.execute(statement)).all()


async def _drafts(connection: AsyncConnection) -> list[Head]:
    """Read the drafts; the version that an activation closes one with is the part's write."""
    found = await _all(connection, select(DraftRow.id, DraftRow.version, DraftRow.state))
    return [
        Head(f"{ids.DRAFT}{id}", 1, version - (state == "ACTIVATED"))
        for id, version, state in found
    ]


async def _parts(connection: AsyncConnection) -> list[Head]:
    """Read the parts; their first version came with the first draft."""
    found = await _all(connection, select(PlanPartRow.id, PlanPartRow.version))
    return [Head(f"{ids.PART}{id}", 2, version - 1) for id, version in found]


_RECEIPTS = select(
    ReceiptRow.key,
    ReceiptRow.operation,
    ReceiptRow.patient_id,
    ReceiptRow.subject_id,
    ReceiptRow.version,
    ReceiptRow.at,
)
_EVENTS = select(
    EventRow.patient_id, EventRow.number, EventRow.subject_id, EventRow.version, EventRow.at
)
# Of writes alone: not what was read, refused, or shown as the answer to a write.
_AUDITED = select(
    AuditEntryRow.correlation_id,
    AuditEntryRow.operation,
    AuditEntryRow.patient_id,
    AuditEntryRow.subject_id,
).where(
    AuditEntryRow.adds_to.is_(None),
    AuditEntryRow.refusal.is_(None),
    AuditEntryRow.operation != Operation.READ.name,
)
_COUNTS = select(PatientRow.id, PatientRow.event_count)
