"""What a write leaves behind besides its change: its event, its audit entry and its receipt.

Their kinds and operations are open lists that grow, so no check holds them.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Sequence,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from domain.access.audit import Outcome
from domain.author import Author
from store.tables.row import Row

_OR_NULL = JSON(none_as_null=True)
_BIG = BigInteger()


class EventRow(Row):
    """One thing that happened to a patient's plan, numbered in order; it holds no content.

    `position` is its place among all patients' events, and null until it has been given one.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("id"),
        UniqueConstraint("position"),
        Index("ix_event_patient_newest", "patient_id", text("at DESC")),
        Index(
            "ix_event_without_place",
            "patient_id",
            "number",
            postgresql_where=text("position IS NULL"),
        ),
        Index("ix_event_organisations", "organisations", postgresql_using="gin"),
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
    position: Mapped[int | None] = mapped_column(_BIG)
    organisations: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))


EVENT_POSITION = Sequence("event_position", metadata=Row.metadata)
"""Gives places to events; only ever under the lock of `store.outbox`."""


class AuditEntryRow(Row):
    """One entry of the log of use; role and basis are null for the gateway itself.

    It outlives what it speaks of, and is only ever added: triggers refuse any change but one. Where
    nobody was found it is about no patient, and has the id of none.
    Retention may empty it, which takes its words and its `secret` together.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_newest", "patient_id", text("at DESC"), "id"),
        # As large as a page for many thousand lines: for the privacy officer's report since a day.
        Index("ix_audit_entry_at", "at", postgresql_using="brin"),
        UniqueConstraint("place"),
        CheckConstraint('(secret IS NULL) = ("by" IS NULL)', name="emptied"),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(_BIG, Identity(always=True))
    secret: Mapped[UUID | None] = mapped_column(Uuid, server_default=func.gen_random_uuid())
    at: Mapped[datetime]
    operation: Mapped[str]
    subject_id: Mapped[str | None]
    by: Mapped[Author | None] = mapped_column(_OR_NULL)
    by_number: Mapped[str | None]
    role: Mapped[str | None]
    basis: Mapped[str | None]
    purpose_of_use: Mapped[str | None]
    correlation_id: Mapped[str | None]
    on_behalf_of: Mapped[str | None]
    legal_entity: Mapped[str | None]
    decision_id: Mapped[str | None]
    refusal: Mapped[str | None]
    allowed: Mapped[list[str]] = mapped_column(server_default="{}")
    adds_to: Mapped[UUID | None]
    outcome: Mapped[Outcome | None] = mapped_column(_OR_NULL)


class UnsealedLineRow(Row):
    """A line of the log that no seal has yet; a trigger adds it, and the sealer takes it away."""

    __tablename__ = "unsealed_line"

    place: Mapped[int] = mapped_column(_BIG, primary_key=True, autoincrement=False)
    since: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class SealRow(Row):
    """A seal over lines of the log, each by its place; tied to the seal before it."""

    __tablename__ = "seal"

    number: Mapped[int] = mapped_column(_BIG, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    places: Mapped[list[int]] = mapped_column(ARRAY(_BIG))
    digests: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary))
    emptied_through: Mapped[int] = mapped_column(_BIG)
    previous: Mapped[bytes]
    digest: Mapped[bytes]


class LogQuestionRow(Row):
    """What somebody asked about a line of the log, and what the privacy officer answered."""

    __tablename__ = "log_question"
    __table_args__ = (
        UniqueConstraint("id"),
        Index("ix_log_question_newest", "asked_at", "id"),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    entry_id: Mapped[str]
    legal_entity: Mapped[str | None]
    text: Mapped[str]
    asked_by: Mapped[Author] = mapped_column(JSON)
    asked_at: Mapped[datetime]
    asked_by_number: Mapped[str | None]
    answer: Mapped[str | None]
    answered_by: Mapped[Author | None] = mapped_column(_OR_NULL)
    answered_at: Mapped[datetime | None]


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
