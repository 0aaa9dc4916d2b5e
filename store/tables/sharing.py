"""Who has been given a plan part, and how those without a login open it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    JSON,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from domain.author import Author
from domain.given_word import GivenWord
from domain.plan.sharing import RecipientKind, RecipientSetting
from store.tables.row import Row, of_part, one_of


class ShareRow(Row):
    """A part shared with a named recipient, open until it ends or is withdrawn."""

    __tablename__ = "share"
    __table_args__ = (
        of_part(),
        UniqueConstraint("id"),
        one_of("kind", RecipientKind),
        one_of("setting", RecipientSetting),
        Index("ix_share_recipient", "recipient_number"),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    recipient: Mapped[str]
    kind: Mapped[str]
    setting: Mapped[str]
    scopes: Mapped[list[str]]
    organisation_number: Mapped[str | None]
    recipient_number: Mapped[str | None]
    shared_by: Mapped[str]
    shared_by_number: Mapped[str | None]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    is_own_home_only: Mapped[bool] = mapped_column(server_default=text("false"))
    word: Mapped[GivenWord | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int]


class OpeningRow(Row):
    """A code made for a share, and the access that it has opened; both as digests only."""

    __tablename__ = "opening"
    __table_args__ = (
        ForeignKeyConstraint(
            ["patient_id", "share_id"], ["share.patient_id", "share.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("code_digest"),
        UniqueConstraint("token_digest"),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    share_id: Mapped[UUID]
    code_digest: Mapped[bytes] = mapped_column(LargeBinary)
    made_by: Mapped[Author] = mapped_column(JSON)
    made_at: Mapped[datetime]
    code_expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    token_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime | None]


class OpeningTriesRow(Row):
    """How often codes were tried from one place on the network since a time; of no patient."""

    __tablename__ = "opening_tries"

    place: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    tries: Mapped[int]
