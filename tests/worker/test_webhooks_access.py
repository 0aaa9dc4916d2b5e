"""What a receiver is told, over real HTTP: to whom, of what, signed how, and from where again."""

from __future__ import annotations

import asyncio
import logging

import pytest
from sqlalchemy import select, update

from domain.live.change import ChangedSection
from domain.live.webhook import Failure, WebhookState
from gateway.webhook import ReplayRefused
from store.log_writer import NotLogged
from store.session import Sessions
from store.tables import ShareRow, WebhookLaneRow, WebhookRow
from tests.worker.vendor import FIVE, HOLDER, Desk, a_shared_patient, verified
from tests.writing.clinic import Clinic


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
            failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            failed.set_exception(NotLogged())
            return failed

    await desk.happens(nora, "s-1")
    desk.later(seconds=2)
    await desk.a_job(Down()).turn()
    assert desk.receiver.got == []
    await desk.turn(seconds=31)
    assert desk.receiver.arrived() == ["s-1"]


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
    closed = await a_shared_patient(db)
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
    for clinic, subject in ((nora, "s-0"), (emil, "s-1"), (nora, "s-2")):
        await desk.happens(clinic, subject)
        await desk.turn()
    first = list(desk.receiver.got)
    assert len({each.data["cursor"] for each in first}) == 3
    await desk.registry.replay(HOLDER, made.id, first[0].data["cursor"])
    await desk.turn()
    again = desk.receiver.got[3:]
    assert {each.id: each.data["subjectId"] for each in again} == {
        first[1].id: "s-1",
        first[2].id: "s-2",
    }
    assert not {each.data["cursor"] for each in again} & {each.data["cursor"] for each in first}


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
    desk.later(days=desk.settings.resumable_days + 1)
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
        (row,) = (await session.scalars(select(WebhookRow))).all()
    assert desk.receiver.secret.encode() not in row.secret
