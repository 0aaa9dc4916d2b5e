"""How far plan parts have been compared with their sources, without what the sources said."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.row import Row, of_part


class ComparisonRow(Row):
    """A part held against one section of a source; it goes when the part is no longer in use.

    `fingerprints` are keyed hashes, replaced as a whole. The worklist looks at `reason_count`.
    """

    __tablename__ = "comparison"
    __table_args__ = (
        of_part(),
        Index(
            "ix_comparison_due",
            "section",
            "due_at",
            "patient_id",
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    due_at: Mapped[datetime | None]
    attempts: Mapped[int]
    told_at: Mapped[datetime | None]
    baseline_at: Mapped[datetime | None]
    compared_at: Mapped[datetime | None]
    key_id: Mapped[str | None]
    blind_to: Mapped[list[str]]
    is_partial: Mapped[bool]
    is_closed: Mapped[bool]
    fingerprints: Mapped[list[Any]] = mapped_column(JSON)
    accepted: Mapped[list[str]]
    reasons: Mapped[list[Any]] = mapped_column(JSON)
    reason_count: Mapped[int]
