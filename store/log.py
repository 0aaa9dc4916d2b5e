"""Reads the log of use: lines put together by person and day, and single entries."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain import ids
from domain.access.audit import AuditEntry
from domain.access.log_line import LogLine, LogPosition, LogQuestion, LogReader, line_of
from store.listing import noun_json
from store.session import Sessions
from store.tables import AuditEntryRow, LogQuestionRow

MOST_ENTRIES = 2_000
_decode = msgspec.json.Decoder(LogLine).decode
_decode_entry = msgspec.json.Decoder(AuditEntry).decode
_decode_question = msgspec.json.Decoder(LogQuestion).decode


class LogStore:
    """The log of a patient, newest first, and what is asked about it."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def page(
        self, patient_id: str, reader: LogReader, after: LogPosition | None, size: int
    ) -> list[LogLine]:
        """Return at most `size` lines after a position.

        As many entries are looked at as that takes; the newest 2,000 nearly always do.
        """
        asked = {
            "patient": ids.uuid_of(patient_id, ids.PATIENT),
            "sees_citizens": reader.sees_citizens,
            "own_number": reader.own_number,
            "sees_personnel": reader.sees_personnel,
            "hpr_number": reader.hpr_number,
            "unseen_operations": sorted(each.name for each in reader.unseen_operations),
            "unseen_subjects": sorted(reader.unseen_subjects),
            "unseen_entries": sorted(reader.unseen_entries),
            "unseen_recipients": sorted(reader.unseen_recipients),
            "after_at": after.at if after else None,
            "after_id": ids.uuid_of(after.id, ids.LOG_LINE) if after else None,
            "size": size,
        }
        most = MOST_ENTRIES
        async with self._sessions() as session:
            while True:
                rows = (await session.execute(_PAGE, {**asked, "most": most})).all()
                found = [_decode(row.line) for row in rows if row.line is not None]
                if len(found) == size or not rows[0].is_cut:
                    return found
                most *= 8

    async def by_entries(self, asked: Sequence[tuple[str, str]]) -> list[LogLine | None]:
        """Return single entries with what was shown; None for one that is not, or is emptied."""
        keys = {
            "patients": [ids.uuid_of(patient, ids.PATIENT) for patient, _ in asked],
            "entries": [ids.uuid_of(entry, ids.LOG_LINE) for _, entry in asked],
        }
        async with self._sessions() as session:
            found = [_decode_entry(each) for each in await session.scalars(_ENTRIES, keys)]
        lines = {each.id: line_of(each, found) for each in found if each.adds_to is None}
        return [lines.get(entry) for _, entry in asked]

    async def questions(
        self, legal_entity: str, is_answered: bool, after: LogPosition | None, size: int
    ) -> list[LogQuestion]:
        """Return at most `size` questions for an organisation's officer, newest first."""
        row = LogQuestionRow
        statement = (
            select(cast(noun_json(LogQuestion, row, ids.LOG_QUESTION), Text))
            .where((row.legal_entity == legal_entity) | row.legal_entity.is_(None))
            .where(row.answered_at.is_not(None).is_(is_answered))
            .order_by(row.asked_at.desc(), row.id.desc())
            .limit(size)
        )
        if after is not None:
            statement = statement.where(_is_after(after))
        async with self._sessions() as session:
            return [_decode_question(found) for found in await session.scalars(statement)]


async def entry(session: AsyncSession, patient_id: str, entry_id: str) -> AuditEntry | None:
    """Return one entry of a patient's log, in the caller's transaction; None once it is emptied."""
    row = AuditEntryRow
    key = ids.uuid_of(patient_id, ids.PATIENT)
    one = select(cast(noun_json(AuditEntry, row, ids.LOG_LINE), Text)).where(
        row.patient_id == key,
        row.id == ids.uuid_of(entry_id, ids.LOG_LINE),
        row.secret.is_not(None),
    )
    found = await session.scalar(one)
    return None if found is None else _decode_entry(found)


