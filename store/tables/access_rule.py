"""What has been set about access to a patient's plan."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.access.rule import EmergencyFinding, RuleKind
from domain.author import Author
from domain.given_word import GivenWord
from store.tables.row import Row, one_of

_OR_NULL = JSON(none_as_null=True)


class AccessRuleRow(Row):
    """A rule that stands, or stood; `hpr_number` and `person_number` say whom it is about."""

    __tablename__ = "access_rule"
    __table_args__ = (
        UniqueConstraint("id"),
        one_of("kind", RuleKind),
        one_of("finding", EmergencyFinding),
        Index(
            "ix_access_rule_emergency",
            "legal_entity",
            text("since DESC"),
            postgresql_where=text("kind = 'EMERGENCY'"),
        ),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    set_by: Mapped[Author] = mapped_column(JSON)
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    rights: Mapped[list[str]]
    part_id: Mapped[UUID | None]
    line_id: Mapped[str | None]
    hpr_number: Mapped[str | None]
    person_number: Mapped[str | None]
    person_name: Mapped[str | None]
    organisation: Mapped[str | None]
    legal_entity: Mapped[str | None]
    reason: Mapped[str | None]
    word: Mapped[GivenWord | None] = mapped_column(_OR_NULL)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[Author | None] = mapped_column(_OR_NULL)
    ended_word: Mapped[GivenWord | None] = mapped_column(_OR_NULL)
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[Author | None] = mapped_column(_OR_NULL)
    finding: Mapped[str | None]
    review: Mapped[str | None]


class SearchRow(Row):
    """That a patient was looked for by number in an emergency, and whether one was found."""

    __tablename__ = "emergency_search"
    __table_args__ = (
        Index("ix_emergency_search_person", "hpr_number", "at"),
        Index("ix_emergency_search_newest", "legal_entity", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    hpr_number: Mapped[str]
    by: Mapped[Author] = mapped_column(JSON)
    legal_entity: Mapped[str | None]
    is_found: Mapped[bool]
