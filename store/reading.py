"""What a write may read of its patient, as its own transaction sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.access.audit import AuditEntry
from domain.access.opening import Opening
from domain.access.patient import PatientRecord
from domain.access.unseen import Traces, TracesAsked
from domain.content.plan_content import PlanContent
from domain.cooperation.comment import Comment
from domain.cooperation.handover import Handover
from domain.cooperation.suggestion import Suggestion
from domain.cooperation.task import ShiftTask
from domain.following.asking import ValuesAsked
from domain.following.measurement import Measurement
from domain.following.report import Report
from domain.outdated.comparison import Comparison
from domain.plan.draft import Draft
from domain.plan.part import Plan, PlanPart
from domain.plan.version import DraftVersion, PlanVersion
from domain.receipt import KeptReceipt
from store import (
    comment,
    comparison,
    draft,
    handover,
    log,
    measurement,
    opening,
    patient,
    receipt,
    report,
    suggestion,
    task,
    unseen,
    version,
)
from store.delivery import undelivered
from store.listing import Listing, N
from store.tables import (
    AgreementRow,
    CommentRow,
    ReviewRow,
    SuggestionRow,
)

# What people have entered about a part, and may ask to have corrected.
_ENTRIES: dict[str, Any] = {
    ids.COMMENT: CommentRow,
    ids.AGREEMENT: AgreementRow,
    ids.SUGGESTION: SuggestionRow,
    ids.REVIEW: ReviewRow,
}
_decode_plan = msgspec.json.Decoder(Plan | None).decode


class Reading:
    """Reads about one patient; who locked them sees what nobody else changes meanwhile."""

    def __init__(self, session: AsyncSession, record: PatientRecord) -> None:
        self.record = record
        self.patient_id = record.patient.id
        self.plan: Plan | None = _decode_plan(record.plan)
        self._session = session
        self._key = ids.uuid_of(record.patient.id, ids.PATIENT)

    async def draft(self, draft_id: str) -> Draft | None:
        """Return a draft of the patient's."""
        return await draft.one(await self._session.connection(), self.patient_id, draft_id)

    async def open_drafts(self, part_id: str) -> list[Draft]:
        """Return the open drafts on top of a part of the patient's."""
        return await draft.of_part(await self._session.connection(), self.patient_id, part_id)

    async def handovers(self) -> list[Handover]:
        """Return the patient's handovers, newest first."""
        connection = await self._session.connection()
        (found,) = await handover.of_patients(connection, [self.patient_id])
        return found

    async def task(self, organisation: str, task_id: str, now: datetime) -> ShiftTask | None:
        """Return what waits for an organisation under a task's id; None when nothing does."""
        return await task.one(await self._session.connection(), organisation, task_id, now)

    async def all_open_drafts(self) -> list[Draft]:
        """Return the drafts of the patient's that are being written."""
        return await draft.being_written(await self._session.connection(), self.patient_id)

    async def version_of_part(self, part_id: str, number: int) -> PlanVersion | None:
        """Return one content version of a part."""
        connection = await self._session.connection()
        return await version.one_of_part(connection, self.patient_id, part_id, number)

    async def version_of_draft(self, draft_id: str, number: int) -> DraftVersion | None:
        """Return one content version of a draft."""
        connection = await self._session.connection()
        return await version.one_of_draft(connection, self.patient_id, draft_id, number)

    async def seen(self, document: PlanPart | Draft, head_version: int) -> PlanContent | None:
        """Return what a part or draft said when it had a version that somebody has seen."""
        connection = await self._session.connection()
        read = version.seen_of_draft if isinstance(document, Draft) else version.seen_of_part
        found = await read(connection, self.patient_id, document.id, head_version)
        return None if found is None else found.content

    async def traces(self, asked: TracesAsked) -> Traces:
        """Return what there is about parts and lines of the patient's that are hidden."""
        return await unseen.traces(await self._session.connection(), asked)

    async def comment(self, comment_id: str) -> Comment | None:
        """Return a comment on the patient's plan."""
        return await comment.one(await self._session.connection(), self.patient_id, comment_id)

    async def suggestion(self, suggestion_id: str) -> Suggestion | None:
        """Return a suggestion to the patient's plan."""
        connection = await self._session.connection()
        return await suggestion.one(connection, self.patient_id, suggestion_id)

    async def opening(self, opening_id: str) -> Opening | None:
        """Return an opening of one of the patient's shares."""
        return await opening.one(self._session, self.patient_id, opening_id)

    async def all_of(self, listing: Listing[N]) -> list[N]:
        """Return what the patient has of one kind."""
        connection = await self._session.connection()
        return (await listing.of(connection, [self.patient_id]))[self.patient_id]

    async def part_of(self, entry_id: str) -> str | None:
        """Return the public id of the part that an entry of the patient's belongs to."""
        prefix = entry_id[:4]
        if prefix == ids.PART:
            return entry_id
        row = _ENTRIES.get(prefix)
        if row is None:
            return None
        mine = (row.patient_id == self._key, row.id == ids.uuid_of(entry_id, prefix))
        part = await self._session.scalar(select(row.part_id).where(*mine))
        return None if part is None else f"{ids.PART}{part}"

    async def all_ever_of(self, listing: Listing[N]) -> list[N]:
        """Return the same, and what is kept under ids that have been merged into the patient's."""
        keys = await self._session.scalars(patient.ids_of(self._key))
        patient_ids = [f"{ids.PATIENT}{key}" for key in keys]
        found = await listing.of(await self._session.connection(), patient_ids)
        return [noun for patient_id in patient_ids for noun in found[patient_id]]

    async def report(self, report_id: str) -> Report | None:
        """Return a report of the patient's."""
        return await report.one(await self._session.connection(), self.patient_id, report_id)

    async def report_with(self, measurement_id: str) -> Report | None:
        """Return the report of the patient's that a value came with."""
        connection = await self._session.connection()
        return await report.with_value(connection, self.patient_id, measurement_id)

    async def log_entry(self, entry_id: str) -> AuditEntry | None:
        """Return an entry of the patient's log of use."""
        return await log.entry(self._session, self.patient_id, entry_id)

    async def values(self, asked: Sequence[ValuesAsked]) -> list[list[Measurement]]:
        """Return the values of each question about the patient."""
        return await measurement.found(await self._session.connection(), asked)

    async def receipt(self, sender: str, key: str) -> KeptReceipt | None:
        """Return what is kept of a write that somebody has sent under a key."""
        return await receipt.one(self._session, sender, key)

    async def comparisons(self) -> list[Comparison]:
        """Return what the patient's parts are compared with, locked."""
        return await comparison.of_patient(self._session, self._key)

    async def undelivered(self) -> int:
        """Return how many of the patient's versions no record has answered for yet."""
        return int(await self._session.scalar(select(undelivered(patient.ids_of(self._key)))) or 0)
