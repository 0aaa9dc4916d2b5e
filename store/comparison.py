"""Reads and keeps how far plan parts have been compared with their sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    DateTime,
    Select,
    Text,
    Update,
    Uuid,
    any_,
    bindparam,
    cast,
    delete,
    exists,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.outdated.comparison import Comparison
from domain.source.section import SectionName
from store.json import json_object
from store.plan import public_id
from store.saving import values_of
from store.session import Sessions
from store.tables import ComparisonRow, FeedPositionRow, PatientRow, ReservationRow, Row

FEED = "changes-"
"""What the places in the feeds of sections are kept under, before the section's name."""

_decode = msgspec.json.Decoder(Comparison).decode
_AT_A_TIME = 5_000
_FIRST = UUID(int=0)
_SAME_AS_ASKED = ("since", "due_at", "told_at")
_NOT_SHOWN = cast(literal("[]"), JSON(none_as_null=True))


class ComparisonStore:
    """Comparisons of many parts: what is shown of them, and which are due."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_parts(self, keys: Sequence[tuple[str, str]]) -> list[list[Comparison]]:
        """Return those of (patient id, part id) pairs, in their order, without fingerprints."""
        parts = [ids.uuid_of(part_id, ids.PART) for _, part_id in keys]
        patients = list({ids.uuid_of(patient_id, ids.PATIENT) for patient_id, _ in keys})
        found: dict[UUID, list[Comparison]] = {part: [] for part in parts}
        async with self._sessions() as session:
            connection = await session.connection()
            of_parts = {"patients": patients, "parts": parts}
            for part_id, comparison in await connection.execute(_OF_PARTS, of_parts):
                found[part_id].append(_decode(comparison))
        return [found[part] for part in parts]

    async def due(self, section: SectionName, now: datetime, most: int) -> list[Comparison]:
        """Return what is due with a section, the longest waiting first.

        Nobody is asked about the dead, or about those who have reserved.
        """
        async with self._sessions() as session:
            connection = await session.connection()
            asked = {"section": section.name, "now": now}
            found = await connection.scalars(_DUE.limit(most), asked)
            return [_decode(comparison) for comparison in found]

    async def keep(self, compared: Sequence[tuple[Comparison, Comparison]]) -> None:
        """Keep what became of comparisons, each as it was when asked and as it is now.

        One that was begun anew, or told of, since it was asked is left as it is, and so due.
        """
        rows = [_kept(asked, now) for asked, now in sorted(compared, key=_order)]
        if rows:
            async with self._sessions.begin() as session:
                connection = await session.connection()
                await connection.execute(_KEEP, rows)

    async def told(
        self, section: SectionName, changed: Mapping[str, datetime], now: datetime
    ) -> None:
        """Let be due what is about patients whose data has changed, given by identity number."""
        told = {
            "section": section.name,
            "numbers": list(changed),
            "times": list(changed.values()),
            "now": now,
        }
        async with self._sessions.begin() as session:
            await session.execute(_TOLD, told)

    async def all_due(
        self, section: SectionName, now: datetime, at_a_time: int = _AT_A_TIME
    ) -> None:
        """Let everything be due with a section whose changes nobody can tell.

        It is done some at a time: nobody waits long for a row of theirs.
        """
        after = (_FIRST, _FIRST)
        while True:
            patient, part = after
            asked = {"section": section.name, "now": now, "patient": patient, "part": part}
            async with self._sessions.begin() as session:
                rows = (await session.execute(_SOME_DUE, asked | {"most": at_a_time})).all()
            if len(rows) < at_a_time:
                return
            after = max((row.patient_id, row.part_id) for row in rows)


def _order(compared: tuple[Comparison, Comparison]) -> tuple[UUID, UUID]:
    """Return the order in which rows are locked, everywhere the same."""
    asked, _ = compared
    patient = ids.uuid_of(asked.patient_id, ids.PATIENT)
    return patient, ids.uuid_of(asked.part_id, ids.PART)


def _kept(asked: Comparison, now: Comparison) -> dict[str, object]:
    asked_for = {f"asked_{name}": getattr(asked, name) for name in _SAME_AS_ASKED}
    new = {f"new_{name}": value for name, value in values_of(ComparisonRow, now).items()}
    return asked_for | new


async def of_patient(session: AsyncSession, key: UUID) -> list[Comparison]:
    """Return a patient's comparisons, which nobody else changes until the transaction ends."""
    statement = _OF_PATIENT.where(ComparisonRow.patient_id == key)
    return [_decode(each) for each in await session.scalars(statement)]


