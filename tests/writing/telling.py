"""What people are told about a clinic's patient, and a content that there is to tell of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from msgspec.structs import replace

from domain.access.viewer import Viewer
from domain.cooperation.notice import Notice
from domain.plan.part import PlanKind
from resolvers import notice
from resolvers.page import end_cursor
from resolvers.writing import (
    activation,
    draft,
)
from resolvers.writing.notice import MARK_READ
from store.tables import EventRow
from tests.writing.clinic import INGRID, SAID, Clinic
from tests.writing.shares import DAY


async def all_told(clinic: Clinic, viewer: Viewer, **asked: Any) -> list[Notice]:
    """Return what somebody is told about the clinic's patient, from all the pages there are."""
    ctx = clinic.context(viewer)
    events = {f"ntc_{row.id}" for row in await clinic.rows(EventRow)}
    found, after, more = [], None, True
    while more:
        page = await notice.page(ctx, first=100, after=after, **asked)
        found += [each for each in page.edges if each.id in events]
        after, more = end_cursor(ctx, page), page.has_next_page
    return found


async def kinds_told(clinic: Clinic, viewer: Viewer) -> list[str]:
    return [each.kind.name for each in await all_told(clinic, viewer)]


async def said_to(clinic: Clinic, viewer: Viewer) -> list[str]:
    ctx = clinic.context(viewer)
    return [notice.sentence(ctx, each) for each in await all_told(clinic, viewer)]


async def mark_read(clinic: Clinic, viewer: Viewer, *ids: str) -> Any:
    command = MARK_READ.command(notice_ids=ids, idempotency_key=str(uuid4()))
    return await MARK_READ(clinic.context(viewer), command)


async def revised(clinic: Clinic, part_id: str, why: str = "Ny dose etter kontroll") -> None:
    clinic.now += timedelta(minutes=1)
    begun = await clinic.do(
        INGRID,
        draft.START,
        patient_id=clinic.patient_id,
        kind=PlanKind.EGENBEHANDLINGSPLAN,
        content=replace(SAID, title=f"Plan {uuid4()}"),
        change_comment="Utkast",
        review_due=clinic.now.date() + 90 * DAY,
    )
    await clinic.do(
        INGRID,
        activation.ACTIVATE,
        draft_id=begun.subject_id,
        expected_version=1,
        change_comment=why,
    )
