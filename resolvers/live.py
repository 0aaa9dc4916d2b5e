"""What somebody who follows changes may know of each, asked of the policy anew when it is told."""

from __future__ import annotations

from collections.abc import Collection

from domain import ids
from domain.access.decision import Access
from domain.access.patient import Patient, PatientRecord
from domain.access.relation import Basis
from domain.access.right import Right
from domain.access.viewer import ViewerRole
from domain.errors import NotPermitted
from domain.event import Event
from domain.live import change
from domain.live.change import RECEIVED, ChangedSection, ChangeNotice
from domain.noun import Noun
from domain.refusal import Refusal
from resolvers import access, unseen
from resolvers.context import Context

_FOLLOWS = (ViewerRole.CLINICIAN, ViewerRole.VENDOR)


class PatientView(Noun):
    """A patient's picture that is sent to somebody; `cursor` is the place it was made at."""

    patient_id: str
    cursor: str


async def patient(ctx: Context, view: PatientView) -> Patient:
    """Return the patient whose picture is sent."""
    return access.permitted(ctx, await ctx.loaders.record.load(view.patient_id)).patient


async def admit(ctx: Context, patient_id: str) -> PatientRecord:
    """Return the record of a patient that the viewer may follow; refuse others, as any reading.

    Whoever may read nothing of the plan follows nothing, not even what they may read besides it.
    """
    ids.uuid_of(patient_id, ids.PATIENT)
    record = access.permitted(ctx, await ctx.loaders.record.load(patient_id))
    access.content(ctx, record.patient.id)
    return record


def organisation_of(ctx: Context) -> str:
    """Return the organisation whose changes the viewer may follow; refused to everyone else."""
    organisation = ctx.viewer.organisation
    if organisation is None or ctx.viewer.role not in _FOLLOWS:
        raise NotPermitted(reason=Refusal.ROLE.name)
    return organisation


async def to_follower(
    ctx: Context, record: PatientRecord, event: Event, sections: Collection[ChangedSection]
) -> ChangeNotice | None:
    """Return what a follower of a patient is told of an event; None when it is nothing."""
    how = change.told(event)
    decided = access.of_record(ctx, record)
    if how is None or how.section not in sections or not change.may_know(event, decided):
        return None
    if not await _is_seen(ctx, record, event, decided):
        return None
    # The log of use hears of it as of any field of the patient.
    ctx.disclosures.shown(record.patient.id, "changes")
    return change.notice(event, how.section, decided)


async def to_organisation(
    ctx: Context, record: PatientRecord, event: Event, sections: Collection[ChangedSection]
) -> ChangeNotice | None:
    """Return what a follower of an organisation is told of an event; None when it is nothing.

    A receiver is told of what is shared with them or offered to them, and that it was taken back.
    """
    how = change.told(event)
    if how is None or how.section not in sections:
        return None
    decided = access.of_record(ctx, record)
    is_open = decided.may(Right.SEE_PATIENT)
    if is_open and (found := await to_follower(ctx, record, event, sections)) is not None:
        return found
    if how.section not in RECEIVED or not _is_receiver(ctx, record, event):
        return None
    if is_open:
        ctx.disclosures.shown(record.patient.id, "changes")
        return change.notice(event, how.section, decided)
    return change.bare(event, how.section) if change.is_ending(event) else None


def _is_receiver(ctx: Context, record: PatientRecord, event: Event) -> bool:
    is_handover = event.subject_id.startswith(ids.HANDOVER)
    return any(
        tie.organisation == ctx.viewer.organisation
        and (tie.basis is Basis.HANDOVER if is_handover else tie.share_id == event.subject_id)
        for tie in record.relations
    )


async def _is_seen(ctx: Context, record: PatientRecord, event: Event, decided: Access) -> bool:
    """Tell whether what an event is about is for the viewer, where each thing is by itself."""
    left_out = await unseen.of_patient(ctx, record.patient.id)
    if left_out.leaves_out(event.id) or left_out.leaves_out(event.subject_id):
        return False
    if event.subject_id.startswith(ids.COMMENT):
        return await _is_comment_for(ctx, record, event)
    if event.subject_id.startswith(ids.REPORT):
        return await _is_report_for(ctx, record, event, decided)
    return True


async def _is_comment_for(ctx: Context, record: PatientRecord, event: Event) -> bool:
    comment = await ctx.store.comment.by_id(record.patient.id, event.subject_id)
    readers = await access.readers(ctx, record.patient.id)
    return comment is not None and all(map(comment.is_for, readers))


async def _is_report_for(
    ctx: Context, record: PatientRecord, event: Event, decided: Access
) -> bool:
    report = await ctx.store.report.by_id(record.patient.id, event.subject_id)
    return report is not None and decided.sees_report(report.author_id, ctx.viewer)
