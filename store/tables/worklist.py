"""What is an organisation's own: the index behind its worklist, and who has taken what on it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.author import Author
from store.tables.row import Row


class WorklistEntryRow(Row):
    """A patient on an organisation's worklist, with what the list is filtered and ordered by.

    An index of facts in the other tables, renewed by `store.worklist.renew` in the same transaction
    as they change. `until` is the end of the last care relation, None while one is open-ended.
    The list is read from its own index alone, which holds what is shown and filtered by.
    """

    __tablename__ = "worklist_entry"
    __table_args__ = (
        Index(
            "ix_worklist_entry_newest",
            "organisation",
            "changed_at",
            "patient_id",
            postgresql_include=[
                *("until", "kinds", "approval_requested"),
                *("open_comments", "open_suggestions", "review_due"),
                *("unseen_reds", "unseen_yellows", "outdated_parts"),
                *("parents_choice_from", "parents_choice_until"),
            ],
        ),
    )

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    organisation: Mapped[str] = mapped_column(primary_key=True)
    changed_at: Mapped[datetime]
    until: Mapped[datetime | None]
    kinds: Mapped[list[str]]
    approval_requested: Mapped[bool]
    open_comments: Mapped[int]
    open_suggestions: Mapped[int]
    review_due: Mapped[date | None]
    unseen_reds: Mapped[int]
    unseen_yellows: Mapped[int]
    outdated_parts: Mapped[int]
    parents_choice_from: Mapped[date | None]
    parents_choice_until: Mapped[date | None]


class TaskClaimRow(Row):
    """Who in an organisation has taken on something that waits; `by` is null when nobody has.

    What waits is no row of its own; its kinds are an open list that grows, so no check holds them.
    """

    __tablename__ = "task_claim"

    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True
    )
    organisation: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    by: Mapped[Author | None] = mapped_column(JSON(none_as_null=True))
    at: Mapped[datetime]
