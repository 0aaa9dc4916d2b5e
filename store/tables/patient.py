"""The person, and those who act or work for them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.access.relation import Basis
from domain.access.subject import Gender
from domain.author import Author
from domain.cooperation.handover import HandoverState, Move, OpenAction
from domain.given_word import GivenWord
from store.tables.row import Row, one_of

_OR_NULL = JSON(none_as_null=True)


class PatientRow(Row):
    """A person with a plan; `event_count` numbers the patient's events under this row's lock."""

    __tablename__ = "patient"
    __table_args__ = (one_of("gender", Gender),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    birth_date: Mapped[date]
    gender: Mapped[str]
    died_on: Mapped[date | None]
    is_address_protected: Mapped[bool] = mapped_column(server_default=text("false"))
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
    """Who may act for a patient, by their number, since they need not be patients.

    `rights` are those that a mandate gives; of a parent they are empty, and `lives_with_patient`
    says whether they are registered at the patient's address. `is_protected` is of their own
    address. `registered_by`, `word` and `ended_by` are None of what the population register says.
    """

    __tablename__ = "representation"
    __table_args__ = (
        one_of("kind", Basis),
        UniqueConstraint("id"),
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
    rights: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    lives_with_patient: Mapped[bool] = mapped_column(server_default=text("true"))
    is_protected: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    registered_by: Mapped[Author | None] = mapped_column(_OR_NULL)
    word: Mapped[GivenWord | None] = mapped_column(_OR_NULL)
    ended_by: Mapped[Author | None] = mapped_column(_OR_NULL)


class CareTeamMemberRow(Row):
    """A member of the plan's care team; membership is a care relation of the organisation."""

    __tablename__ = "care_team_member"
    __table_args__ = (UniqueConstraint("id"),)

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    name: Mapped[str]
    role_code: Mapped[str | None]
    role_text: Mapped[str | None]
    hpr_number: Mapped[str | None]
    functions: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    organisation_name: Mapped[str | None]
    organisation_number: Mapped[str | None]
    team: Mapped[str | None]
    phone: Mapped[str | None]
    reachable: Mapped[str | None]
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class HandoverRow(Row):
    """Responsibility on its way to another organisation; open until it is decided.

    While it is open it is a care relation of the receiver. Parts are named by their public ids.
    """

    __tablename__ = "handover"
    __table_args__ = (
        UniqueConstraint("id"),
        one_of("state", HandoverState),
        Index(
            "ix_handover_waiting",
            "to_organisation",
            "opened_at",
            "id",
            postgresql_where=text("state = 'OPEN'"),
        ),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    state: Mapped[str]
    part_ids: Mapped[list[str]]
    from_organisation: Mapped[str]
    from_organisation_name: Mapped[str | None]
    to_organisation: Mapped[str]
    to_organisation_name: Mapped[str | None]
    reason: Mapped[str]
    message: Mapped[str | None]
    move: Mapped[Move | None] = mapped_column(JSON(none_as_null=True))
    open_actions: Mapped[list[OpenAction]] = mapped_column(JSON)
    opened_by: Mapped[Author] = mapped_column(JSON)
    opened_at: Mapped[datetime]
    decided_by: Mapped[Author | None] = mapped_column(JSON(none_as_null=True))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None]
    left_out: Mapped[list[str]]
