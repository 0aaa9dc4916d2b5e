"""An organisation's worklist: a page of it, and its renewal when the facts behind it change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    Select,
    Text,
    TextClause,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.access import age
from domain.cooperation.worklist import WorklistEntry, WorklistFilter, WorklistPosition
from domain.event import CHANGES_NOTHING
from store.json import json_object
from store.plan import public_id
from store.session import Sessions
from store.tables import WorklistEntryRow

_decode = msgspec.json.Decoder(WorklistEntry).decode


class WorklistStore:
    """Worklists, newest change first; paged by position, so the last page costs as the first."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def page(
        self,
        organisation: str,
        keep: WorklistFilter,
        after: WorklistPosition | None,
        size: int,
        now: datetime,
    ) -> list[WorklistEntry]:
        """Return at most `size` entries after a position whose care relation has not ended."""
        statement = _matching(organisation, keep, now)
        if keep.review_overdue is not None:
            statement = statement.where(_is_overdue(now).is_(keep.review_overdue))
        if after is not None:
            statement = statement.where(_is_after(after))
        async with self._sessions() as session:
            connection = await session.connection()
            entries = await connection.scalars(statement.limit(size))
        return [_decode(entry) for entry in entries]


def _matching(organisation: str, keep: WorklistFilter, now: datetime) -> Select[str]:
    row = WorklistEntryRow
    statement = (
        select(cast(_entry(), Text))
        .where(row.organisation == organisation, or_(row.until.is_(None), row.until > now))
        .order_by(row.changed_at.desc(), row.patient_id.desc())
    )
    if keep.kind is not None:
        statement = statement.where(row.kinds.contains([keep.kind.name]))
    if keep.approval_requested is not None:
        statement = statement.where(row.approval_requested.is_(keep.approval_requested))
    if keep.has_open_comments is not None:
        statement = statement.where((row.open_comments > 0).is_(keep.has_open_comments))
    if keep.has_unseen_reports is not None:
        unseen = row.unseen_reds + row.unseen_yellows > 0
        statement = statement.where(unseen.is_(keep.has_unseen_reports))
    if keep.may_be_outdated is not None:
        statement = statement.where((row.outdated_parts > 0).is_(keep.may_be_outdated))
    if keep.parents_choice is not None:
        statement = statement.where(_is_to_be_chosen(now).is_(keep.parents_choice))
    if keep.review_due_before is not None:
        statement = statement.where(row.review_due < keep.review_due_before)
    return statement


def _is_to_be_chosen(now: datetime) -> Any:
    row, today = WorklistEntryRow, age.today(now)
    is_due = (row.parents_choice_from <= today) & (row.parents_choice_until > today)
    return func.coalesce(is_due, false())


def _is_overdue(now: datetime) -> Any:
    return func.coalesce(WorklistEntryRow.review_due < now.date(), false())


def _entry() -> Any:
    row = WorklistEntryRow
    return json_object(
        patient_id=public_id(ids.PATIENT, row.patient_id),
        changed_at=row.changed_at,
        kinds=row.kinds,
        approval_requested=row.approval_requested,
        open_comments=row.open_comments,
        open_suggestions=row.open_suggestions,
        review_due=row.review_due,
        unseen_reds=row.unseen_reds,
        unseen_yellows=row.unseen_yellows,
        outdated_parts=row.outdated_parts,
        parents_choice_from=row.parents_choice_from,
        parents_choice_until=row.parents_choice_until,
    )


def _is_after(position: WorklistPosition) -> Any:
    """Return the condition as one comparison, for which the two orders run the same way.

    So the index leads to the place at once, however many changed at the same time.
    """
    row = WorklistEntryRow
    patient_id = ids.uuid_of(position.patient_id, ids.PATIENT)
    place = tuple_(literal(position.changed_at), literal(patient_id))
    return tuple_(row.changed_at, row.patient_id) < place


async def renew(session: AsyncSession, patient_ids: Sequence[UUID] | None = None) -> None:
    """Bring the worklist entries of some patients (None: all) up to date with the facts.

    Runs in the caller's transaction, which must be the one that changed the facts.
    """
    if patient_ids is None:
        for statement in _ALL:
            await session.execute(statement)
        return
    for statement in _SOME:
        await session.execute(statement, {"patients": list(patient_ids)})


_CHANGES_NOTHING = ", ".join(f"'{kind.name}'" for kind in CHANGES_NOTHING)

_FORGET = "DELETE FROM worklist_entry WHERE {these}"

