"""Receivers over real HTTP on loopback: what arrives, in which order, and what does not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.live.change import ChangedSection
from domain.live.webhook import Failure, WebhookState
from gateway.health import NotReady
from gateway.webhook import ReplayRefused
from store.session import Sessions
from store.tables import ShareRow, WebhookLaneRow, WebhookProgressRow
from tests.worker.vendor import HOLDER, Desk, a_desk, a_shared_patient, verified
from tests.writing.clinic import Clinic

FIVE = [f"s-{number}" for number in range(5)]


@pytest.fixture
async def desk(db: Sessions) -> AsyncIterator[Desk]:
    async with a_desk(db) as desk:
        yield desk


@pytest.fixture
async def nora(db: Sessions) -> Clinic:
    return (await a_shared_patient(db))[0]


@pytest.fixture
async def emil(db: Sessions) -> Clinic:
    return (await a_shared_patient(db))[0]


async def test_nothing_is_told_before_the_challenge_is_answered(desk: Desk, nora: Clinic) -> None:
    desk.receiver.answers_challenges = False
    made = await desk.register()
    await desk.happens(nora, *FIVE)
    await desk.turn()
    shown = await desk.shown(made.id)
    assert shown.state is WebhookState.UNVERIFIED
    assert shown.waiting.failure is Failure.WRONG_RESPONSE
    assert desk.receiver.got == []
    desk.receiver.answers_challenges = True
    await desk.turn(seconds=10)
    assert (await desk.shown(made.id)).state is WebhookState.ACTIVE
    assert desk.receiver.arrived() == FIVE


async def test_a_change_is_ids_alone_and_its_signature_is_that_of_the_standard(
    desk: Desk, nora: Clinic
) -> None:
    await desk.verified()
    await desk.happens(nora, "s-1")
    await desk.turn()
    (challenge,), (got,) = desk.receiver.challenges, desk.receiver.got
    assert verified(desk.receiver.secret, challenge.headers, challenge.body)
    assert verified(desk.receiver.secret, got.headers, got.body)
    assert not verified(desk.receiver.secret, got.headers, got.body + b" ")
    assert got.data["patientId"] == nora.patient_id
    assert got.data["section"] == "PLAN"
    assert set(got.data) == {
        *("id", "kind", "section", "at", "patientId", "subjectId", "version", "cursor")
    }
    assert got.id == f"evt_{got.data['id']}"


async def test_the_log_of_use_has_it_before_it_leaves(desk: Desk, nora: Clinic) -> None:
    await desk.verified()
    counted: list[int] = []
    desk.receiver.answer = lambda _data: counted.append(len(desk.log.entries)) or 200
    await desk.happens(nora, "s-1")
    await desk.turn()
    assert counted == [2]
    decided, shown = desk.log.entries
    assert decided.patient_id == nora.patient_id
    assert shown.outcome is not None
    assert shown.outcome.shown == ("changes",)


async def test_a_log_that_is_down_lets_nothing_leave(desk: Desk, nora: Clinic) -> None:
    await desk.verified()

    class Down:
        def write(self, entries: object) -> asyncio.Future[None]:
            from store.log_writer import NotLogged

            failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            failed.set_exception(NotLogged())
            return failed

    await desk.happens(nora, "s-1")
    desk.later(seconds=2)
    await desk.a_job(Down()).turn()
    assert desk.receiver.got == []
    await desk.turn(seconds=31)
    assert desk.receiver.arrived() == ["s-1"]


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
    clinics = [(await a_shared_patient(db))[0] for _ in range(6)]
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


async def test_a_withdrawn_share_stops_deliveries_at_once_also_what_waits(
    desk: Desk, nora: Clinic, db: Sessions
) -> None:
    made = await desk.verified()
    desk.receiver.answer = lambda _data: 503
    await desk.happens(nora, "s-1", "s-2")
    await desk.turn()
    async with db.begin() as session:
        mine = update(ShareRow).where(ShareRow.patient_id == nora.key)
        await session.execute(mine.values(withdrawn_at=desk.now))
    desk.receiver.answer = lambda _data: 200
    await desk.happens(nora, "s-3")
    await desk.turn(hours=1)
    assert desk.receiver.arrived() == []
    assert (await desk.shown(made.id)).waiting.patients == 0


async def test_of_what_is_not_for_them_there_is_nothing_to_count(
    desk: Desk, nora: Clinic, db: Sessions
) -> None:
    made = await desk.verified(sections=["PLAN"])
    closed, _ = await a_shared_patient(db)
    async with db.begin() as session:
        mine = update(ShareRow).where(ShareRow.patient_id == closed.key)
        await session.execute(mine.values(withdrawn_at=desk.now))
    desk.receiver.answer = lambda _data: 503
    await desk.happens(closed, *FIVE)
    await desk.turn()
    assert desk.receiver.got == []
    assert (await desk.shown(made.id)).waiting.patients == 0
    async with db() as session:
        assert (await session.scalars(select(WebhookLaneRow))).all() == []


async def test_only_the_sections_that_were_chosen_are_told(desk: Desk, nora: Clinic) -> None:
    made = await desk.verified(sections=["COMMENTS"])
    await desk.happens(nora, "s-1")
    await desk.turn()
    assert desk.receiver.got == []
    await desk.registry.change(HOLDER, made.id, None, ["PLAN", "COMMENTS"])
    await desk.happens(nora, "s-2")
    await desk.turn()
    assert desk.receiver.arrived() == ["s-2"]
    sections = (await desk.shown(made.id)).sections
    assert sections == (ChangedSection.PLAN, ChangedSection.COMMENTS)


async def test_all_after_a_cursor_is_told_again_under_the_same_ids(
    desk: Desk, nora: Clinic, emil: Clinic
) -> None:
    made = await desk.verified()
    await desk.happens(nora, "s-0", "s-1")
    await desk.happens(emil, "s-2")
    await desk.turn()
    first = list(desk.receiver.got)
    cursors = [each.data["cursor"] for each in first]
    assert len(set(cursors)) == 3
    at_first = next(each for each in first if each.data["subjectId"] == "s-0")
    await desk.registry.replay(HOLDER, made.id, at_first.data["cursor"])
    await desk.turn()
    again = desk.receiver.got[len(first) :]
    assert {each.data["subjectId"] for each in again} >= {"s-1", "s-2"}
    assert {each.id for each in again} <= {each.id for each in first}
    assert [each.data["subjectId"] for each in again if each.data["patientId"] == nora.patient_id][
        -1
    ] == "s-1"


async def test_going_on_from_another_patient_s_cursor_loses_nothing_that_waits(
    desk: Desk, nora: Clinic, emil: Clinic
) -> None:
    made = await desk.verified()
    desk.receiver.answer = lambda data: 503 if data["patientId"] == nora.patient_id else 200
    await desk.happens(nora, "s-0")
    await desk.turn()
    await desk.happens(emil, "s-1")
    await desk.turn()
    cursor = desk.receiver.got[-1].data["cursor"]
    desk.receiver.answer = lambda _data: 200
    await desk.registry.replay(HOLDER, made.id, cursor)
    await desk.turn()
    assert desk.receiver.arrived(nora.patient_id) == ["s-0"]


async def test_a_cursor_of_another_organisation_or_too_old_replays_nothing(
    desk: Desk, nora: Clinic
) -> None:
    made = await desk.verified()
    await desk.happens(nora, "s-1")
    await desk.turn()
    cursor = desk.receiver.got[0].data["cursor"]
    for wrong in ("", "nonsense", cursor[:-4] + "AAAA"):
        with pytest.raises(ReplayRefused) as refused:
            await desk.registry.replay(HOLDER, made.id, wrong)
        assert refused.value.reason == "UNKNOWN"
    desk.later(days=desk.settings.replay_days + 1)
    with pytest.raises(ReplayRefused) as refused:
        await desk.registry.replay(HOLDER, made.id, cursor)
    assert refused.value.reason == "TOO_OLD"


async def test_a_new_secret_signs_beside_the_old_one_for_a_day(desk: Desk, nora: Clinic) -> None:
    made = await desk.verified()
    old = desk.receiver.secret
    new = (await desk.registry.renew_secret(HOLDER, made.id)).secret
    assert new is not None
    await desk.happens(nora, "s-1")
    await desk.turn()
    await desk.happens(nora, "s-2")
    await desk.turn(hours=25)
    first, second = desk.receiver.got
    assert verified(old, first.headers, first.body)
    assert verified(new, first.headers, first.body)
    assert verified(new, second.headers, second.body)
    assert not verified(old, second.headers, second.body)


async def test_another_address_is_challenged_before_it_is_told_of_anything(
    desk: Desk, nora: Clinic
) -> None:
    made = await desk.verified()
    desk.receiver.answers_challenges = False
    await desk.registry.change(HOLDER, made.id, f"{desk.receiver.url}?new", None)
    await desk.happens(nora, "s-1")
    await desk.turn()
    assert desk.receiver.got == []
    desk.receiver.answers_challenges = True
    await desk.turn(seconds=10)
    assert desk.receiver.arrived() == ["s-1"]


async def test_a_webhook_whose_vendor_shows_no_token_rests_and_loses_nothing(
    desk: Desk, nora: Clinic
) -> None:
    made = await desk.verified()
    desk.later(days=8)
    await desk.happens(nora, "s-1")
    await desk.turn()
    assert desk.receiver.got == []
    await desk.shown(made.id)
    await desk.turn()
    assert desk.receiver.arrived() == ["s-1"]


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


async def test_neither_secret_nor_answer_is_written_down(
    desk: Desk, nora: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    made = await desk.verified()
    desk.receiver.answer = lambda _data: 500
    await desk.happens(nora, "s-1")
    await desk.turn()
    assert (await desk.shown(made.id)).secret is None
    assert desk.receiver.secret not in caplog.text
    assert "xxxxxxxxxx" not in caplog.text
    async with desk.db() as session:
        from store.tables import WebhookRow

        (row,) = (await session.scalars(select(WebhookRow))).all()
    assert desk.receiver.secret.encode() not in row.secret
