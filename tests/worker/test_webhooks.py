"""Receivers over real HTTP on loopback: what arrives, in which order, and what when it fails."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.live.webhook import Failure, WebhookState
from gateway.health import NotReady
from store.session import Sessions
from store.tables import WebhookLaneRow, WebhookProgressRow
from tests.worker.vendor import FIVE, HOLDER, Desk, a_shared_patient, verified
from tests.writing.clinic import Clinic


async def test_what_fails_is_told_again_under_its_id_and_the_order_holds(
    desk: Desk, nora: Clinic
) -> None:
    await desk.verified()
    answers = iter([200, 503, 503, 200, 500, 200, 200, 200])
    desk.receiver.answer = lambda _data: next(answers)
    await desk.happens(nora, *FIVE)
    for _ in range(6):
        await desk.turn(minutes=10)
    assert desk.receiver.arrived() == FIVE
    second = [each for each in desk.receiver.got if each.data["subjectId"] == "s-1"]
    assert len(second) == 3
    assert len({each.id for each in second}) == 1
    assert all(verified(desk.receiver.secret, each.headers, each.body) for each in second)


async def test_a_wait_doubles(desk: Desk, nora: Clinic) -> None:
    await desk.verified()
    desk.receiver.answer = lambda _data: 503
    await desk.happens(nora, "s-1")
    tried = []
    for _ in range(80):
        await desk.turn(seconds=1)
        tried.append(len(desk.receiver.got))
    # At about 0, 5, 15, 35 and 75 seconds.
    assert [tried.index(count) for count in (1, 2, 3, 4, 5)] == [0, 5, 15, 35, 75]


async def test_what_fails_about_one_patient_holds_nobody_else_up(
    desk: Desk, nora: Clinic, emil: Clinic
) -> None:
    await desk.verified()
    desk.receiver.answer = lambda data: 400 if data["patientId"] == nora.patient_id else 200
    for number in range(10):
        await desk.happens(nora, f"s-{number}")
        await desk.happens(emil, f"s-{number}")
        await desk.turn()
    assert desk.receiver.arrived(emil.patient_id) == [f"s-{number}" for number in range(10)]
    assert desk.receiver.arrived(nora.patient_id) == []
    desk.receiver.answer = lambda _data: 200
    await desk.turn(hours=1)
    assert desk.receiver.arrived(nora.patient_id) == [f"s-{number}" for number in range(10)]


async def test_one_patient_s_lane_is_parked_by_itself_and_resumed(
    desk: Desk, nora: Clinic, emil: Clinic
) -> None:
    made = await desk.verified()
    desk.receiver.answer = lambda data: 422 if data["patientId"] == nora.patient_id else 200
    await desk.happens(nora, *FIVE)
    for _ in range(60):
        await desk.turn(hours=1)
    shown = await desk.shown(made.id)
    waiting = shown.waiting
    assert shown.state is WebhookState.ACTIVE
    assert (waiting.patients, waiting.parked, waiting.failure) == (1, 1, Failure.STATUS_4XX)
    assert waiting.since == made.since + timedelta(hours=1)
    tried = len(desk.receiver.got)
    await desk.happens(emil, "s-6")
    await desk.turn(hours=1)
    assert len(desk.receiver.got) == tried + 1
    desk.receiver.answer = lambda _data: 200
    await desk.registry.resume(HOLDER, made.id)
    await desk.turn()
    assert desk.receiver.arrived(nora.patient_id) == FIVE
    assert (await desk.shown(made.id)).waiting.patients == 0


async def test_a_receiver_that_is_down_is_asked_little_then_parked_and_goes_on_when_resumed(
    desk: Desk, db: Sessions, caplog: pytest.LogCaptureFixture
) -> None:
    clinics = [await a_shared_patient(db) for _ in range(6)]
    made = await desk.verified()
    desk.receiver.answer = lambda _data: 503
    for clinic in clinics:
        await desk.happens(clinic, *FIVE)
    await desk.turn()
    assert len(desk.receiver.got) <= 6  # those under way at once, not every patient's all
    for _ in range(40):
        await desk.turn(hours=1)
    shown = await desk.shown(made.id)
    assert (shown.state, shown.waiting.failure) == (WebhookState.PARKED, Failure.STATUS_5XX)
    assert shown.waiting.patients == 6
    assert made.id in caplog.text
    assert desk.receiver.url not in caplog.text
    with pytest.raises(NotReady):
        await desk.job.none_is_parked()
    tried = len(desk.receiver.got)
    desk.receiver.answer = lambda _data: 200
    await desk.turn(hours=2)
    assert len(desk.receiver.got) == tried
    await desk.registry.resume(HOLDER, made.id)
    await desk.turn()
    for clinic in clinics:
        assert desk.receiver.arrived(clinic.patient_id) == FIVE
    assert (await desk.shown(made.id)).state is WebhookState.ACTIVE


async def test_a_receiver_that_says_it_is_gone_is_parked_at_once(desk: Desk, nora: Clinic) -> None:
    made = await desk.verified()
    desk.receiver.answer = lambda _data: 410
    await desk.happens(nora, *FIVE)
    await desk.turn()
    assert (await desk.shown(made.id)).state is WebhookState.PARKED
    assert len(desk.receiver.got) == 1


async def test_a_redirect_is_not_followed(desk: Desk, nora: Clinic) -> None:
    made = await desk.verified()
    desk.receiver.answer = lambda _data: 307
    await desk.happens(nora, "s-1")
    await desk.turn()
    assert (await desk.shown(made.id)).waiting.failure is Failure.REDIRECT


async def test_a_receiver_that_hangs_is_given_up(desk: Desk, nora: Clinic) -> None:
    made = await desk.verified()
    desk.receiver.hangs = asyncio.Event()
    await desk.happens(nora, "s-1")
    await desk.turn()
    assert (await desk.shown(made.id)).waiting.failure is Failure.TIMEOUT
    desk.receiver.hangs.set()


async def test_what_is_deleted_or_never_seen_again_is_told_of_nothing_and_leaves_nothing(
    desk: Desk, nora: Clinic, db: Sessions
) -> None:
    made = await desk.verified()
    desk.receiver.answer = lambda _data: 503
    await desk.happens(nora, "s-1")
    await desk.turn()
    await desk.registry.delete(HOLDER, made.id)
    await desk.verified()
    await desk.turn(days=91)
    tried = len(desk.receiver.got)
    await desk.turn()
    await desk.turn()
    assert len(desk.receiver.got) == tried
    async with db() as session:
        for table in (WebhookLaneRow, WebhookProgressRow):
            assert (await session.scalars(select(table))).all() == []


async def test_a_webhook_that_is_deleted_while_it_is_told_gets_nothing_more(
    desk: Desk, nora: Clinic
) -> None:
    made = await desk.verified()
    desk.receiver.hangs = asyncio.Event()
    await desk.happens(nora, *FIVE)
    desk.later(seconds=2)
    telling = asyncio.create_task(desk.job.turn())
    async with asyncio.timeout(5):
        while not desk.receiver.got:  # noqa: ASYNC110  # no event
            await asyncio.sleep(0.01)
        await desk.registry.delete(HOLDER, made.id)  # waits for nobody
    desk.receiver.hangs.set()
    await telling
    assert len(desk.receiver.got) == 1


async def test_two_workers_tell_each_change_once(desk: Desk, nora: Clinic, emil: Clinic) -> None:
    await desk.verified()
    await desk.happens(nora, *FIVE)
    await desk.happens(emil, *FIVE)
    desk.later(seconds=2)
    other = desk.a_job()
    await asyncio.gather(desk.job.turn(), other.turn(), desk.job.turn())
    assert len(desk.receiver.got) == 10


async def test_a_worker_that_dies_while_it_tells_tells_again_under_the_same_id(
    desk: Desk, nora: Clinic
) -> None:
    await desk.verified()
    desk.receiver.hangs = asyncio.Event()
    await desk.happens(nora, "s-1")
    desk.later(seconds=2)
    telling = asyncio.create_task(desk.job.turn())
    async with asyncio.timeout(5):
        while not desk.receiver.got:  # noqa: ASYNC110  # no event
            await asyncio.sleep(0.01)
    telling.cancel()
    await asyncio.wait([telling])
    desk.receiver.hangs.set()
    await desk.turn()
    first, second = desk.receiver.got
    assert first.id == second.id
