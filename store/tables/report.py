"""What patients report and measure."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from domain.content.zone import ZoneLevel
from domain.following.assessment import Assessment, Sign
from domain.following.entry import Change, EntrySource, Replaced
from domain.following.receiving import Receiving
from domain.following.report import Done, Feeling
from store.tables.row import Row, one_of


def _document() -> Any:
    """Return a column of one of the domain's nouns that nobody searches in."""
    return mapped_column(JSON(none_as_null=True))


class ReportRow(Row):
    """A report, without the values that came with it.

    `urgency`, `stands_since`, `waits_as` and `escalates_at` follow from the rest of it, and are
    kept for those who look for what waits, or has been taken.
    """

    __tablename__ = "report"
    __table_args__ = (
        # A report outlives the part that it was told under.
        ForeignKeyConstraint(
            ["patient_id", "part_id"],
            ["plan_part.patient_id", "plan_part.id"],
            ondelete="SET NULL (part_id)",
        ),
        UniqueConstraint("id"),
        one_of("source", EntrySource),
        one_of("done", Done),
        one_of("feeling", Feeling),
        one_of("chosen", ZoneLevel),
        one_of("waits_as", ZoneLevel),
        one_of("urgency", ZoneLevel),
        Index("ix_report_newest", "patient_id", text("received_at DESC"), "id"),
        Index(
            "ix_report_waiting",
            "patient_id",
            postgresql_include=["waits_as"],
            postgresql_where=text("waits_as IS NOT NULL"),
        ),
        Index(
            "ix_report_urgent",
            "patient_id",
            "stands_since",
            postgresql_where=text("urgency IN ('YELLOW', 'RED')"),
        ),
        Index("ix_report_due", "escalates_at", postgresql_where=text("escalates_at IS NOT NULL")),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID | None]
    content_version: Mapped[int | None]
    source: Mapped[str]
    author: Mapped[str]
    author_id: Mapped[str]
    on_behalf_of: Mapped[str | None]
    received_at: Mapped[datetime]
    happened_at: Mapped[datetime]
    action_id: Mapped[str | None]
    done: Mapped[str | None]
    feeling: Mapped[str | None]
    note: Mapped[str | None]
    chosen: Mapped[str | None]
    signs: Mapped[tuple[Sign, ...]] = mapped_column(JSON)
    assessment: Mapped[Assessment | None] = _document()
    receiving: Mapped[Receiving | None] = _document()
    change: Mapped[Change | None] = _document()
    replaces: Mapped[Replaced | None] = _document()
    urgency: Mapped[str | None]
    stands_since: Mapped[datetime]
    waits_as: Mapped[str | None]
    escalates_at: Mapped[datetime | None]


class MeasurementRow(Row):
    """A value. There will be many millions, so what its report says of it stands there alone.

    The key is also the order that graphs and evaluation read in. `observable` is text without a
    check, since the catalogue grows.
    """

    __tablename__ = "measurement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["patient_id", "report_id"], ["report.patient_id", "report.id"], ondelete="CASCADE"
        ),
        Index("ix_measurement_report", "patient_id", "report_id"),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    observable: Mapped[str] = mapped_column(primary_key=True)
    measured_at: Mapped[datetime] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    report_id: Mapped[UUID]
    value: Mapped[float]
    unit: Mapped[str]
    is_possible: Mapped[bool]
    source: Mapped[str]
    device_id: Mapped[str | None]
    change: Mapped[Change | None] = _document()
    replaces: Mapped[Replaced | None] = _document()
