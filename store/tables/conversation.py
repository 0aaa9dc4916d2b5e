"""What is said about a plan and suggested to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.author import Author
from domain.content.line import ContentSection
from domain.cooperation.comment import CommentStatus, Visibility
from domain.cooperation.suggestion import SuggestionKind, SuggestionState
from store.tables.row import Row, of_part, one_of


class CommentRow(Row):
    """A comment on a part or one of its lines."""

    __tablename__ = "comment"
    __table_args__ = (
        of_part(),
        UniqueConstraint("id"),
        one_of("status", CommentStatus),
        one_of("visibility", Visibility),
        Index("ix_comment_part_newest", "patient_id", "part_id", text("created_at DESC"), "id"),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    line_id: Mapped[str | None]
    text: Mapped[str]
    author: Mapped[Author] = mapped_column(JSON)
    author_number: Mapped[str | None]
    on_behalf_of: Mapped[str | None]
    answer_to: Mapped[UUID | None]
    visibility: Mapped[str]
    seen_by_number: Mapped[str | None]
    status: Mapped[str]
    version: Mapped[int]
    created_at: Mapped[datetime]


class SuggestionRow(Row):
    """An edit that the patient or a parent suggests, and what became of it."""

    __tablename__ = "suggestion"
    __table_args__ = (
        of_part(),
        UniqueConstraint("id"),
        one_of("kind", SuggestionKind),
        one_of("section", ContentSection),
        one_of("state", SuggestionState),
        Index("ix_suggestion_part_newest", "patient_id", "part_id", text("created_at DESC"), "id"),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    kind: Mapped[str]
    section: Mapped[str]
    line_id: Mapped[str | None]
    text: Mapped[str | None]
    why: Mapped[str]
    content_version: Mapped[int]
    author: Mapped[Author] = mapped_column(JSON)
    author_number: Mapped[str | None]
    on_behalf_of: Mapped[str | None]
    created_at: Mapped[datetime]
    state: Mapped[str]
    version: Mapped[int]
    decided_by: Mapped[Author | None] = mapped_column(JSON(none_as_null=True))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    draft_id: Mapped[UUID | None]
