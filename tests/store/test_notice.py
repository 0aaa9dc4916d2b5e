from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.cooperation.notice import NoticeTo, Recipient
from store.notice import NoticeStore
from store.session import Sessions
from store.tables import EventRow, NoticeRow
from tests.store import rows
from tests.store.rows import NOW, add
from tests.store.test_shift import Plans

WARD = Recipient(kind=NoticeTo.ORGANISATION, key="900000071")
INGRID = Recipient(kind=NoticeTo.PERSONNEL, key="9144871")
OTHERS, EACH = 60, 50


def _event(patient: UUID, number: int) -> dict[str, Any]:
    return {
        "patient_id": patient,
        "number": number,
        "id": uuid4(),
        "kind": "SHARED",
        "subject_id": f"shr_{uuid4()}",
        "at": NOW + timedelta(minutes=number // 3),
    }


def _notice(event: dict[str, Any], to: Recipient) -> dict[str, Any]:
    known = {"patient_id": event["patient_id"], "event_id": event["id"], "at": event["at"]}
    return known | {"to_kind": to.kind.name, "to_key": to.key}


@pytest.fixture(scope="module")
async def inbox(db: Sessions) -> list[dict[str, Any]]:
    """Give the ward's events, every other one told to Ingrid as well, among many to others."""
    patients = [uuid4() for _ in range(OTHERS + 1)]
    await add(db, *(rows.a_patient(patient) for patient in patients))
    events = [[_event(patient, n) for n in range(1, EACH + 1)] for patient in patients]
    own, others = events[0], [event for of_one in events[1:] for event in of_one]
    elsewhere = Recipient(kind=NoticeTo.ORGANISATION, key="900000072")
    notices = [_notice(event, WARD) for event in own]
    notices += [_notice(event, INGRID) for event in own[::2]]
    notices += [_notice(event, elsewhere) for event in others]
    async with db.begin() as session:
        await session.execute(insert(EventRow), [*own, *others])
        await session.execute(insert(NoticeRow), notices)
    async with db.begin() as session:
        await session.execute(text("ANALYZE event, notice"))
    return own


async def test_what_came_in_two_ways_is_listed_once_newest_first_page_by_page(
    db: Sessions, inbox: list[dict[str, Any]]
) -> None:
    store, found, after = NoticeStore(db), [], None
    while page := await store.page([WARD, INGRID], "s-ingrid", after, 7):
        found += page
        after = page[-1].position
    assert len(found) == len({each.id for each in found}) == EACH
    places = [(each.at, each.id) for each in found]
    assert places == sorted(places, reverse=True)
    told_as = {each.id: set(each.told_as) for each in found}
    assert told_as[f"ntc_{inbox[0]['id']}"] == {NoticeTo.ORGANISATION, NoticeTo.PERSONNEL}
    assert told_as[f"ntc_{inbox[1]['id']}"] == {NoticeTo.ORGANISATION}


async def test_nobody_is_told_nothing(db: Sessions, inbox: list[dict[str, Any]]) -> None:
    assert await NoticeStore(db).page([], "s", None, 7) == []


async def test_what_is_read_is_read_by_one_and_left_out_of_the_rest(
    db: Sessions, inbox: list[dict[str, Any]]
) -> None:
    store = NoticeStore(db)
    read = [f"ntc_{event['id']}" for event in inbox[:5]]
    for _ in range(2):
        await store.mark_read(read, [WARD, INGRID], "s-reader", NOW)
    await store.mark_read([f"ntc_{inbox[9]['id']}"], [INGRID], "s-reader", NOW)
    left = await store.page([WARD], "s-reader", None, 100, is_unread=True)
    assert len(left) == EACH - 5
    assert not any(each.is_read for each in left)
    everything = await store.page([WARD], "s-reader", None, 100)
    assert {each.id for each in everything if each.is_read} == set(read)
    assert not any(each.is_read for each in await store.page([WARD], "s-other", None, 100))


async def test_a_page_looks_at_its_own_recipients_newest_only(
    db: Sessions, database: AsyncEngine, inbox: list[dict[str, Any]]
) -> None:
    async with Plans(database) as plans:
        assert len(await NoticeStore(db).page([WARD], "s-ingrid", None, 7)) == 7
    steps = await plans.read()
    looked_at = [step for step in steps if step.get("Relation Name") == "notice"]
    assert [step["Index Name"] for step in looked_at] == ["ix_notice_newest"]
    assert sum(step["Actual Rows"] for step in looked_at) == 7
