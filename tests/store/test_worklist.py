from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from domain.cooperation.worklist import WorklistEntry, WorklistFilter
from domain.plan.part import PlanKind
from store.session import Sessions
from store.tables import PlanPartRow, Row, SuggestionRow, WorklistEntryRow
from store.worklist import WorklistStore, renew
from tests.store import rows
from tests.store.rows import NOW, add

EVERYTHING = WorklistFilter()


@pytest.fixture
def worklist(db: Sessions) -> WorklistStore:
    return WorklistStore(db)


@pytest.fixture
def organisation() -> str:
    return uuid4().hex


async def _list(db: Sessions, organisation: str, count: int, **changes: Any) -> list[UUID]:
    keys = [uuid4() for _ in range(count)]
    for place, key in enumerate(keys):
        plan = rows.a_plan(key)
        part = rows.a_part(plan, **{"updated_at": NOW - timedelta(minutes=place // 3)} | changes)
        member = rows.a_member(key, organisation)
        await add(db, rows.a_patient(key), member, plan, part, rows.a_version(part))
    async with db.begin() as session:
        await renew(session, keys)
    return keys


async def test_pages_hold_every_patient_once_in_order(
    db: Sessions, worklist: WorklistStore, organisation: str
) -> None:
    keys = await _list(db, organisation, 10)
    seen: list[WorklistEntry] = []
    while page := await worklist.page(
        organisation, EVERYTHING, seen[-1].position if seen else None, 3, NOW
    ):
        seen += page
    assert sorted(entry.patient_id for entry in seen) == sorted(f"pat_{key}" for key in keys)
    assert [entry.changed_at for entry in seen] == sorted(
        (entry.changed_at for entry in seen), reverse=True
    )


async def test_another_organisation_sees_nothing(
    db: Sessions, worklist: WorklistStore, organisation: str
) -> None:
    await _list(db, organisation, 1)
    assert await worklist.page(uuid4().hex, EVERYTHING, None, 10, NOW) == []


async def test_an_ended_relation_leaves_the_list_by_itself(
    db: Sessions, worklist: WorklistStore, organisation: str
) -> None:
    key = uuid4()
    await add(db, rows.a_patient(key), rows.a_member(key, organisation, until=NOW))
    async with db.begin() as session:
        await renew(session, [key])
    before = await worklist.page(organisation, EVERYTHING, None, 10, NOW - timedelta(seconds=1))
    assert [entry.patient_id for entry in before] == [f"pat_{key}"]
    assert await worklist.page(organisation, EVERYTHING, None, 10, NOW) == []


@pytest.mark.parametrize(
    ("keep", "is_kept"),
    [
        (WorklistFilter(kind=PlanKind.EGENBEHANDLINGSPLAN), True),
        (WorklistFilter(kind=PlanKind.KRISEPLAN), False),
        (WorklistFilter(approval_requested=True), True),
        (WorklistFilter(approval_requested=False), False),
        (WorklistFilter(has_open_comments=True), True),
        (WorklistFilter(has_open_comments=False), False),
        (WorklistFilter(review_due_before=date(2026, 12, 2)), True),
        (WorklistFilter(review_due_before=date(2026, 12, 1)), False),
    ],
)
async def test_each_filter_keeps_what_it_says(
    db: Sessions, worklist: WorklistStore, organisation: str, keep: WorklistFilter, is_kept: bool
) -> None:
    key = uuid4()
    plan = rows.a_plan(key)
    part = rows.a_part(plan, review_due=date(2026, 12, 1))
    waiting = rows.a_version(part, approval={"state": "REQUESTED"})
    comment = rows.a_comment(part)
    member = rows.a_member(key, organisation)
    await add(db, rows.a_patient(key), member, plan, part, waiting, comment)
    async with db.begin() as session:
        await renew(session, [key])
    assert bool(await worklist.page(organisation, keep, None, 10, NOW)) is is_kept


async def test_renewing_some_leaves_the_others(db: Sessions, organisation: str) -> None:
    one, two = await _list(db, organisation, 2)
    async with db.begin() as session:
        await renew(session, [one])
        kept = await session.get(WorklistEntryRow, (two, organisation))
        assert kept is not None


async def test_open_suggestions_are_counted(
    db: Sessions, worklist: WorklistStore, organisation: str
) -> None:
    [key] = await _list(db, organisation, 1)
    async with db.begin() as session:
        part = await session.scalar(select(PlanPartRow).where(PlanPartRow.patient_id == key))
        assert part is not None
        for state in ("OPEN", "OPEN", "DECLINED"):
            session.add(_suggestion(part, state))
        await session.flush()
        await renew(session, [key])
    [entry] = await worklist.page(organisation, EVERYTHING, None, 10, NOW)
    assert entry.open_suggestions == 2


def _suggestion(part: PlanPartRow, state: str) -> SuggestionRow:
    return SuggestionRow(
        patient_id=part.patient_id,
        id=uuid4(),
        part_id=part.id,
        kind="REMOVE",
        section="GOALS",
        line_id="g1",
        why="Det er nådd",
        content_version=1,
        author={"name": "Kari Fjell"},
        created_at=NOW,
        state=state,
        version=1,
    )


async def _shared(
    db: Sessions, organisation: str, *more: Callable[[PlanPartRow], Row], **changes: Any
) -> UUID:
    """Add a patient with two parts and an open comment, of which one part is shared."""
    key = uuid4()
    plan = rows.a_plan(key)
    part = rows.a_part(plan, review_due=date(2026, 12, 1))
    other = rows.a_part(plan, kind="KRISEPLAN")
    share = rows.a_share(part, organisation_number=organisation, **changes)
    known = rows.a_patient(key), plan, part, other, rows.a_comment(other), share
    await add(db, *known, *(make(part) for make in more))
    async with db.begin() as session:
        await renew(session, [key])
    return key


async def test_a_shared_part_is_on_the_recipient_s_worklist(
    db: Sessions, worklist: WorklistStore, organisation: str
) -> None:
    key = await _shared(db, organisation)
    [entry] = await worklist.page(organisation, EVERYTHING, None, 10, NOW)
    assert (entry.patient_id, entry.open_comments) == (f"pat_{key}", 1)


async def test_pieces_of_a_part_tell_the_worklist_nothing_of_the_rest(
    db: Sessions, worklist: WorklistStore, organisation: str
) -> None:
    until = NOW + timedelta(days=9)
    await _shared(db, organisation, scopes=["ZONE_SHEET"], until=until)
    [entry] = await worklist.page(organisation, EVERYTHING, None, 10, NOW)
    assert entry.kinds == (PlanKind.EGENBEHANDLINGSPLAN,)
    assert (entry.open_comments, entry.approval_requested, entry.review_due) == (0, False, None)
    crisis = WorklistFilter(kind=PlanKind.KRISEPLAN)
    assert await worklist.page(organisation, crisis, None, 10, NOW) == []
    assert await worklist.page(organisation, EVERYTHING, None, 10, until) == []


async def test_a_care_relation_beside_pieces_of_a_part_shows_the_patient_whole(
    db: Sessions, worklist: WorklistStore, organisation: str
) -> None:
    await _shared(
        db,
        organisation,
        lambda part: rows.a_member(part.patient_id, organisation),
        scopes=["ZONE_SHEET"],
    )
    [entry] = await worklist.page(organisation, EVERYTHING, None, 10, NOW)
    assert (len(entry.kinds), entry.open_comments) == (2, 1)


@pytest.mark.parametrize("scopes", [["WHOLE_PART"], ["CONTACTS"]])
async def test_a_withdrawn_share_leaves_the_list(
    db: Sessions, worklist: WorklistStore, organisation: str, scopes: list[str]
) -> None:
    await _shared(db, organisation, scopes=scopes, withdrawn_at=NOW)
    assert await worklist.page(organisation, EVERYTHING, None, 10, NOW) == []
