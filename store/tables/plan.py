"""The plan, its parts, versions and drafts, and what is said and decided about them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.author import Author
from domain.content.plan_content import PlanContent
from domain.cooperation.review import ReviewOutcome
from domain.given_word import GivenWord
from domain.plan.approval import AgreementState, Approval
from domain.plan.draft import DraftState
from domain.plan.part import Lifecycle, PlanKind
from store.tables.row import Row, of_part, one_of


class PlanRow(Row):
    """The one overall plan of a patient."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("patient_id"), UniqueConstraint("id"))

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class PlanPartRow(Row):
    """The head of a plan part: its three axes and what lists are searched by."""

    __tablename__ = "plan_part"
    __table_args__ = (
        ForeignKeyConstraint(
            ["patient_id", "plan_id"], ["plan.patient_id", "plan.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("id"),
        Index(
            "uq_plan_part_one_living_of_each_kind",
            "patient_id",
            "kind",
            unique=True,
            postgresql_where=text("lifecycle IN ('DRAFT', 'ACTIVE', 'ON_HOLD')"),
        ),
        one_of("kind", PlanKind),
        one_of("lifecycle", Lifecycle),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID]
    kind: Mapped[str]
    lifecycle: Mapped[str]
    version: Mapped[int]
    content_version: Mapped[int]
    responsible: Mapped[Author] = mapped_column(JSON)
    review_due: Mapped[date | None]
    reason: Mapped[str | None]
    updated_at: Mapped[datetime]
    updated_by: Mapped[Author] = mapped_column(JSON)


class Versioned:
    """A content version: an immutable document, kept to the letter (so not jsonb).

    Only its approval changes: what health personnel have decided about this very content.
    `head_version` is the version that the head got by it, which a later writer may have seen.
    """

    patient_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-2)
    number: Mapped[int] = mapped_column(primary_key=True)
    head_version: Mapped[int]
    content: Mapped[PlanContent] = mapped_column(JSON)
    change_comment: Mapped[str | None]
    author: Mapped[Author] = mapped_column(JSON)
    created_at: Mapped[datetime]
    approval: Mapped[Approval] = mapped_column(JSON)


class PlanVersionRow(Versioned, Row):
    """A content version that a part has had since its activation."""

    __tablename__ = "plan_version"
    __table_args__ = (of_part(),)

    part_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


class DraftRow(Row):
    """The head of a draft on top of a part."""

    __tablename__ = "draft"
    __table_args__ = (
        of_part(),
        UniqueConstraint("id"),
        one_of("state", DraftState),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    state: Mapped[str]
    version: Mapped[int]
    content_version: Mapped[int]
    based_on: Mapped[int]
    author: Mapped[Author] = mapped_column(JSON)
    review_due: Mapped[date | None]
    activated_as: Mapped[int | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    updated_by: Mapped[Author] = mapped_column(JSON)


class DraftVersionRow(Versioned, Row):
    """A content version that was saved of a draft."""

    __tablename__ = "draft_version"
    __table_args__ = (
        ForeignKeyConstraint(
            ["patient_id", "draft_id"], ["draft.patient_id", "draft.id"], ondelete="CASCADE"
        ),
    )

    draft_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


class AgreementRow(Row):
    """One person's agreement or disagreement with one content version."""

    __tablename__ = "agreement"
    __table_args__ = (of_part(), one_of("state", AgreementState))

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    person: Mapped[str]
    relation: Mapped[str]
    state: Mapped[str]
    content_version: Mapped[int]
    comment: Mapped[str | None]
    at: Mapped[datetime]
    word: Mapped[GivenWord | None] = mapped_column(JSON(none_as_null=True))


class ReviewRow(Row):
    """A review that was held of a part."""

    __tablename__ = "review"
    __table_args__ = (
        of_part(),
        one_of("outcome", ReviewOutcome),
        Index("ix_review_part_newest", "patient_id", "part_id", text("held_at DESC"), "id"),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    content_version: Mapped[int]
    held_at: Mapped[datetime]
    participants: Mapped[list[str]]
    outcome: Mapped[str]
    note: Mapped[str]
    next_due: Mapped[date | None]
    by: Mapped[Author] = mapped_column(JSON)
