"""Writes domain nouns into their tables: columns are the noun's fields of the same names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Insert, Update, Uuid, bindparam, insert, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from domain.access.audit import AuditEntry
from domain.access.emergency import Search
from domain.access.log_line import LogQuestion
from domain.access.opening import Opening
from domain.access.representation import Representation
from domain.access.reservation import Reservation
from domain.access.rule import AccessRule
from domain.cooperation.comment import Comment
from domain.cooperation.handover import Handover
from domain.cooperation.message import Message
from domain.cooperation.notice import NoticeSent
from domain.cooperation.review import Review
from domain.cooperation.suggestion import Suggestion
from domain.cooperation.task import TaskClaim
from domain.event import Event
from domain.following.measurement import Measurement
from domain.following.report import Report
from domain.keeping.consent import Consent
from domain.keeping.correction import CorrectionRequest
from domain.keeping.delivery import Delivery
from domain.keeping.erasure import Erasure
from domain.noun import Noun
from domain.outdated.comparison import Comparison
from domain.plan.approval import Agreement
from domain.plan.care_team import TeamMember
from domain.plan.draft import Draft
from domain.plan.part import Plan, PlanPart
from domain.plan.sharing import Share
from domain.plan.version import DraftVersion, PlanVersion
from store.tables import (
    AccessRuleRow,
    AgreementRow,
    AuditEntryRow,
    CareTeamMemberRow,
    CommentRow,
    ComparisonRow,
    ConsentRow,
    CorrectionRequestRow,
    DeliveryRow,
    DraftRow,
    DraftVersionRow,
    ErasureRow,
    EventRow,
    HandoverRow,
    LogQuestionRow,
    MeasurementRow,
    MessageRow,
    NoticeRow,
    OpeningRow,
    PlanPartRow,
    PlanRow,
    PlanVersionRow,
    ReportRow,
    RepresentationRow,
    ReservationRow,
    ReviewRow,
    Row,
    SearchRow,
    ShareRow,
    SuggestionRow,
    TaskClaimRow,
)

_ROWS: Mapping[type[Noun], type[Row]] = {
    AccessRule: AccessRuleRow,
    Agreement: AgreementRow,
    AuditEntry: AuditEntryRow,
    Comment: CommentRow,
    Comparison: ComparisonRow,
    Consent: ConsentRow,
    CorrectionRequest: CorrectionRequestRow,
    Delivery: DeliveryRow,
    Draft: DraftRow,
    DraftVersion: DraftVersionRow,
    Erasure: ErasureRow,
    Event: EventRow,
    LogQuestion: LogQuestionRow,
    Opening: OpeningRow,
    Handover: HandoverRow,
    Plan: PlanRow,
    PlanPart: PlanPartRow,
    PlanVersion: PlanVersionRow,
    Review: ReviewRow,
    Reservation: ReservationRow,
    Measurement: MeasurementRow,
    Message: MessageRow,
    NoticeSent: NoticeRow,
    Report: ReportRow,
    Representation: RepresentationRow,
    Search: SearchRow,
    Share: ShareRow,
    Suggestion: SuggestionRow,
    TaskClaim: TaskClaimRow,
    TeamMember: CareTeamMemberRow,
}


async def add(session: AsyncSession, noun: Noun, **more: object) -> None:
    """Insert what a noun says, and what `more` columns say that the noun doesn't."""
    row = _ROWS[type(noun)]
    await session.execute(_insert(row), values_of(row, noun) | more)


async def add_all(session: AsyncSession, nouns: Sequence[Noun]) -> None:
    """Insert many nouns of one kind at once."""
    if nouns:
        row = _ROWS[type(nouns[0])]
        await session.execute(_insert(row), [values_of(row, noun) for noun in nouns])


async def change(session: AsyncSession, noun: Noun) -> None:
    """Update the noun's row to what the noun says; the row must be there."""
    row = _ROWS[type(noun)]
    values = values_of(row, noun)
    key = {f"the_{column.name}": values[column.name] for column in row.__table__.primary_key}
    changed = await session.execute(_update(row), values | key)
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE has one
        raise LookupError(f"There is no row of {row.__tablename__} to change.")


async def put(session: AsyncSession, noun: Noun) -> None:
    """Insert what a noun says, or bring the row that is there to it."""
    row = _ROWS[type(noun)]
    values = values_of(row, noun)
    key = [column.name for column in row.__table__.primary_key]
    added = postgresql.insert(row).values(values)
    rest = {name: value for name, value in values.items() if name not in key}
    await session.execute(added.on_conflict_do_update(index_elements=key, set_=rest))


@cache
def _update(row: type[Row]) -> Update:
    """Return the statement that changes a row of a table, found by its key under other names."""
    table = Row.metadata.tables[row.__tablename__]
    key = (column == bindparam(f"the_{column.name}") for column in table.primary_key)
    return update(table).where(*key)


@cache
def _insert(row: type[Row]) -> Insert:
    """Return the statement that inserts into a table, made once: values go beside it, not in it."""
    return insert(Row.metadata.tables[row.__tablename__])


def values_of(row: type[Row], noun: Noun) -> dict[str, object]:
    """Return the columns of a table that a noun has fields for."""
    return {
        column.name: _value(column, getattr(noun, column.name))
        for column in row.__table__.columns
        if hasattr(noun, column.name)
    }


def _value(column: ColumnElement[Any], value: object) -> object:
    """Return a field's value as its column takes it; a public id ends with its UUID."""
    if isinstance(column.type, Uuid) and isinstance(value, str):
        return UUID(value.rpartition("_")[2])
    if isinstance(column.type, ARRAY) and isinstance(value, tuple | frozenset):
        return [each.name if isinstance(each, Enum) else each for each in value]
    return value.name if isinstance(value, Enum) else value