_ASKED = (
    func.unnest(bindparam("patients", type_=ARRAY(Uuid)), bindparam("entries", type_=ARRAY(Uuid)))
    .table_valued(column("patient_id", Uuid), column("id", Uuid), name="asked")
    .render_derived()
)
_ROW, _First = AuditEntryRow, aliased(AuditEntryRow, name="first")
_IS_FIRST = and_(_First.patient_id == _ASKED.c.patient_id, _First.id == _ASKED.c.id)
# What adds to an entry has its time, so that both are found in the index by patient and time.
_IS_OF_FIRST = and_(
    _ROW.patient_id == _First.patient_id,
    _ROW.at == _First.at,
    or_(_ROW.id == _First.id, _ROW.adds_to == _First.id),
)
_ENTRIES = (
    select(cast(noun_json(AuditEntry, _ROW, ids.LOG_LINE), Text))
    .select_from(_ASKED.join(_First, _IS_FIRST).join(_ROW, _IS_OF_FIRST))
    .where(_ROW.secret.is_not(None))
)


def _is_after(position: LogPosition) -> ColumnElement[bool]:
    row = LogQuestionRow
    key = ids.uuid_of(position.id, ids.LOG_QUESTION)
    return tuple_(row.asked_at, row.id) < tuple_(literal(position.at), literal(key))


# The day of a line is that of Norway. A page is cut out of whole days: of the oldest day that was
# looked at, some entries may be out of sight, and it is left for the page after.
_PAGE = text("""
    WITH entry AS MATERIALIZED (
        SELECT *, CAST(at AT TIME ZONE 'Europe/Oslo' AS date) AS day
          FROM audit_entry
         WHERE patient_id = :patient AND secret IS NOT NULL
           AND (CAST(:after_at AS timestamptz) IS NULL
                OR at < CAST(CAST(CAST(:after_at AS timestamptz) AT TIME ZONE 'Europe/Oslo' AS date)
                             + 1 AS timestamp) AT TIME ZONE 'Europe/Oslo')
           AND CASE WHEN role = 'CITIZEN'
                    THEN :sees_citizens OR by_number = CAST(:own_number AS text)
                    ELSE :sees_personnel OR "by" ->> 'hprNumber' = CAST(:hpr_number AS text) END
           AND NOT (role = 'RECIPIENT'
                    AND "by" ->> 'name' = ANY(CAST(:unseen_recipients AS text[])))
           AND operation <> ALL(CAST(:unseen_operations AS text[]))
           AND subject_id <> ALL(CAST(:unseen_subjects AS text[]))
           AND id <> ALL(CAST(CAST(:unseen_entries AS text[]) AS uuid[]))
           AND coalesce(adds_to, id) <> ALL(CAST(CAST(:unseen_entries AS text[]) AS uuid[]))
         ORDER BY at DESC, id
         LIMIT :most),
    seen AS (SELECT count(*) >= :most AS is_cut, min(day) AS oldest FROM entry),
    line AS (
        SELECT max(at) AS at, min(at) AS first_at,
               (array_agg(id ORDER BY at DESC, id DESC) FILTER (WHERE adds_to IS NULL))[1] AS id,
               (array_agg(subject_id ORDER BY at DESC, id DESC))[1] AS subject_id,
               count(*) FILTER (WHERE adds_to IS NULL) AS count,
               coalesce(json_agg(outcome) FILTER (WHERE outcome IS NOT NULL), '[]') AS outcomes,
               operation, CAST("by" AS jsonb) AS "by", by_number, role, basis, refusal,
               purpose_of_use, on_behalf_of
          FROM entry CROSS JOIN seen
         WHERE NOT (is_cut AND day = oldest)
         GROUP BY day, operation, CAST("by" AS jsonb), by_number, role, basis, refusal,
                  purpose_of_use, on_behalf_of
        HAVING count(*) FILTER (WHERE adds_to IS NULL) > 0)
    SELECT seen.is_cut, found.line
      FROM seen
      LEFT JOIN LATERAL (
           SELECT CAST(json_build_object(
                      'patientId', 'pat_' || CAST(:patient AS text), 'id', 'log_' || id,
                      'at', at, 'firstAt', first_at, 'count', count, 'operation', operation,
                      'subjectId', subject_id, 'by', "by", 'byNumber', by_number, 'role', role,
                      'basis', basis, 'refusal', refusal, 'purposeOfUse', purpose_of_use,
                      'onBehalfOf', on_behalf_of, 'outcomes', outcomes) AS text) AS line,
                  at, id
             FROM line
            WHERE CAST(:after_at AS timestamptz) IS NULL
               OR (at, id) < (CAST(:after_at AS timestamptz), CAST(:after_id AS uuid))
            ORDER BY at DESC, id DESC
            LIMIT :size) AS found ON true
     ORDER BY found.at DESC, found.id DESC
    """)
