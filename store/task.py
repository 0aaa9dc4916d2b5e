"""Reads what waits for an organisation, each kind from the table where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ids
from domain.access import age
from domain.cooperation.comment import CommentStatus
from domain.cooperation.handover import HandoverState
from domain.cooperation.task import ShiftTask, TaskKind, TaskPosition, subject_of
from domain.plan.approval import ApprovalState
from domain.plan.draft import DraftState
from domain.plan.part import IN_USE, LIVING
from store.json import json_object
from store.plan import public_id
from store.session import Sessions
from store.tables import (
    CommentRow,
    DraftRow,
    DraftVersionRow,
    HandoverRow,
    PatientRow,
    PlanPartRow,
    PlanVersionRow,
    TaskClaimRow,
    WorklistEntryRow,
)

_decode = msgspec.json.Decoder(ShiftTask).decode


class TaskStore:
    """Tasks of an organisation, longest waiting first; paged by position."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def page(
        self,
        kind: TaskKind,
        organisation: str,
        after: TaskPosition | None,
        size: int,
        now: datetime,
    ) -> list[ShiftTask]:
        """Return at most `size` tasks of a kind after a position."""
        statement, waiting = _TASKS[kind]
        if after is not None:
            place = tuple_(literal(after.waiting_since), literal(after.subject_id))
            statement = statement.where(
                tuple_(waiting.c.waiting_since, waiting.c.subject_id) > place
            )
        async with self._sessions() as session:
            connection = await session.connection()
            tasks = await connection.scalars(statement.limit(size), _asked(organisation, now))
            return [_decode(task) for task in tasks]

    async def by_id(self, organisation: str, task_id: str, now: datetime) -> ShiftTask | None:
        """Return an organisation's task; None when it does not wait (any more)."""
        async with self._sessions() as session:
            return await one(await session.connection(), organisation, task_id, now)


async def one(
    connection: AsyncConnection, organisation: str, task_id: str, now: datetime
) -> ShiftTask | None:
    """Return an organisation's task as the caller's transaction sees it."""
    kind, subject_id = subject_of(task_id)
    statement, waiting = _TASKS[kind]
    statement = statement.where(waiting.c.subject_id == subject_id)
    found = (await connection.execute(statement, _asked(organisation, now))).scalar()
    return None if found is None else _decode(found)


def _asked(organisation: str, now: datetime) -> dict[str, object]:
    return {"organisation": organisation, "now": now, "today": age.today(now)}


def _waiting(
    row: Any, subject: tuple[str, Any], part_id: Any, since: Any, *where: Any
) -> Select[Any]:
    """Return the select of what waits in a table; Any, since the tables share no type."""
    return select(
        row.patient_id,
        public_id(*subject).label("subject_id"),
        part_id.label("part_id"),
        since.label("waiting_since"),
    ).where(*where)


def _listed(row: Any, *waits: Any) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a row's patient is on the worklist, which says that it waits."""
    entry = WorklistEntryRow
    return (
        entry.organisation == bindparam("organisation"),
        or_(entry.until.is_(None), entry.until > bindparam("now")),
        entry.patient_id == row.patient_id,
        *waits,
    )


def _handovers() -> Select[Any]:
    row = HandoverRow
    return _waiting(
        row,
        (ids.HANDOVER, row.id),
        cast(null(), Uuid),
        row.opened_at,
        row.to_organisation == bindparam("organisation"),
        row.state == HandoverState.OPEN.name,
    )


def _approvals() -> Any:
    part, version = PlanPartRow, PlanVersionRow
    of_part = _waiting(
        part,
        (ids.PART, part.id),
        part.id,
        _asked_at(version),
        *_listed(part, WorklistEntryRow.approval_requested),
        part.lifecycle.in_([literal(each.name) for each in LIVING]),
        version.patient_id == part.patient_id,
        version.part_id == part.id,
        version.number == part.content_version,
        version.approval["state"].as_string() == ApprovalState.REQUESTED.name,
    )
    draft, saved = DraftRow, DraftVersionRow
    of_draft = _waiting(
        draft,
        (ids.DRAFT, draft.id),
        draft.part_id,
        _asked_at(saved),
        *_listed(draft, WorklistEntryRow.approval_requested),
        draft.state == DraftState.OPEN.name,
        saved.patient_id == draft.patient_id,
        saved.draft_id == draft.id,
        saved.number == draft.content_version,
        saved.approval["state"].as_string() == ApprovalState.REQUESTED.name,
    )
    return of_part.union_all(of_draft)