async def forget(session: AsyncSession, key: UUID, part_id: str) -> None:
    """Take away what a part of a patient's has been compared with."""
    row = ComparisonRow
    of_part = (row.patient_id == key, row.part_id == ids.uuid_of(part_id, ids.PART))
    await session.execute(delete(row).where(*of_part))


def _comparison(**other: Any) -> ColumnElement[str]:
    """Return a row as JSON text; `other` members stand instead of its own."""
    row = ComparisonRow
    plain = ("section", "since", "due_at", "attempts", "told_at", "baseline_at", "compared_at")
    members: dict[str, Any] = {name: getattr(row, name) for name in plain}
    members |= {
        name: getattr(row, name) for name in ("key_id", "blind_to", "is_partial", "is_closed")
    }
    members |= {name: getattr(row, name) for name in ("fingerprints", "accepted", "reasons")}
    members |= {"patient_id": public_id(ids.PATIENT, row.patient_id)}
    members |= {"part_id": public_id(ids.PART, row.part_id)}
    return cast(json_object(**members | other), Text)


def _of_parts() -> Select[UUID, str]:
    row, feed = ComparisonRow, FeedPositionRow
    heard = select(feed.heard_at).where(feed.feed == literal(FEED).concat(row.section))
    shown = _comparison(fingerprints=_NOT_SHOWN, heard_at=heard.scalar_subquery())
    patients, parts = (bindparam(name, type_=ARRAY(Uuid)) for name in ("patients", "parts"))
    asked = (row.patient_id == any_(patients), row.part_id == any_(parts))
    return select(row.part_id, shown).where(*asked).order_by(row.section)


def _due() -> Select[str]:
    row = ComparisonRow
    reserved = exists().where(
        ReservationRow.patient_id == row.patient_id, ReservationRow.ended_at.is_(None)
    )
    dead = exists().where(PatientRow.id == row.patient_id, PatientRow.died_on.is_not(None))
    is_due = (row.section == bindparam("section"), row.due_at <= bindparam("now"))
    return (
        select(_comparison()).where(*is_due, ~reserved, ~dead).order_by(row.due_at, row.patient_id)
    )


def _keep() -> Update:
    table = Row.metadata.tables[ComparisonRow.__tablename__]
    of_row = [column == bindparam(f"new_{column.name}") for column in table.primary_key]
    unchanged = [
        table.c[name].is_not_distinct_from(bindparam(f"asked_{name}", type_=table.c[name].type))
        for name in _SAME_AS_ASKED
    ]
    others = [column.name for column in table.columns if not column.primary_key]
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in others}
    return update(table).where(*of_row, *unchanged).values(new)


_OF_PARTS = _of_parts()
_DUE = _due()
_KEEP = _keep()
_OF_PATIENT = (
    select(_comparison())
    .order_by(ComparisonRow.part_id, ComparisonRow.section)
    .with_for_update(of=ComparisonRow)
)

# Both lock in the order that a unit does, so that nobody waits for each other.
_TOLD = text(
    """
    WITH changed AS (
         SELECT coalesce(patient.merged_into, patient.id) AS patient_id, max(told.at) AS at
           FROM unnest(:numbers, :times) AS told (number, at)
           JOIN identity_number ON identity_number.value = told.number
           JOIN patient ON patient.id = identity_number.patient_id
          GROUP BY 1),
    held AS (
         SELECT patient_id, part_id, section, changed.at
           FROM comparison JOIN changed USING (patient_id)
          WHERE section = :section
          ORDER BY patient_id, part_id
            FOR UPDATE OF comparison)
    UPDATE comparison SET due_at = :now, told_at = greatest(told_at, held.at)
      FROM held
     WHERE (comparison.patient_id, comparison.part_id, comparison.section)
         = (held.patient_id, held.part_id, held.section)
    """
).bindparams(
    bindparam("numbers", type_=ARRAY(Text)),
    bindparam("times", type_=ARRAY(DateTime(timezone=True))),
    bindparam("now", type_=DateTime(timezone=True)),
)
_SOME_DUE = text(
    """
    WITH held AS (
         SELECT patient_id, part_id FROM comparison
          WHERE section = :section AND (patient_id, part_id) > (:patient, :part)
          ORDER BY patient_id, part_id LIMIT :most FOR UPDATE)
    UPDATE comparison SET due_at = :now
      FROM held
     WHERE (comparison.patient_id, comparison.part_id) = (held.patient_id, held.part_id)
       AND section = :section
    RETURNING comparison.patient_id, comparison.part_id
    """
).bindparams(
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("patient", type_=Uuid),
    bindparam("part", type_=Uuid),
)
