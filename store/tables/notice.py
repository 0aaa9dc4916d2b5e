"""Who is told of which event, who has read it, and what is sent; none holds what happened."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.cooperation.message import MessageState
from domain.cooperation.notice import NoticeTo
from domain.cooperation.notice_choice import Channel
from store.tables.row import Row, one_of


class NoticeRow(Row):
    """That a recipient is told of an event, until it leaves nothing to do.

    `is_passed_on` tells that those who want a message of it have been found.
    """

    __tablename__ = "notice"
    __table_args__ = (
        one_of("to_kind", NoticeTo),
        Index("ix_notice_newest", "to_kind", "to_key", text("at DESC"), text("event_id DESC")),
        Index("ix_notice_to_pass_on", "at", postgresql_where=text("NOT is_passed_on")),
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
    is_urgent: Mapped[bool] = mapped_column(server_default=text("false"))
    is_passed_on: Mapped[bool] = mapped_column(server_default=text("false"))


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


class NoticeChoiceRow(Row):
    """How one person wants to be told outside the app, and when what waits is to be looked at."""

    __tablename__ = "notice_choice"
    __table_args__ = (
        one_of("channel", Channel),
        Index("ix_notice_choice_due", "next_at", postgresql_where=text("next_at IS NOT NULL")),
        Index("ix_notice_choice_subject", "subject"),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    channel: Mapped[str]
    groups: Mapped[list[str]]
    quiet_from: Mapped[int] = mapped_column(SmallInteger)
    quiet_until: Mapped[int] = mapped_column(SmallInteger)
    gather_hours: Mapped[int] = mapped_column(SmallInteger)
    language: Mapped[str]
    security_level: Mapped[int] = mapped_column(SmallInteger)
    updated_at: Mapped[datetime]
    last_sent_at: Mapped[datetime | None]
    unreached_since: Mapped[datetime | None]
    next_at: Mapped[datetime | None]


class MessageRow(Row):
    """A message to one person, on its way or settled; it does not say what it is about."""

    __tablename__ = "message"
    __table_args__ = (
        one_of("channel", Channel),
        one_of("state", MessageState),
        Index("ix_message_due", "next_try_at", "id", postgresql_where=text("state = 'WAITING'")),
        Index("ix_message_settled_at", "settled_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(
        ForeignKey("notice_choice.number", ondelete="CASCADE"), index=True
    )
    channel: Mapped[str]
    language: Mapped[str]
    is_urgent: Mapped[bool]
    made_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    state: Mapped[str]
    attempts: Mapped[int]
    receipt: Mapped[str | None]
    settled_at: Mapped[datetime | None]


class NoticeWaitingRow(Row):
    """That a person is to have a message of an event: it waits, or it went with a message."""

    __tablename__ = "notice_waiting"

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[UUID] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[str] = mapped_column(
        ForeignKey("notice_choice.number", ondelete="CASCADE"), primary_key=True, index=True
    )
    is_urgent: Mapped[bool]
    message_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), index=True
    )
