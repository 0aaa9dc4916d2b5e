from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

from domain.event import EventKind, PlacedEvent
from store import event
from store.outbox import Outbox
from store.session import Sessions
from tests.store import rows
from tests.store.rows import NOW, add

ORGANISATION = "999000002"


async def happened(db: Sessions, key: UUID, *kinds: EventKind) -> None:
    async with db.begin() as session:
        for kind in kinds:
            await event.add(session, key, kind, f"pat_{key}", NOW, None)


async def a_patient(db: Sessions) -> UUID:
    key = uuid4()
    await add(db, rows.a_patient(key))
    return key


def kinds(found: list[PlacedEvent], key: UUID) -> list[EventKind]:
    return [each.event.kind for each in found if each.event.patient_id == f"pat_{key}"]


async def test_an_event_has_no_place_until_it_is_given_one(db: Sessions) -> None:
    outbox, key = Outbox(db), await a_patient(db)
    await outbox.place()
    before = await outbox.newest()
    await happened(db, key, EventKind.PART_HELD, EventKind.PART_RESUMED)
    assert await outbox.after(before, 10) == []
    assert await outbox.place() == 2
    found = await outbox.after(before, 10)
    assert kinds(found, key) == [EventKind.PART_HELD, EventKind.PART_RESUMED]
    assert [each.event.number for each in found] == [1, 2]
    assert await outbox.newest() == found[-1].position
    assert await outbox.place() == 0


async def test_a_late_commit_is_passed_over_by_nobody_and_holds_nobody_back(db: Sessions) -> None:
    outbox, late, early = Outbox(db), await a_patient(db), await a_patient(db)
    await outbox.place()
    before = await outbox.newest()
    async with db.begin() as slow:
        await event.add(slow, late, EventKind.PART_HELD, "prt_1", NOW, None)
        await happened(db, early, EventKind.PART_REVOKED)
        await outbox.place()
        seen = await outbox.after(before, 10)
        assert kinds(seen, early) == [EventKind.PART_REVOKED]
    await outbox.place()
    then = await outbox.after(seen[-1].position, 10)
    assert kinds(then, late) == [EventKind.PART_HELD]


async def test_many_who_place_at_once_place_each_event_once_and_in_order(db: Sessions) -> None:
    outbox, key = Outbox(db), await a_patient(db)
    await outbox.place()
    before = await outbox.newest()
    for _ in range(5):
        await happened(db, key, *[EventKind.DRAFT_SAVED] * 3)
        await asyncio.gather(*(outbox.place() for _ in range(4)))
    found = await outbox.after(before, 100)
    assert [each.event.number for each in found] == list(range(1, 16))
    assert len({each.position for each in found}) == 15


async def test_more_events_than_are_placed_at_once_are_all_placed(db: Sessions) -> None:
    outbox, key = Outbox(db), await a_patient(db)
    async with db.begin() as session:
        session.add_all(
            rows.an_event(key, number, "prt_1", id=uuid4(), kind="DRAFT_SAVED", at=NOW)
            for number in range(1, 1_203)
        )
    before = await outbox.newest()
    assert await outbox.place() == 1_202
    found = await outbox.after(before, 2_000)
    assert [each.event.number for each in found] == list(range(1, 1_203))


async def test_a_patients_events_are_read_between_two_places(db: Sessions) -> None:
    outbox, key, other = Outbox(db), await a_patient(db), await a_patient(db)
    for one in (key, other, key, key):
        await happened(db, one, EventKind.DRAFT_SAVED)
        await outbox.place()
    newest = await outbox.newest()
    mine = await outbox.of_patient(f"pat_{key}", 0, newest, 10)
    assert [each.event.number for each in mine] == [1, 2, 3]
    after = await outbox.of_patient(f"pat_{key}", mine[0].position, mine[1].position, 10)
    assert [each.event.number for each in after] == [2]


async def test_an_event_concerns_those_who_have_or_had_the_patient_or_a_share(
    db: Sessions,
) -> None:
    outbox, key, other = Outbox(db), await a_patient(db), await a_patient(db)
    plan = rows.a_plan(key)
    part = rows.a_part(plan)
    await add(db, plan, part)
    await add(db, rows.a_share(part, organisation_number=ORGANISATION, withdrawn_at=NOW))
    await happened(db, other, EventKind.DRAFT_SAVED)
    await happened(db, key, EventKind.DRAFT_SAVED)
    await outbox.place()
    newest = await outbox.newest()
    found = await outbox.of_organisation(ORGANISATION, 0, newest, 1_000)
    assert kinds(found, key) == [EventKind.DRAFT_SAVED]
    assert kinds(found, other) == []
    assert await outbox.of_organisation("999000099", 0, newest, 10) == []
