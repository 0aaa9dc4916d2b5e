"""What the worker has to do, and how far it has come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.author import Author
from domain.keeping.delivery import DeliveryState, Occasion
from store.tables.row import Row, of_part, one_of


class DeliveryRow(Row):
    """A plan version on its way to the record of the organisation that answers for it, or there."""

    __tablename__ = "delivery"
    __table_args__ = (
        of_part(),
        UniqueConstraint("id"),
        UniqueConstraint("patient_id", "part_id", "content_version", "occasion"),
        Index(
            "ix_delivery_due", "next_try_at", "id", postgresql_where=text("state <> 'DELIVERED'")
        ),
        one_of("occasion", Occasion),
        one_of("state", DeliveryState),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    content_version: Mapped[int]
    occasion: Mapped[str]
    occurred_at: Mapped[datetime]
    by: Mapped[Author] = mapped_column(JSON)
    organisation_number: Mapped[str | None]
    reason: Mapped[str | None]
    state: Mapped[str]
    attempts: Mapped[int]
    next_try_at: Mapped[datetime]
    receipt: Mapped[str | None]
    delivered_at: Mapped[datetime | None]


class FeedPositionRow(Row):
    """How far a feed of somebody else's has been read, and when; written with what was read."""

    __tablename__ = "feed_position"

    feed: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    heard_at: Mapped[datetime | None]
