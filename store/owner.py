"""Finds and locks the patient who owns a subject, whatever kind of thing it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain import ids
from domain.cooperation.task import subject_of
from domain.errors import NotFound
from store.tables import (
    AccessRuleRow,
    CareTeamMemberRow,
    CommentRow,
    ConsentRow,
    CorrectionRequestRow,
    DraftRow,
    HandoverRow,
    LogQuestionRow,
    PatientRow,
    PlanPartRow,
    PlanRow,
    ReportRow,
    RepresentationRow,
    ReservationRow,
    ShareRow,
    SuggestionRow,
)

_NOBODY = UUID(int=0)

_OWNED: dict[str, Any] = {
    ids.PLAN: PlanRow,
    ids.PART: PlanPartRow,
    ids.DRAFT: DraftRow,
    ids.COMMENT: CommentRow,
    ids.SHARE: ShareRow,
    ids.SUGGESTION: SuggestionRow,
    ids.HANDOVER: HandoverRow,
    ids.MEMBER: CareTeamMemberRow,
    ids.CONSENT: ConsentRow,
    ids.RESERVATION: ReservationRow,
    ids.CORRECTION: CorrectionRequestRow,
    ids.REPORT: ReportRow,
    ids.LOG_QUESTION: LogQuestionRow,
    ids.ACCESS_RULE: AccessRuleRow,
    ids.REPRESENTATION: RepresentationRow,
}


async def of(session: AsyncSession, subject_id: str) -> UUID:
    """Return the patient who owns a subject; NotFound when nobody does."""
    prefix, key = _subject(subject_id)
    owner = await session.scalar(_owner(prefix), {"subject": key})
    if owner is None:
        raise NotFound
    return owner


async def of_or_nobody(session: AsyncSession, subject_id: str) -> UUID:
    """Return the patient who owns a subject, or the key of none."""
    prefix, key = _subject(subject_id)
    return await session.scalar(_owner(prefix), {"subject": key}) or _NOBODY


async def lock_of(session: AsyncSession, subject_id: str) -> UUID:
    """Lock the patient who owns a subject and return them; NotFound when nobody does."""
    prefix, key = _subject(subject_id)
    owner = await session.scalar(_lock_of_owner(prefix), {"subject": key})
    if owner is None:
        raise NotFound
    return owner


async def lock(
    session: AsyncSession, patients: Iterable[UUID], *, skip_locked: bool = False
) -> bool:
    """Lock patients, so that writes about one patient come one after the other.

    Always in the order of their ids, so that no two writes wait for each other. False when one is
    gone, or was skipped: the others are locked all the same, so that it takes as long.
    """
    found = []
    for key in sorted(patients):
        one = select(PatientRow.id).where(PatientRow.id == key)
        found.append(await session.scalar(_locked(one, skip_locked=skip_locked)))
    return None not in found


def _subject(subject_id: str) -> tuple[str, UUID]:
    """Return the kind and key of a subject; those of a task are what waits as it."""
    prefix = subject_id[:4]
    if prefix == ids.TASK:
        return _subject(subject_of(subject_id)[1])
    if prefix != ids.PATIENT and prefix not in _OWNED:
        raise NotFound
    return prefix, ids.uuid_of(subject_id, prefix)


@cache
def _owner(prefix: str) -> Select[UUID]:
    """Return the look-up of who owns a subject of a kind; for a merged patient, who lives on."""
    if prefix == ids.PATIENT:
        asked = aliased(PatientRow)
        lives_on = func.coalesce(asked.merged_into, asked.id)
        return select(lives_on.label("key")).where(asked.id == bindparam("subject"))
    row = _OWNED[prefix]
    return select(row.patient_id.label("key")).where(row.id == bindparam("subject"))


@cache
def _lock_of_owner(prefix: str) -> Select[UUID]:
    owner = _owner(prefix).subquery("owner")
    return _locked(select(PatientRow.id).join(owner, owner.c.key == PatientRow.id))


def _locked(patients: Select[UUID], *, skip_locked: bool = False) -> Select[UUID]:
    """Lock the patients of a select; foreign keys are left alone: other rows may point there."""
    return patients.with_for_update(of=PatientRow, key_share=True, skip_locked=skip_locked)
