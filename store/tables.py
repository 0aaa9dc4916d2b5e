"""Every table of the store; patient-owned ones are led by `patient_id`, ready to be sharded.

The ORM is for writes and migrations; reads are single statements in the modules of their concept.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from domain.access import Basis
from domain.approval import AgreementState, ApprovalState
from domain.comment import CommentStatus
from domain.plan import Lifecycle, PlanKind
from domain.subject import Gender

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(DeclarativeBase):
    """A table row. Enums are kept as text under a check, which a migration can widen in place."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        datetime: DateTime(timezone=True),
        list[str]: ARRAY(Text),
    }


def _one_of(column: str, values: type) -> CheckConstraint:
    names = ", ".join(f"'{value.name}'" for value in values)  # type: ignore[attr-defined]  # an Enum
    return CheckConstraint(f"{column} IN ({names})", name=column)


def _of_part() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["patient_id", "part_id"], ["plan_part.patient_id", "plan_part.id"], ondelete="CASCADE"
    )


class PatientRow(Row):
    """A person with a plan; `event_count` numbers the patient's events under this row's lock."""

    __tablename__ = "patient"
    __table_args__ = (_one_of("gender", Gender),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    birth_date: Mapped[date]
    gender: Mapped[str]
    died_on: Mapped[date | None]
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("patient.id"))
    event_count: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class IdentityNumberRow(Row):
    """An identity number that a patient has or had; `valid_to` None is a current one."""

    __tablename__ = "identity_number"
    __table_args__ = (
        UniqueConstraint("value"),
        CheckConstraint("kind IN ('NATIONAL', 'D_NUMBER', 'TEMPORARY')", name="kind"),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    value: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class RepresentationRow(Row):
    """Who may act for a patient; a parent's number, since parents need not be patients."""

    __tablename__ = "representation"
    __table_args__ = (
        _one_of("kind", Basis),
        Index("ix_representation_representative", "representative_number"),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    representative_number: Mapped[str]
    representative_name: Mapped[str]
    origin: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class CareTeamMemberRow(Row):
    """A member of the plan's care team; membership is a care relation of the organisation."""

    __tablename__ = "care_team_member"

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    role_code: Mapped[str | None]
    role_text: Mapped[str | None]
    functions: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    organisation_name: Mapped[str | None]
    organisation_number: Mapped[str | None]
    team: Mapped[str | None]
    phone: Mapped[str | None]
    reachable: Mapped[str | None]
    since: Mapped[datetime]
    until: Mapped[datetime | None]


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
        _one_of("kind", PlanKind),
        _one_of("lifecycle", Lifecycle),
        _one_of("approval_state", ApprovalState),
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
    __table_args__ = (_of_part(),)

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
    __table_args__ = (_of_part(), _one_of("state", AgreementState))

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
    __table_args__ = (_of_part(),)

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    recipient: Mapped[str]
    organisation_number: Mapped[str | None]
    shared_by: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class HandoverRow(Row):
    """Responsibility on its way to another organisation; open until accepted or declined."""

    __tablename__ = "handover"

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    from_organisation: Mapped[str]
    to_organisation: Mapped[str]
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class CommentRow(Row):
    """A comment on a part or one of its lines."""

    __tablename__ = "comment"
    __table_args__ = (
        _of_part(),
        _one_of("status", CommentStatus),
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
