"""Reads measured values: of one observable, newest first, in a period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    Text,
    Uuid,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ids
from domain.following.asking import ValuesAsked
from domain.following.measurement import Measurement
from store.asked import asked_table
from store.json import json_object
from store.plan import public_id
from store.session import Sessions
from store.tables import MeasurementRow, ReportRow

_decode = msgspec.json.Decoder(Measurement).decode


class MeasurementStore:
    """Measured values, newest first."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_questions(self, asked: Sequence[ValuesAsked]) -> list[list[Measurement]]:
        """Return the values of each question, in their order."""
        async with self._sessions() as session:
            return await found(await session.connection(), asked)


async def found(
    connection: AsyncConnection, asked: Sequence[ValuesAsked]
) -> list[list[Measurement]]:
    """Return the values of each question as the caller's transaction sees them."""
    answers: list[list[Measurement]] = [[] for _ in asked]
    for place, value in await connection.execute(_VALUES, _columns(asked)):
        answers[place - 1].append(_decode(value))
    return answers


def measurement_json(report: Any = ReportRow) -> ColumnElement[Any]:
    """Return a value as JSON, from its row and that of the report that it came with."""
    row = MeasurementRow
    return json_object(
        id=public_id(ids.MEASUREMENT, row.id),
        patient_id=public_id(ids.PATIENT, row.patient_id),
        report_id=public_id(ids.REPORT, row.report_id),
        observable=row.observable,
        value=row.value,
        unit=row.unit,
        measured_at=row.measured_at,
        source=row.source,
        device_id=row.device_id,
        change=row.change,
        replaces=row.replaces,
        author=report.author,
        author_id=report.author_id,
        on_behalf_of=report.on_behalf_of,
        received_at=report.received_at,
    )


def _columns(asked: Sequence[ValuesAsked]) -> dict[str, list[Any]]:
    return {
        "patients": [ids.uuid_of(each.patient_id, ids.PATIENT) for each in asked],
        "observables": [each.observable.name for each in asked],
        "since": [each.since for each in asked],
        "until": [each.until for each in asked],
        "usable": [each.is_usable for each in asked],
        "sizes": [each.size for each in asked],
    }


_KINDS: dict[str, Any] = {
    "patients": Uuid,
    "observables": Text,
    "since": DateTime(timezone=True),
    "until": DateTime(timezone=True),
    "usable": Boolean,
    "sizes": Integer,
}


_EVER: ColumnElement[Any] = literal_column("'-infinity'::timestamptz")
_NEVER: ColumnElement[Any] = literal_column("'infinity'::timestamptz")


def _values() -> Select[Any]:
    row, report = MeasurementRow, ReportRow
    asked = asked_table(_KINDS)
    is_usable = row.change.is_(None) & row.is_possible
    newest = (
        select(cast(measurement_json(), Text).label("value"), row.measured_at, row.id)
        # By its id alone: with the patient beside it, either of two indexes could lead there.
        .join(report, report.id == row.report_id)
        .where(
            row.patient_id == asked.c.patients,
            row.observable == asked.c.observables,
            # Never null, so that both ends bound the index scan.
            row.measured_at >= func.coalesce(asked.c.since, _EVER),
            row.measured_at < func.coalesce(asked.c.until, _NEVER),
            or_(~asked.c.usable, is_usable),
        )
        .order_by(row.measured_at.desc(), row.id.desc())
        .limit(asked.c.sizes)
        .lateral("newest")
    )
    return (
        select(asked.c.place, newest.c.value)
        .select_from(asked.join(newest, true()))
        .order_by(asked.c.place, newest.c.measured_at.desc(), newest.c.id.desc())
    )


_VALUES = _values()
