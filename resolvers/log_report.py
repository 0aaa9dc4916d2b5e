"""The privacy officer's report: what should be looked into, and by which rule it was found."""

from __future__ import annotations

from datetime import datetime

from domain.access.log_report import LONGEST, AccessRemark, RemarkPosition
from domain.errors import BadInput
from domain.wording import log_report as wording
from resolvers import access
from resolvers.context import Context
from resolvers.page import Page, bounded, cursor_of, page_of, position_of


async def remarks(
    ctx: Context, since: datetime, first: int = 20, after: str | None = None
) -> Page[AccessRemark]:
    """Return a page of remarks about the staff of the viewer's organisation, newest day first."""
    entity = access.officer_of(ctx)
    if since.tzinfo is None or not ctx.now - LONGEST <= since <= ctx.now:
        raise BadInput(f"`since` must have a time zone and lie in the last {LONGEST.days} days.")
    size, place = bounded(first), position_of(after, RemarkPosition)
    found = await ctx.store.log_report.page(entity, since, place, size + 1)
    return page_of(found, size)


def sentence(ctx: Context, remark: AccessRemark) -> str:
    """Return in words what was found, and by which rule."""
    return wording.sentence(remark, ctx.language)


def cursor(ctx: Context, remark: AccessRemark) -> str:
    """Return the cursor that continues after a remark."""
    return cursor_of(remark.position)


def itself(ctx: Context, remark: AccessRemark) -> AccessRemark:
    """Return the remark of an edge, which is the remark."""
    return remark
