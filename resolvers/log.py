"""The log of use, as far as the viewer may see it."""

from __future__ import annotations

from domain.access.audit import PartShown
from domain.access.log_line import LogLine, LogPosition, as_seen, reader_of_log
from domain.access.patient import Patient
from domain.access.right import Right
from domain.wording import log as wording
from resolvers import access, unseen
from resolvers import plan as plans
from resolvers.context import Context
from resolvers.page import Page, bounded, cursor_of, page_of, position_of


async def for_patient(
    ctx: Context, patient: Patient, first: int = 20, after: str | None = None
) -> Page[LogLine]:
    """Return a page of lines, newest first: all to the patient, their own to everyone else's staff.

    What the viewer has done just now stands there the next time.
    """
    access.require(ctx, patient.id, Right.READ_LOG)
    size, place = bounded(first), position_of(after, LogPosition)
    left_out = await unseen.of_patient(ctx, patient.id)
    shares = await plans.all_shares(ctx, patient.id)
    reader = reader_of_log(ctx.viewer, access.of_patient(ctx, patient), left_out, shares)
    found = await ctx.store.log.page(patient.id, reader, place, size + 1)
    return page_of([as_seen(each, left_out) for each in found], size)


def sentence(ctx: Context, line: LogLine) -> str:
    """Return in words who did what, from where, and on which ground."""
    return wording.sentence(line, is_own=_is_own(ctx, line), language=ctx.language)


def shown(ctx: Context, line: LogLine) -> list[str]:
    """Return what was shown, in words."""
    return wording.things(line.shown, ctx.language)


def parts(ctx: Context, line: LogLine) -> tuple[PartShown, ...]:
    """Return the plan parts that were shown."""
    return line.parts


def cursor(ctx: Context, line: LogLine) -> str:
    """Return the cursor that continues after a line."""
    return cursor_of(line.position)


def itself(ctx: Context, line: LogLine) -> LogLine:
    """Return the line of an edge, which is the line."""
    return line


def _is_own(ctx: Context, line: LogLine) -> bool:
    number = ctx.viewer.identity_number
    return number is not None and line.by_number == number.value
