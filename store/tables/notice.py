"""Who is told of which event, and who has read it; neither holds anything of what happened."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.cooperation.notice import NoticeTo
from store.tables.row import Row, one_of


class NoticeRow(Row):
    """That a recipient is told of an event, until it leaves nothing to do."""

    __tablename__ = "notice"
    __table_args__ = (
        one_of("to_kind", NoticeTo),
        Index("ix_notice_newest", "to_kind", "to_key", text("at DESC"), text("event_id DESC")),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[UUID] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    to_kind: Mapped[str] = mapped_column(primary_key=True)
    to_key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class NoticeReadRow(Row):
    """That one person has read what they were told of an event; `reader` is their own subject."""

    __tablename__ = "notice_read"

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[UUID] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    reader: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