_RENEW = """
    INSERT INTO worklist_entry (organisation, patient_id, changed_at, until, kinds,
                                approval_requested, open_comments, open_suggestions, review_due,
                                unseen_reds, unseen_yellows, outdated_parts,
                                parents_choice_from, parents_choice_until)
    SELECT tie.organisation, asked.patient_id,
           coalesce(greatest(part.changed_at, draft.changed_at,
                             (SELECT max(at) FROM event
                               WHERE event.patient_id = asked.patient_id
                                 AND kind NOT IN ({changes_nothing}))),
                    tie.since),
           tie.until, coalesce(part.kinds, '{}'), part.requested OR draft.requested,
           (SELECT count(*) FROM comment
             WHERE comment.patient_id = asked.patient_id AND comment.status = 'OPEN'),
           (SELECT count(*) FROM suggestion
             WHERE suggestion.patient_id = asked.patient_id AND suggestion.state = 'OPEN'),
           part.review_due, waiting.reds, waiting.yellows,
           (SELECT count(DISTINCT part_id) FROM comparison
             WHERE comparison.patient_id = asked.patient_id AND reason_count > 0),
           CASE WHEN asked.died_on IS NULL AND part.answers
                 AND 0 < (SELECT count(*) FROM representation
                           WHERE representation.patient_id = asked.patient_id AND kind = 'PARENT')
                 AND 0 = (SELECT count(*) FROM access_rule
                           WHERE access_rule.patient_id = asked.patient_id
                             AND kind = 'KEPT_BY_PARENTS' AND ended_at IS NULL)
                THEN CAST(asked.birth_date + interval '12 years' - interval '90 days' AS date)
            END,
           CAST(asked.birth_date + interval '16 years' AS date)
      FROM (SELECT id AS patient_id, birth_date, died_on FROM patient) AS asked
     CROSS JOIN LATERAL (
           SELECT organisation,
                  CASE WHEN bool_or(until IS NULL) THEN NULL ELSE max(until) END AS until,
                  min(min(since)) OVER () AS since
             FROM (SELECT organisation_number AS organisation, since, until
                     FROM care_team_member AS member
                    WHERE member.patient_id = asked.patient_id
                    UNION ALL
                    SELECT organisation_number, since, least(until, withdrawn_at)
                      FROM share
                     WHERE share.patient_id = asked.patient_id AND 'WHOLE_PART' = ANY(scopes)
                    UNION ALL
                    SELECT to_organisation, opened_at, decided_at
                      FROM handover
                     WHERE handover.patient_id = asked.patient_id) AS ties
            WHERE organisation IS NOT NULL
            GROUP BY organisation) AS tie
     CROSS JOIN LATERAL (
           SELECT max(part.updated_at) AS changed_at,
                  array_agg(DISTINCT part.kind)
                    FILTER (WHERE part.lifecycle IN ('ACTIVE', 'ON_HOLD')) AS kinds,
                  coalesce(bool_or(version.approval ->> 'state' = 'REQUESTED')
                    FILTER (WHERE part.lifecycle IN ('DRAFT', 'ACTIVE', 'ON_HOLD')), false)
                    AS requested,
                  bool_or(part.responsible ->> 'organisationNumber' = tie.organisation)
                    FILTER (WHERE part.lifecycle IN ('ACTIVE', 'ON_HOLD')) AS answers,
                  min(part.review_due)
                    FILTER (WHERE part.lifecycle IN ('ACTIVE', 'ON_HOLD')) AS review_due
             FROM plan_part AS part
             LEFT JOIN plan_version AS version
               ON (version.patient_id, version.part_id, version.number)
                = (part.patient_id, part.id, part.content_version)
            WHERE part.patient_id = asked.patient_id) AS part
     CROSS JOIN LATERAL (
           SELECT max(draft.updated_at) AS changed_at,
                  coalesce(bool_or(saved.approval ->> 'state' = 'REQUESTED')
                    FILTER (WHERE part.lifecycle IN ('DRAFT', 'ACTIVE', 'ON_HOLD')), false)
                    AS requested
             FROM draft
             JOIN plan_part AS part
               ON (part.patient_id, part.id) = (draft.patient_id, draft.part_id)
             LEFT JOIN draft_version AS saved
               ON (saved.patient_id, saved.draft_id, saved.number)
                = (draft.patient_id, draft.id, draft.content_version)
            WHERE draft.patient_id = asked.patient_id AND draft.state = 'OPEN') AS draft
     CROSS JOIN LATERAL (
           SELECT count(*) FILTER (WHERE waits_as = 'RED') AS reds,
                  count(*) FILTER (WHERE waits_as = 'YELLOW') AS yellows
             FROM report
            WHERE report.patient_id = asked.patient_id AND waits_as IS NOT NULL) AS waiting
     WHERE {these}
       AND 0 = (SELECT count(*) FROM reservation
                 WHERE reservation.patient_id = asked.patient_id AND ended_at IS NULL)
    """

# Who has been given pieces of parts learns of these parts only, and nothing of what waits.
_RENEW_SHARED = """
    INSERT INTO worklist_entry (organisation, patient_id, changed_at, until, kinds,
                                approval_requested, open_comments, open_suggestions, review_due,
                                unseen_reds, unseen_yellows, outdated_parts,
                                parents_choice_from, parents_choice_until)
    SELECT share.organisation_number, patient_id,
           greatest(max(share.since), max(part.updated_at)),
           CASE WHEN bool_or(share.until IS NULL) THEN NULL ELSE max(share.until) END,
           coalesce(array_agg(DISTINCT part.kind)
                      FILTER (WHERE part.lifecycle IN ('ACTIVE', 'ON_HOLD')), '{}'),
           false, 0, 0, NULL, 0, 0, 0, NULL, NULL
      FROM share
      JOIN plan_part AS part USING (patient_id)
     WHERE part.id = share.part_id
       AND share.organisation_number IS NOT NULL AND share.withdrawn_at IS NULL
       AND NOT 'WHOLE_PART' = ANY(share.scopes) AND {these}
     GROUP BY share.organisation_number, patient_id
        ON CONFLICT (organisation, patient_id) DO NOTHING
    """


def _statements(these: str) -> tuple[TextClause, ...]:
    """Return the renewal of the patients that a condition is true of."""
    return tuple(
        text(statement.replace("{these}", these).replace("{changes_nothing}", _CHANGES_NOTHING))
        for statement in (_FORGET, _RENEW, _RENEW_SHARED)
    )


# Two sets of statements: one with "or all of them" in it might be planned as for all of them.
_ALL = _statements("true")
_SOME = _statements("patient_id = ANY(:patients)")
