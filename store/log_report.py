"""Counts in the log of use for the privacy officer's report, in one statement."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import text

from domain.access.log_report import (
    MANY_MISSES,
    MANY_PATIENTS,
    MANY_REFUSALS,
    TIMES_USUAL,
    AccessRemark,
    RemarkPosition,
)
from store.session import Sessions

_decode = msgspec.json.Decoder(AccessRemark).decode


class LogReportStore:
    """Remarks about an organisation's own staff, newest day first."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def page(
        self, legal_entity: str, since: datetime, after: RemarkPosition | None, size: int
    ) -> list[AccessRemark]:
        """Return at most `size` remarks after a position."""
        asked = {
            "legal_entity": legal_entity,
            "since": since,
            "size": size,
            "many_refusals": MANY_REFUSALS,
            "many_patients": MANY_PATIENTS,
            "times_usual": TIMES_USUAL,
            "many_misses": MANY_MISSES,
            "day": after.day if after else None,
            "kind": after.kind.name if after else None,
            "person": after.person if after else None,
            "unit": after.unit if after else None,
        }
        async with self._sessions() as session:
            return [_decode(found) for found in await session.scalars(_PAGE, asked)]


_PAGE = text("""
    WITH entry AS (
        SELECT CAST(at AT TIME ZONE 'Europe/Oslo' AS date) AS day, patient_id, "by", basis,
               coalesce("by" ->> 'hprNumber', '') AS person,
               coalesce("by" ->> 'organisationNumber', '') AS unit,
               refusal IS NOT NULL AS is_refused
          FROM audit_entry
         WHERE at >= :since AND legal_entity = :legal_entity AND role = 'CLINICIAN'
           AND adds_to IS NULL AND secret IS NOT NULL
           -- To find nobody says nothing of anybody: many patients have no plan.
           AND patient_id <> '00000000-0000-0000-0000-000000000000'),
    person_day AS (
        SELECT day, person, unit, (array_agg("by"))[1] AS "by",
               count(DISTINCT patient_id) FILTER (WHERE NOT is_refused) AS patients,
               count(*) FILTER (WHERE NOT is_refused) AS times,
               count(DISTINCT patient_id) FILTER (WHERE NOT is_refused AND basis = 'ATTEST')
                 AS attested_patients,
               count(*) FILTER (WHERE NOT is_refused AND basis = 'ATTEST') AS attested_times,
               count(DISTINCT patient_id) FILTER (WHERE is_refused) AS refused_patients,
               count(*) FILTER (WHERE is_refused) AS refused_times
          FROM entry
         GROUP BY day, person, unit),
    usual AS (
        SELECT unit, percentile_cont(0.5) WITHIN GROUP (ORDER BY patients) AS patients
          FROM person_day WHERE patients > 0
         GROUP BY unit),
    opened AS (
        SELECT CAST(since AT TIME ZONE 'Europe/Oslo' AS date) AS day, patient_id, set_by AS "by",
               coalesce(hpr_number, '') AS person, coalesce(organisation, '') AS unit
          FROM access_rule
         WHERE since >= :since AND legal_entity = :legal_entity AND kind = 'EMERGENCY'
           AND reviewed_at IS NULL),
    search AS (
        SELECT CAST(at AT TIME ZONE 'Europe/Oslo' AS date) AS day, hpr_number AS person,
               coalesce("by" ->> 'organisationNumber', '') AS unit, "by"
          FROM emergency_search
         WHERE at >= :since AND legal_entity = :legal_entity AND NOT is_found),
    remark AS (
        SELECT 'READ_WITHOUT_RELATION' AS kind, day, person, unit, "by",
               attested_patients AS patients, attested_times AS times,
               CAST(NULL AS double precision) AS usual
          FROM person_day WHERE attested_times > 0
         UNION ALL
        SELECT 'REFUSED', day, person, unit, "by", refused_patients, refused_times, NULL
          FROM person_day WHERE refused_times >= :many_refusals
         UNION ALL
        SELECT 'UNUSUAL_VOLUME', day, person, unit, "by", person_day.patients, times,
               usual.patients
          FROM person_day JOIN usual USING (unit)
         WHERE person_day.patients >= :many_patients
           AND person_day.patients > :times_usual * usual.patients
         UNION ALL
        SELECT 'UNREVIEWED_EMERGENCY', day, person, unit, (array_agg("by"))[1],
               count(DISTINCT patient_id), count(*), NULL
          FROM opened GROUP BY day, person, unit
         UNION ALL
        SELECT 'SEARCHED_BY_NUMBER', day, person, unit, (array_agg("by"))[1], 0, count(*), NULL
          FROM search GROUP BY day, person, unit HAVING count(*) >= :many_misses)
    SELECT CAST(json_build_object('kind', kind, 'day', day, 'by', "by", 'patients', patients,
                                  'times', times, 'usual', usual) AS text)
      FROM remark
     WHERE CAST(:day AS date) IS NULL
        OR (day, kind, person, unit)
         < (CAST(:day AS date), CAST(:kind AS text), CAST(:person AS text), CAST(:unit AS text))
     ORDER BY day DESC, kind DESC, person DESC, unit DESC
     LIMIT :size
    """)
