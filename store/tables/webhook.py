"""Where clients are told of changes, how far each has been told, and what waits for whom.

`webhook` is the vendor's to change, `webhook_progress` and `webhook_lane` are the worker's: it
holds the lock of a progress while it sends, and nobody who deletes or changes a webhook waits.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.live.webhook import Failure, WebhookState
from store.tables.row import Row, one_of


class WebhookRow(Row):
    """What a client has registered; its secrets are sealed with a key that is elsewhere."""

    __tablename__ = "webhook"
    __table_args__ = (
        one_of("state", WebhookState),
        Index("ix_webhook_client", "client_id", "organisation"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    client_id: Mapped[str]
    organisation: Mapped[str]
    legal_entity: Mapped[str | None]
    url: Mapped[str]
    sections: Mapped[list[str]]
    state: Mapped[str]
    since: Mapped[datetime]
    version: Mapped[int]
    registered_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    resumed_at: Mapped[datetime | None]
    replay_from: Mapped[int | None] = mapped_column(BigInteger)
    secret: Mapped[bytes]
    old_secret: Mapped[bytes | None]
    old_secret_until: Mapped[datetime | None]


class WebhookProgressRow(Row):
    """How far the log has been dealt with for a webhook: told, passed over, or put into a lane.

    It names no webhook by a foreign key, so that deleting one waits for nobody.
    """

    __tablename__ = "webhook_progress"
    __table_args__ = (
        one_of("failure", Failure),
        Index("ix_webhook_progress_due", "due_at", "webhook_id"),
    )

    webhook_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    due_at: Mapped[datetime]
    next_try_at: Mapped[datetime | None]
    attempts: Mapped[int]
    failing_since: Mapped[datetime | None]
    failure: Mapped[str | None]
    resumed_at: Mapped[datetime | None]


class WebhookLaneRow(Row):
    """What waits for a webhook about one patient: all of the log after a place."""

    __tablename__ = "webhook_lane"
    __table_args__ = (
        one_of("failure", Failure),
        Index("ix_webhook_lane_due", "webhook_id", "next_try_at"),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    webhook_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    next_try_at: Mapped[datetime]
    attempts: Mapped[int]
    failing_since: Mapped[datetime | None]
    failure: Mapped[str | None]
