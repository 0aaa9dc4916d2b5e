from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import delete, update

from gateway.health import NotReady
from resolvers.writing import part
from store.tables import DeliveryRow, IdentityNumberRow, PlanVersionRow
from tests.worker.backroom import Backroom
from tests.writing.clinic import INGRID, SAID
from tests.writing.in_use import in_use


async def _with(backroom: Backroom, **values: Any) -> None:
    async with backroom.clinic.db.begin() as session:
        await session.execute(update(DeliveryRow).values(values))


async def test_each_activated_revised_and_ended_version_arrives_with_a_receipt(
    backroom: Backroom,
) -> None:
    clinic = backroom.clinic
    part_id = await in_use(clinic)
    backroom.later(minutes=1)
    await in_use(clinic, content=replace(SAID, title="Ny utgave"))
    backroom.later(minutes=1)
    await clinic.do(
        INGRID, part.COMPLETE, part_id=part_id, expected_version=3, reason="Målet er nådd"
    )
    await backroom.delivering.turn()
    arrived = await backroom.deliveries()
    assert [(row.occasion, row.content_version, row.state) for row in arrived] == [
        ("ACTIVATED", 1, "DELIVERED"),
        ("REVISED", 2, "DELIVERED"),
        ("COMPLETED", 2, "DELIVERED"),
    ]
    kept = {each.document_id: each for each in backroom.record.kept.values()}
    assert {row.receipt for row in arrived} == {each.receipt for each in kept.values()}
    told = [msgspec.json.decode(kept[f"dlv_{row.id}"].body) for row in arrived]
    assert [each["content"]["title"] for each in told] == [SAID.title, "Ny utgave", "Ny utgave"]
    assert told[2]["reason"] == "Målet er nådd"
    assert "Målet er nådd" in told[2]["text"]
    assert {each["organisationNumber"] for each in told} == {INGRID.organisation}


async def test_pausing_a_part_is_not_an_end(backroom: Backroom) -> None:
    part_id = await in_use(backroom.clinic)
    await backroom.clinic.do(
        INGRID, part.HOLD, part_id=part_id, expected_version=2, reason="På ferie"
    )
    assert len(await backroom.deliveries()) == 1


async def test_a_record_that_is_down_is_tried_again_later_and_later(backroom: Backroom) -> None:
    await in_use(backroom.clinic)
    await backroom.faults({"kind": "status", "status": 503})
    await backroom.delivering.turn()
    (row,) = await backroom.deliveries()
    assert (row.state, row.attempts) == ("WAITING", 1)
    assert row.next_try_at == backroom.now() + timedelta(seconds=30)
    await backroom.delivering.turn()
    assert (await backroom.deliveries())[0].attempts == 1
    backroom.later(seconds=30)
    await backroom.faults()
    await backroom.delivering.turn()
    assert (await backroom.deliveries())[0].state == "DELIVERED"


async def test_an_answer_that_was_lost_leads_to_one_document(backroom: Backroom) -> None:
    await in_use(backroom.clinic)
    await backroom.faults({"kind": "shortBody", "times": 1})
    await backroom.delivering.turn()
    assert ((await backroom.deliveries())[0].state, len(backroom.record.kept)) == ("WAITING", 1)
    backroom.later(minutes=1)
    await backroom.delivering.turn()
    (row,) = await backroom.deliveries()
    (kept,) = backroom.record.kept.values()
    assert (row.state, row.receipt) == ("DELIVERED", kept.receipt)


async def test_when_the_record_is_down_the_rest_of_the_turn_is_left(backroom: Backroom) -> None:
    for number in range(12):
        await in_use(backroom.clinic, content=replace(SAID, title=f"Utgave {number}"))
    await backroom.faults({"kind": "reset"})
    assert not await backroom.delivering.turn()
    assert sum(row.attempts for row in await backroom.deliveries()) <= 4


async def test_workers_side_by_side_send_each_document_once(backroom: Backroom) -> None:
    for number in range(8):
        await in_use(backroom.clinic, content=replace(SAID, title=f"Utgave {number}"))
    await backroom.faults({"kind": "latency", "ms": 20})
    await asyncio.gather(*(backroom.delivering.turn() for _ in range(3)))
    rows = await backroom.deliveries()
    assert {(row.state, row.attempts) for row in rows} == {("DELIVERED", 1)}
    calls: Counter[str] = backroom.record.calls
    assert calls["POST /journal/documents"] == 8


async def test_what_the_record_won_t_have_raises_the_alarm_without_patient_data(
    backroom: Backroom, caplog: pytest.LogCaptureFixture
) -> None:
    await in_use(backroom.clinic)
    await _with(backroom, organisation_number="1")
    await backroom.delivering.all_arrive()
    await backroom.delivering.turn()
    (row,) = await backroom.deliveries()
    assert (row.state, row.next_try_at > backroom.now()) == ("FAILED", True)
    with pytest.raises(NotReady, match="1 of 1"):
        await backroom.delivering.all_arrive()
    assert f"dlv_{row.id}" in caplog.text
    assert not any(each in caplog.text for each in ("Nora", "Fjell", SAID.title, "02834530190"))
    await _with(backroom, organisation_number="974795515")
    backroom.later(hours=1)
    await backroom.delivering.turn()
    await backroom.delivering.all_arrive()


async def test_nobody_to_send_it_to_or_by_is_an_alarm_as_well(backroom: Backroom) -> None:
    await in_use(backroom.clinic)
    await _with(backroom, organisation_number=None)
    await backroom.delivering.turn()
    assert [row.state for row in await backroom.deliveries()] == ["FAILED"]
    await _with(backroom, organisation_number="974795515", next_try_at=backroom.now())
    async with backroom.clinic.db.begin() as session:
        await session.execute(delete(IdentityNumberRow))
    await backroom.delivering.turn()
    assert [row.attempts for row in await backroom.deliveries()] == [2]


async def test_a_version_that_can_t_be_read_stops_no_other(backroom: Backroom) -> None:
    await in_use(backroom.clinic)
    backroom.later(seconds=1)
    await in_use(backroom.clinic, content=replace(SAID, title="Ny utgave"))
    async with backroom.clinic.db.begin() as session:
        first = PlanVersionRow.number == 1
        await session.execute(update(PlanVersionRow).where(first).values(content={"tittel": 1}))
    await backroom.delivering.turn()
    assert [row.state for row in await backroom.deliveries()] == ["FAILED", "DELIVERED"]


async def test_the_lock_goes_with_whoever_held_it(backroom: Backroom) -> None:
    await in_use(backroom.clinic)
    await backroom.faults({"kind": "hang", "ms": 400, "times": 1})
    killed = asyncio.create_task(backroom.delivering.turn())
    while not backroom.record.in_flight:  # noqa: ASYNC110  # the simulator has no event for it
        await asyncio.sleep(0.01)
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    (row,) = await backroom.deliveries()
    assert (row.state, row.attempts) == ("WAITING", 0)
    await backroom.delivering.turn()
    assert [row.state for row in await backroom.deliveries()] == ["DELIVERED"]
