"""Finds all that is about hidden parts and lines of a patient, so that readers can leave it out.

It is asked for those alone from whom something is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ids
from domain.access.unseen import Traces, TracesAsked
from domain.plan.seen import Change, DraftTrace
from domain.plan.version import PlanVersion
from store import version
from store.session import Sessions

_decode_drafts = msgspec.json.Decoder(tuple[DraftTrace, ...]).decode
_decode_changes = msgspec.json.Decoder(tuple[Change, ...]).decode


class UnseenStore:
    """What is about hidden things, by whom it is hidden from."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def traces(self, asked: Sequence[TracesAsked]) -> list[Traces]:
        """Return what there is of each question, in their order."""
        async with self._sessions() as session:
            connection = await session.connection()
            return [await traces(connection, each) for each in asked]


async def traces(connection: AsyncConnection, asked: TracesAsked) -> Traces:
    """Return what there is about hidden parts and lines, as the caller's transaction sees it."""
    parts = sorted({part for part, _ in asked.lines})
    key = ids.uuid_of(asked.patient_id, ids.PATIENT)
    of_lines = {"patient": key, "parts": [ids.uuid_of(each, ids.PART) for each in parts]}
    return Traces(
        versions=await _versions(connection, asked.patient_id, parts),
        drafts=_decode_drafts((await connection.scalar(_DRAFTS, of_lines)) or "[]"),
        changes=_decode_changes(
            (await connection.scalar(_CHANGES, of_lines | {"subjects": parts})) or "[]"
        ),
        subjects=await _subjects(connection, asked),
        readings=frozenset(await connection.scalars(_READINGS, _hidden_parts(asked))),
    )


async def _versions(
    connection: AsyncConnection, patient_id: str, parts: Sequence[str]
) -> tuple[PlanVersion, ...]:
    found: list[PlanVersion] = []
    for part in parts:
        found += await version.all_of_part(connection, patient_id, part)
    return tuple(found)


async def _subjects(connection: AsyncConnection, asked: TracesAsked) -> frozenset[str]:
    lines = sorted(asked.lines)
    hidden = {
        **_hidden_parts(asked),
        "line_parts": [ids.uuid_of(part, ids.PART) for part, _ in lines],
        "line_ids": [line for _, line in lines],
        "own_reports_of": asked.own_reports_of,
    }
    return frozenset(await connection.scalars(_SUBJECTS, hidden))


def _hidden_parts(asked: TracesAsked) -> dict[str, Any]:
    parts = sorted(asked.parts)
    return {
        "patient": ids.uuid_of(asked.patient_id, ids.PATIENT),
        "parts": [ids.uuid_of(each, ids.PART) for each in parts],
        "public_parts": parts,
    }


_DRAFTS = text("""
    SELECT CAST(json_agg(json_build_object(
               'id', 'drf_' || d.id, 'partId', 'prt_' || d.part_id, 'basedOn', d.based_on,
               'activatedAs', d.activated_as,
               'versions', (
                   SELECT coalesce(json_agg(json_build_object(
                              'patientId', 'pat_' || v.patient_id, 'draftId', 'drf_' || v.draft_id,
                              'number', v.number, 'headVersion', v.head_version,
                              'content', v.content, 'author', v.author,
                              'createdAt', v.created_at)), '[]')
                     FROM draft_version v
                    WHERE v.patient_id = d.patient_id AND v.draft_id = d.id))) AS text)
      FROM draft d
     WHERE d.patient_id = :patient AND d.part_id = ANY(CAST(:parts AS uuid[]))
    """)
