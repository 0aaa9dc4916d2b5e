"""The index behind an organisation's worklist."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.row import Row


class WorklistEntryRow(Row):
    """A patient on an organisation's worklist, with what the list is filtered and ordered by.

    An index of facts in the other tables, renewed by `store.worklist.renew` in the same transaction
    as they change. `until` is the end of the last care relation, None while one is open-ended.
    """

    __tablename__ = "worklist_entry"
    __table_args__ = (
        Index("ix_worklist_entry_newest", "organisation", text("changed_at DESC"), "patient_id"),
    )

    organisation: Mapped[str] = mapped_column(primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    changed_at: Mapped[datetime]
    until: Mapped[datetime | None]
    kinds: Mapped[list[str]]
    approval_requested: Mapped[bool]
    open_comments: Mapped[int]
    review_due: Mapped[date | None]
    unseen_reds: Mapped[int]
    unseen_yellows: Mapped[int]
