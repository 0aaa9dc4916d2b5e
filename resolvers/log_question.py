"""What is asked about the log of use: to the asker their own, to the privacy officer what waits."""

from __future__ import annotations

from domain.access.log_line import LogLine, LogPosition, LogQuestion, as_seen
from domain.access.patient import Patient
from domain.access.viewer import ViewerRole
from domain.errors import NotFound
from domain.written import Written
from resolvers import access, unseen
from resolvers.context import Context
from resolvers.page import Page, bounded, cursor_of, page_of, position_of
from store.listing import LOG_QUESTIONS


async def for_patient(ctx: Context, patient: Patient) -> list[LogQuestion]:
    """Return what the patient's side has asked, newest first; parents see their own alone."""
    access.beyond_shared(ctx, patient.id)
    if ctx.viewer.role is not ViewerRole.CITIZEN:
        return []
    left_out = await unseen.of_patient(ctx, patient.id)
    found = await ctx.loaders.listed(LOG_QUESTIONS).load(patient.id)
    asked = [each for each in found if not left_out.leaves_out(each.entry_id)]
    if not access.of_patient(ctx, patient).is_representative:
        return asked
    number = ctx.viewer.identity_number
    return [each for each in asked if number and each.asked_by_number == number.value]


async def waiting(
    ctx: Context, is_answered: bool = False, first: int = 20, after: str | None = None
) -> Page[LogQuestion]:
    """Return a page of the questions to the viewer's organisation, to its privacy officer.

    That the officer has seen them stands in each patient's log.
    """
    entity = access.officer_of(ctx)
    size, place = bounded(first), position_of(after, LogPosition)
    found = await ctx.store.log.questions(entity, is_answered, place, size + 1)
    for record in await ctx.loaders.record.load_many([each.patient_id for each in found[:size]]):
        if record is not None:
            ctx.disclosures.decided(record, access.oversight(ctx, record))
            ctx.disclosures.shown(record.patient.id, "log_questions")
    return page_of(found, size)


async def line(ctx: Context, question: LogQuestion) -> LogLine | None:
    """Return the entry that a question is about; None once its time in the log is over."""
    found = await ctx.loaders.log_entries.load((question.patient_id, question.entry_id))
    if found is None or question.patient_id not in ctx.decisions:
        return found
    return as_seen(found, await unseen.of_patient(ctx, question.patient_id))


async def of_written(ctx: Context, written: Written) -> LogQuestion:
    """Return the question that was asked or answered."""
    record = await ctx.loaders.record.load(written.patient_id)
    if record is None:
        raise NotFound
    if ctx.viewer.role is ViewerRole.PRIVACY_OFFICER:
        ctx.disclosures.decided(record, access.oversight(ctx, record))
    else:
        access.permitted(ctx, record)
    for question in await ctx.loaders.listed(LOG_QUESTIONS).load(written.patient_id):
        if question.id == written.subject_id:
            return question
    raise NotFound


def cursor(ctx: Context, question: LogQuestion) -> str:
    """Return the cursor that continues after a question."""
    return cursor_of(question.position)


def itself(ctx: Context, question: LogQuestion) -> LogQuestion:
    """Return the question of an edge, which is the question."""
    return question
