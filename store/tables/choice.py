"""The patient's own choices: consent, reservation, what reservation led to, and requests."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.author import Author
from domain.given_word import GivenWord
from domain.keeping.consent import ConsentKind
from domain.keeping.correction import CorrectionKind, CorrectionState
from domain.keeping.erasure import DeliveryReceipt, ErasedTable
from store.tables.row import Row, one_of

_OR_NULL = JSON(none_as_null=True)


class ConsentRow(Row):
    """A consent, open until it is withdrawn; a patient has at most one open of each kind."""

    __tablename__ = "consent"
    __table_args__ = (
        UniqueConstraint("id"),
        Index(
            "uq_consent_one_open_of_each_kind",
            "patient_id",
            "kind",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        one_of("kind", ConsentKind),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    version: Mapped[int]
    given: Mapped[GivenWord] = mapped_column(JSON)
    withdrawn: Mapped[GivenWord | None] = mapped_column(_OR_NULL)
    withdrawn_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class ReservationRow(Row):
    """A reservation; a patient has at most one that stands. It outlives what it erases."""

    __tablename__ = "reservation"
    __table_args__ = (
        UniqueConstraint("id"),
        Index(
            "uq_reservation_one_standing",
            "patient_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "ix_reservation_due",
            "erase_after",
            postgresql_where=text("ended_at IS NULL AND erased_at IS NULL"),
        ),
    )

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    made: Mapped[GivenWord] = mapped_column(JSON)
    erase_after: Mapped[datetime]
    ended: Mapped[GivenWord | None] = mapped_column(_OR_NULL)
    ended_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]


class ErasureRow(Row):
    """The proof of one erasure; the erasure log outside the database holds the same."""

    __tablename__ = "erasure"
    __table_args__ = (UniqueConstraint("id"),)

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    reservation_id: Mapped[UUID]
    at: Mapped[datetime]
    tables: Mapped[tuple[ErasedTable, ...]] = mapped_column(JSON)
    deliveries: Mapped[tuple[DeliveryReceipt, ...]] = mapped_column(JSON)
    previous: Mapped[str]
    digest: Mapped[str]


class CorrectionRequestRow(Row):
    """A request to correct or delete an entry, and its decision."""

    __tablename__ = "correction_request"
    __table_args__ = (
        UniqueConstraint("id"),
        one_of("kind", CorrectionKind),
        one_of("state", CorrectionState),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    entry_id: Mapped[str]
    line_id: Mapped[str | None]
    text: Mapped[str]
    organisation_number: Mapped[str | None]
    asked_by: Mapped[Author] = mapped_column(JSON)
    asked_at: Mapped[datetime]
    asked_by_number: Mapped[str | None]
    state: Mapped[str]
    reason: Mapped[str | None]
    decided_by: Mapped[Author | None] = mapped_column(_OR_NULL)
    decided_at: Mapped[datetime | None]
