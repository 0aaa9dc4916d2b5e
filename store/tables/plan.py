"""The plan, its parts and versions, and what is said and decided about them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.approval import AgreementState, ApprovalState
from domain.comment import CommentStatus
from domain.plan import Lifecycle, PlanKind
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
            "uq_plan_part_one_active_of_each_kind",
            "patient_id",
            "kind",
            unique=True,
            postgresql_where=text("lifecycle IN ('ACTIVE', 'ON_HOLD')"),
        ),
        one_of("kind", PlanKind),
        one_of("lifecycle", Lifecycle),
        one_of("approval_state", ApprovalState),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID]
    kind: Mapped[str]
    lifecycle: Mapped[str]
    version: Mapped[int] = mapped_column()
    content_version: Mapped[int]
    responsible: Mapped[dict[str, str | None]] = mapped_column(JSON)
    review_due: Mapped[date | None]
    approval_state: Mapped[str] = mapped_column(server_default=text("'NONE'"))
    approval_by: Mapped[str | None]
    approval_at: Mapped[datetime | None]
    approval_reason: Mapped[str | None]
    updated_at: Mapped[datetime]
    updated_by: Mapped[dict[str, str | None]] = mapped_column(JSON)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy types it


class PlanVersionRow(Row):
    """A content version of a part: an immutable document, kept to the letter (so not jsonb)."""

    __tablename__ = "plan_version"
    __table_args__ = (of_part(),)

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    change_comment: Mapped[str | None]
    author: Mapped[dict[str, str | None]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


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


class ShareRow(Row):
    """A part shared with a named recipient, open until it ends or is withdrawn."""

    __tablename__ = "share"
    __table_args__ = (of_part(),)

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    recipient: Mapped[str]
    organisation_number: Mapped[str | None]
    shared_by: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class CommentRow(Row):
    """A comment on a part or one of its lines."""

    __tablename__ = "comment"
    __table_args__ = (
        of_part(),
        one_of("status", CommentStatus),
        Index("ix_comment_part_newest", "patient_id", "part_id", text("created_at DESC"), "id"),
    )

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    line_id: Mapped[str | None]
    text: Mapped[str]
    author: Mapped[str]
    on_behalf_of: Mapped[str | None]
    answer_to: Mapped[UUID | None]
    status: Mapped[str]
    created_at: Mapped[datetime]