def _asked_at(version: type[PlanVersionRow | DraftVersionRow]) -> ColumnElement[Any]:
    at = cast(version.approval["at"].as_string(), DateTime(timezone=True))
    return func.coalesce(at, version.created_at)


def _comments() -> Select[Any]:
    row = CommentRow
    return _waiting(
        row,
        (ids.COMMENT, row.id),
        row.part_id,
        row.created_at,
        *_listed(row, WorklistEntryRow.open_comments > 0),
        row.status == CommentStatus.OPEN.name,
    )


def _reviews() -> Select[Any]:
    row = PlanPartRow
    today: ColumnElement[Any] = bindparam("today")
    day = cast(row.review_due, DateTime(timezone=False))
    return _waiting(
        row,
        (ids.PART, row.id),
        row.id,
        func.timezone("Europe/Oslo", day),
        *_listed(row, WorklistEntryRow.review_due <= today),
        row.lifecycle.in_([literal(each.name) for each in IN_USE]),
        row.review_due <= today,
    )


def _children() -> Select[Any]:
    row, entry = PatientRow, WorklistEntryRow
    today: ColumnElement[Any] = bindparam("today", type_=Date)
    day = cast(entry.parents_choice_from, DateTime(timezone=False))
    return select(
        row.id.label("patient_id"),
        public_id(ids.PATIENT, row.id).label("subject_id"),
        cast(null(), Uuid).label("part_id"),
        func.timezone("Europe/Oslo", day).label("waiting_since"),
    ).where(
        entry.organisation == bindparam("organisation"),
        or_(entry.until.is_(None), entry.until > bindparam("now")),
        entry.patient_id == row.id,
        entry.parents_choice_from <= today,
        entry.parents_choice_until > today,
    )


def _tasks(kind: TaskKind, of_kind: Any) -> tuple[Select[str], Any]:
    """Return the statement of one kind of task, and what of it a position and an id are of."""
    waiting, claim, part = of_kind.subquery("waiting"), TaskClaimRow, PlanPartRow
    kept = case((claim.version.is_not(None), _claim()))
    task = json_object(
        patient_id=public_id(ids.PATIENT, waiting.c.patient_id),
        kind=literal(kind.name),
        subject_id=waiting.c.subject_id,
        waiting_since=waiting.c.waiting_since,
        part_id=public_id(ids.PART, waiting.c.part_id),
        part_kind=part.kind,
        claim=kept,
    )
    is_its = and_(
        claim.patient_id == waiting.c.patient_id,
        claim.organisation == bindparam("organisation"),
        claim.kind == kind.name,
        claim.subject_id == waiting.c.subject_id,
    )
    is_part = and_(part.patient_id == waiting.c.patient_id, part.id == waiting.c.part_id)
    joined = waiting.outerjoin(claim.__table__, is_its).outerjoin(part.__table__, is_part)
    order = (waiting.c.waiting_since, waiting.c.subject_id)
    return select(cast(task, Text)).select_from(joined).order_by(*order), waiting


def _claim() -> ColumnElement[Any]:
    row = TaskClaimRow
    return json_object(
        patient_id=public_id(ids.PATIENT, row.patient_id),
        organisation=row.organisation,
        kind=row.kind,
        subject_id=row.subject_id,
        version=row.version,
        at=row.at,
        by=row.by,
    )


_TASKS: Mapping[TaskKind, tuple[Select[str], Any]] = {
    TaskKind.HANDOVER: _tasks(TaskKind.HANDOVER, _handovers()),
    TaskKind.APPROVAL: _tasks(TaskKind.APPROVAL, _approvals()),
    TaskKind.COMMENT: _tasks(TaskKind.COMMENT, _comments()),
    TaskKind.REVIEW: _tasks(TaskKind.REVIEW, _reviews()),
    TaskKind.CHILD: _tasks(TaskKind.CHILD, _children()),
}
