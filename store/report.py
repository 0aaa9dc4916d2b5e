"""Reads reports, each with its values; keeps what becomes of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Integer,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from domain import ids
from domain.following.asking import ReportsAsked
from domain.following.report import Feeling, Report
from store import saving
from store.asked import asked_table
from store.json import json_list, json_object
from store.measurement import measurement_json
from store.plan import public_id
from store.session import Sessions
from store.tables import MeasurementRow, ReportRow

_decode = msgspec.json.Decoder(Report).decode


class ReportStore:
    """Reports, newest received first; paged by position, so the last page costs as the first."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def pages(self, asked: Sequence[ReportsAsked]) -> list[list[Report]]:
        """Return the reports of each question, in their order."""
        found: list[list[Report]] = [[] for _ in asked]
        async with self._sessions() as session:
            connection = await session.connection()
            for place, report in await connection.execute(_PAGES, _columns(asked)):
                found[place - 1].append(_decode(report))
        return found

    async def by_id(self, patient_id: str, report_id: str) -> Report | None:
        """Return a patient's report, whatever became of it."""
        async with self._sessions() as session:
            return await one(await session.connection(), patient_id, report_id)

    async def due(self, now: datetime, size: int) -> list[str]:
        """Return the public ids of reports that are to be passed on by now, the longest due first.

        Nothing is locked: whoever passes one on looks again under the patient's lock.
        """
        row = ReportRow
        first = select(row.id).where(row.escalates_at <= now).order_by(row.escalates_at).limit(size)
        async with self._sessions() as session:
            return [f"{ids.REPORT}{key}" for key in await session.scalars(first)]


async def one(connection: AsyncConnection, patient_id: str, report_id: str) -> Report | None:
    """Return a patient's report as the caller's transaction sees it."""
    key = {
        "patient": ids.uuid_of(patient_id, ids.PATIENT),
        "report": ids.uuid_of(report_id, ids.REPORT),
    }
    found = (await connection.execute(_ONE, key)).scalar()
    return None if found is None else _decode(found)


async def with_value(
    connection: AsyncConnection, patient_id: str, measurement_id: str
) -> Report | None:
    """Return the report that a value of a patient's came with.

    No index leads from a value's id, since only a rare request begins there.
    """
    key = {
        "patient": ids.uuid_of(patient_id, ids.PATIENT),
        "value": ids.uuid_of(measurement_id, ids.MEASUREMENT),
    }
    found = (await connection.execute(_WITH_VALUE, key)).scalar()
    return None if found is None else _decode(found)


async def add(session: AsyncSession, report: Report) -> None:
    """Insert a report with its values."""
    await saving.add(session, report)
    await saving.add_all(session, report.measurements)


async def end(session: AsyncSession, report: Report) -> None:
    """Mark a report, and those of its values that were changed with it, as no longer current."""
    await saving.change(session, report)
    row = MeasurementRow
    with_it = [each for each in report.measurements if each.change == report.change]
    marked = (
        update(row)
        .where(
            row.patient_id == ids.uuid_of(report.patient_id, ids.PATIENT),
            row.report_id == ids.uuid_of(report.id, ids.REPORT),
            row.id.in_([ids.uuid_of(each.id, ids.MEASUREMENT) for each in with_it]),
        )
        .values(change=report.change)
    )
    if with_it:
        await session.execute(marked)


def report_json(row: Any = ReportRow) -> ColumnElement[Any]:
    """Return the JSON object of a report's row, with its values; Any: it or columns like its."""
    value = MeasurementRow
    feelings = {each.name: each.value for each in Feeling}
    own = (value.patient_id == row.patient_id, value.report_id == row.id)
    order = (value.measured_at, value.observable, value.id)
    return json_object(
        id=public_id(ids.REPORT, row.id),
        patient_id=public_id(ids.PATIENT, row.patient_id),
        part_id=public_id(ids.PART, row.part_id),
        content_version=row.content_version,
        source=row.source,
        author=row.author,
        author_id=row.author_id,
        on_behalf_of=row.on_behalf_of,
        received_at=row.received_at,
        happened_at=row.happened_at,
        action_id=row.action_id,
        done=row.done,
        feeling=case(feelings, value=row.feeling),
        note=row.note,
        chosen=row.chosen,
        signs=row.signs,
        assessment=row.assessment,
        receiving=row.receiving,
        change=row.change,
        replaces=row.replaces,
        measurements=json_list(measurement_json(row), value.__table__, *own, order=order),
    )


def _columns(asked: Sequence[ReportsAsked]) -> dict[str, list[Any]]:
    places = [each.after for each in asked]
    return {
        "patients": [ids.uuid_of(each.patient_id, ids.PATIENT) for each in asked],
        "parts": [each.part_id and ids.uuid_of(each.part_id, ids.PART) for each in asked],
        "authors": [each.author_id for each in asked],
        "times": [place and place.received_at for place in places],
        "reports": [place and ids.uuid_of(place.id, ids.REPORT) for place in places],
        "sizes": [each.size for each in asked],
    }


_KINDS: dict[str, Any] = {
    "patients": Uuid,
    "parts": Uuid,
    "authors": Text,
    "times": DateTime(timezone=True),
    "reports": Uuid,
    "sizes": Integer,
}


def _pages() -> Select[Any]:
    row = ReportRow
    asked = asked_table(_KINDS)
    never: ColumnElement[Any] = literal_column("'infinity'::timestamptz")
    page = (
        select(row.__table__)
        .where(
            row.patient_id == asked.c.patients,
            # Never null, so that it bounds the index scan.
            row.received_at <= func.coalesce(asked.c.times, never),
            or_(
                asked.c.times.is_(None),
                row.received_at < asked.c.times,
                row.id > asked.c.reports,
            ),
            or_(asked.c.parts.is_(None), row.part_id == asked.c.parts),
            or_(asked.c.authors.is_(None), row.author_id == asked.c.authors),
        )
        .order_by(row.received_at.desc(), row.id)
        .limit(asked.c.sizes)
        .lateral("page")
    )
    # Put together outside of the limit, so that the rows on the page are all that it costs.
    return (
        select(asked.c.place, cast(report_json(page.c), Text))
        .select_from(asked.join(page, true()))
        .order_by(asked.c.place, page.c.received_at.desc(), page.c.id)
    )


_PAGES = _pages()
_ONE = select(cast(report_json(), Text)).where(
    ReportRow.patient_id == bindparam("patient"), ReportRow.id == bindparam("report")
)
_WITH_VALUE = select(cast(report_json(), Text)).where(
    ReportRow.patient_id == bindparam("patient"),
    ReportRow.id
    == select(MeasurementRow.report_id)
    .where(
        MeasurementRow.patient_id == bindparam("patient"), MeasurementRow.id == bindparam("value")
    )
    .scalar_subquery(),
)