_CHANGES = text("""
    SELECT CAST(json_agg(json_build_object(
               'id', CAST(e.id AS text), 'subjectId', e.subject_id, 'partId', of.part_id,
               'kind', e.kind, 'at', e.at, 'version', e.version, 'by', a."by")) AS text)
      FROM (SELECT id AS subject_id, id AS part_id
              FROM unnest(CAST(:subjects AS text[])) AS part(id)
             UNION ALL
            SELECT 'drf_' || id, 'prt_' || part_id FROM draft
             WHERE patient_id = :patient AND part_id = ANY(CAST(:parts AS uuid[]))
             UNION ALL
            SELECT 'rev_' || id, 'prt_' || part_id FROM review
             WHERE patient_id = :patient AND part_id = ANY(CAST(:parts AS uuid[]))
             UNION ALL
            SELECT 'hnd_' || h.id, part.id
              FROM handover h JOIN unnest(CAST(:subjects AS text[])) AS part(id)
                ON part.id = ANY(h.part_ids)
             WHERE h.patient_id = :patient AND h.state = 'ACCEPTED') AS of
      JOIN event e ON e.patient_id = :patient AND e.subject_id = of.subject_id
      LEFT JOIN audit_entry a ON a.patient_id = e.patient_id AND a.id = e.id
    """)
# Whoever opened nothing but a hidden part; the whole plan can be opened without anything hidden.
_READINGS = text("""
    SELECT CAST(unnest(ARRAY[id, adds_to]) AS text)
      FROM audit_entry
     WHERE patient_id = :patient AND operation = 'READ' AND outcome IS NOT NULL
       AND json_array_length(coalesce(outcome -> 'parts', '[]')) > 0
       AND NOT (coalesce(outcome -> 'shown', '[]')::jsonb ? 'plan')
       AND NOT EXISTS (
           SELECT 1 FROM json_array_elements(outcome -> 'parts') AS shown(part)
            WHERE shown.part ->> 'partId' <> ALL(CAST(:public_parts AS text[])))
    """)
_SUBJECTS = text("""
    WITH line AS (
        SELECT part_id, line_id
          FROM unnest(CAST(:line_parts AS uuid[]), CAST(:line_ids AS text[]))
               AS hidden(part_id, line_id)),
    own AS (SELECT CAST(:patient AS uuid) AS patient_id, CAST(:parts AS uuid[]) AS parts),
    said AS (
        SELECT 'cmt_' || id AS id FROM own JOIN comment USING (patient_id)
         WHERE part_id = ANY(parts) OR (part_id, line_id) IN (SELECT * FROM line)
         UNION ALL
        SELECT 'sug_' || id FROM own JOIN suggestion USING (patient_id)
         WHERE part_id = ANY(parts) OR (part_id, line_id) IN (SELECT * FROM line)
         UNION ALL
        SELECT 'agr_' || id FROM own JOIN agreement USING (patient_id) WHERE part_id = ANY(parts)
         UNION ALL
        SELECT 'rev_' || id FROM own JOIN review USING (patient_id) WHERE part_id = ANY(parts)
         UNION ALL
        SELECT 'shr_' || id FROM own JOIN share USING (patient_id) WHERE part_id = ANY(parts)
         UNION ALL
        SELECT 'drf_' || id FROM own JOIN draft USING (patient_id) WHERE part_id = ANY(parts)
         UNION ALL
        SELECT 'hnd_' || id FROM own JOIN handover USING (patient_id)
         WHERE cardinality(part_ids) > 0
           AND CAST(part_ids AS text[]) <@ CAST(:public_parts AS text[])),
    told AS (
        SELECT report.id FROM own JOIN report USING (patient_id)
         WHERE part_id = ANY(parts) OR (part_id, action_id) IN (SELECT * FROM line)
            OR author_id <> CAST(:own_reports_of AS text)),
    found AS (
        SELECT id FROM said
         UNION ALL
        SELECT 'rep_' || id FROM told
         UNION ALL
        SELECT 'msm_' || measurement.id FROM own JOIN measurement USING (patient_id)
         WHERE report_id IN (SELECT id FROM told)
         UNION ALL
        SELECT unnest(CAST(:public_parts AS text[]))),
    asked AS (
        SELECT 'cor_' || id AS id FROM own JOIN correction_request USING (patient_id)
         WHERE entry_id IN (SELECT id FROM found)
            OR (entry_id, line_id) IN (SELECT 'prt_' || part_id, line_id FROM line))
    SELECT id FROM found UNION ALL SELECT id FROM asked
    """)
