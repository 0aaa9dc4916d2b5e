"""What a write leaves behind besides its change: its event, its audit entry and its receipt.

Their kinds and operations are open lists that grow, so no check holds them.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.author import Author
from store.tables.row import Row


class EventRow(Row):
    """One thing that happened to a patient's plan, numbered in order; it holds no content."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("id"),
        Index("ix_event_patient_newest", "patient_id", text("at DESC")),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID]
    kind: Mapped[str]
    subject_id: Mapped[str]
    version: Mapped[int | None]
    at: Mapped[datetime]


class AuditEntryRow(Row):
    """Who did what to whose plan, on which ground; role and ground are null for the gateway itself.

    It outlives what it speaks of.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_newest", "patient_id", text("at DESC"), "id"),)

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    operation: Mapped[str]
    subject_id: Mapped[str]
    by: Mapped[Author] = mapped_column(JSON)
    by_number: Mapped[str | None]
    role: Mapped[str | None]
    basis: Mapped[str | None]
    purpose_of_use: Mapped[str | None]
    correlation_id: Mapped[str]


class ReceiptRow(Row):
    """What came of an accepted write, so that the same write sent again is not done again."""

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_patient", "patient_id"),)

    sender: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id", ondelete="CASCADE"))
    operation: Mapped[str]
    input_hash: Mapped[bytes]
    subject_id: Mapped[str]
    version: Mapped[int | None]
    at: Mapped[datetime]
