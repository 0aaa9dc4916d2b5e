"""A clinician's worklist as a page of entries, and the opaque cursors into it."""

from __future__ import annotations

import base64
from datetime import date

import msgspec

from domain.errors import BadInput, NotPermitted
from domain.noun import Noun
from domain.patient import Patient
from domain.plan import PlanKind
from domain.refusal import Refusal
from domain.worklist import WorklistEntry, WorklistFilter, WorklistPosition
from resolvers import access
from resolvers.context import Context

MOST_PATIENTS = 100

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(WorklistPosition).decode


class WorklistPage(Noun):
    """Some entries in order, and whether there are more after them."""

    edges: tuple[WorklistEntry, ...]
    has_next_page: bool
    has_previous_page: bool = False


async def page(
    ctx: Context,
    first: int = 20,
    after: str | None = None,
    kind: PlanKind | None = None,
    approval_requested: bool | None = None,
    has_open_comments: bool | None = None,
    review_due_before: date | None = None,
) -> WorklistPage:
    """Return a page of the viewer's organisation's patients, newest change first."""
    organisation = ctx.viewer.organisation
    if organisation is None or ctx.viewer.hpr_number is None:
        raise NotPermitted(reason=Refusal.ROLE.name)
    size = _bounded(first)
    keep = WorklistFilter(
        kind=kind,
        approval_requested=approval_requested,
        has_open_comments=has_open_comments,
        review_due_before=review_due_before,
    )
    found = await ctx.store.worklist.page(organisation, keep, position_of(after), size + 1, ctx.now)
    return WorklistPage(edges=tuple(found[:size]), has_next_page=len(found) > size)


async def patient_of(ctx: Context, entry: WorklistEntry) -> Patient:
    """Return an entry's patient; the policy is asked again, whatever the list says."""
    return access.permitted(ctx, await ctx.loaders.record.load(entry.patient_id)).patient


def cursor_of(ctx: Context, entry: WorklistEntry) -> str:
    """Return the cursor that continues after an entry."""
    return base64.urlsafe_b64encode(_encode(entry.position)).decode()


def position_of(cursor: str | None) -> WorklistPosition | None:
    """Return the place a cursor stands for; BadInput when it isn't one of ours."""
    if cursor is None:
        return None
    try:
        return _decode(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, msgspec.MsgspecError):
        raise BadInput("`after` is not a cursor from an earlier page.") from None


def first_cursor(ctx: Context, page: WorklistPage) -> str | None:
    """Return the cursor of the first entry, None on an empty page."""
    return cursor_of(ctx, page.edges[0]) if page.edges else None


def last_cursor(ctx: Context, page: WorklistPage) -> str | None:
    """Return the cursor of the last entry, None on an empty page."""
    return cursor_of(ctx, page.edges[-1]) if page.edges else None


def page_info(ctx: Context, page: WorklistPage) -> WorklistPage:
    """Return the page itself, which knows where it stands."""
    return page


def _bounded(first: int) -> int:
    if not 1 <= first <= MOST_PATIENTS:
        raise BadInput(f"`first` must be from 1 to {MOST_PATIENTS}.")
    return first
