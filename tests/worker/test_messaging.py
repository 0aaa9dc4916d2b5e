"""People are told outside the app, once, as each has chosen, of what they may know just then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, update

from domain.cooperation.notice_choice import Channel, NoticeGroup
from gateway.health import NotReady
from resolvers.writing import comment, hiding
from store.tables import NoticeRow, NoticeWaitingRow, PatientRow, RepresentationRow
from tests.builders import a_number
from tests.connectors.asking import ARNE
from tests.store import rows
from tests.store.rows import add
from tests.worker.backroom import Backroom
from tests.worker.phones import USUAL, choices, choose, got, messages, number_of
from tests.writing.clinic import INGRID
from tests.writing.in_use import in_use
from tests.writing.shares import ASSISTANT, BERIT, shared
from tests.writing.telling import all_told, mark_read, revised


async def test_each_is_told_by_the_channel_of_their_own_choice(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari)
    await choose(clinic, clinic.ola, channel=Channel.EMAIL)
    await in_use(clinic)
    await backroom.messaging.turn()
    (sms,), (email,) = got(backroom, clinic.kari), got(backroom, clinic.ola)
    assert (sms.channel, sms.subject, sms.body) == ("Sms", None, USUAL)
    assert (email.channel, email.subject, email.body) == (
        "Email",
        "Du har noe nytt å lese",
        USUAL,
    )
    assert {row.state for row in await messages(backroom)} == {"SENT"}


async def test_without_a_choice_nothing_is_sent_and_nothing_waits(backroom: Backroom) -> None:
    await in_use(backroom.clinic)
    await backroom.messaging.turn()
    assert backroom.sender.sent == []
    await choose(backroom.clinic, backroom.clinic.kari)
    backroom.later(hours=1)
    await backroom.messaging.turn()
    assert backroom.sender.sent == []


async def test_each_notice_is_sent_once(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari)
    part_id = await in_use(clinic)
    for _ in range(3):
        await backroom.messaging.turn()
        backroom.later(hours=5)
    assert len(got(backroom, clinic.kari)) == 1
    await revised(clinic, part_id)
    await backroom.messaging.turn()
    assert len(got(backroom, clinic.kari)) == 2


async def test_what_waits_for_one_person_goes_together(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari, gather_hours=4)
    part_id = await in_use(clinic)
    await backroom.messaging.turn()
    for _ in range(3):
        await revised(clinic, part_id)
        await backroom.messaging.turn()
    assert len(got(backroom, clinic.kari)) == 1
    backroom.later(hours=4)
    await backroom.messaging.turn()
    await backroom.messaging.turn()
    assert len(got(backroom, clinic.kari)) == 2


async def test_at_night_it_waits_for_the_morning(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari, quiet_from=21, quiet_until=8)
    backroom.later(hours=10)  # 23 in Norway
    await in_use(clinic)
    await backroom.messaging.turn()
    backroom.later(hours=8, minutes=59)
    await backroom.messaging.turn()
    assert got(backroom, clinic.kari) == []
    backroom.later(minutes=1)
    await backroom.messaging.turn()
    assert len(got(backroom, clinic.kari)) == 1


async def test_what_is_read_in_the_meantime_is_not_sent(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari, quiet_from=12, quiet_until=15)
    await in_use(clinic)
    await backroom.messaging.turn()
    (told,) = await all_told(clinic, clinic.kari)
    await mark_read(clinic, clinic.kari, told.id)
    backroom.later(hours=3)
    await backroom.messaging.turn()
    assert (backroom.sender.sent, await messages(backroom)) == ([], [])


async def test_what_is_taken_out_of_the_inbox_in_the_meantime_is_not_sent(
    backroom: Backroom,
) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari, quiet_from=12, quiet_until=15)
    await in_use(clinic)
    await backroom.messaging.turn()
    assert len(await clinic.rows(NoticeWaitingRow)) == 1
    async with clinic.db.begin() as session:
        await session.execute(delete(NoticeRow))
    backroom.later(hours=3)
    await backroom.messaging.turn()
    assert (backroom.sender.sent, await messages(backroom)) == ([], [])


@pytest.mark.parametrize("off", list(NoticeGroup))
async def test_a_group_that_is_switched_off_is_not_sent(
    backroom: Backroom, off: NoticeGroup
) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari, switched_off=(off,))
    await in_use(clinic)
    await backroom.messaging.turn()
    assert len(got(backroom, clinic.kari)) == (0 if off is NoticeGroup.PLAN else 1)


@pytest.mark.parametrize("how", [{"channel": None}, {"switched_off": tuple(NoticeGroup)}])
async def test_switched_off_all_that_was_chosen_and_waited_is_forgotten(
    backroom: Backroom, how: dict[str, object]
) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari, quiet_from=12, quiet_until=15)
    await in_use(clinic)
    await backroom.messaging.turn()
    assert (await choose(clinic, clinic.kari, **how)).choice is None
    assert await choices(backroom) == []
    assert await clinic.rows(NoticeWaitingRow) == []
    backroom.later(hours=3)
    await backroom.messaging.turn()
    assert backroom.sender.sent == []


async def _reserve(backroom: Backroom) -> None:
    await backroom.reserve()


async def _grow_up(backroom: Backroom) -> None:
    backroom.later(days=400)


async def _die(backroom: Backroom) -> None:
    await _patient(backroom, died_on=backroom.now().date())


async def _protect(backroom: Backroom) -> None:
    await _patient(backroom, is_address_protected=True)


async def _hide(backroom: Backroom) -> None:
    clinic = backroom.clinic
    (told,) = await all_told(clinic, clinic.kari)
    known = {"patient_id": clinic.patient_id, "reason": "Pasienten har bedt om det"}
    await clinic.do(INGRID, hiding.HIDE, part_id=told.subject_id, **known)


async def _lose(backroom: Backroom) -> None:
    row = RepresentationRow
    async with backroom.clinic.db.begin() as session:
        theirs = row.representative_number == number_of(backroom.clinic.kari)
        await session.execute(update(row).where(theirs).values(until=backroom.now()))


async def _patient(backroom: Backroom, **values: object) -> None:
    row = PatientRow
    async with backroom.clinic.db.begin() as session:
        await session.execute(update(row).where(row.id == backroom.clinic.key).values(**values))


@pytest.mark.parametrize("change", [_reserve, _grow_up, _die, _protect, _hide, _lose])
async def test_who_may_not_know_of_it_when_it_could_go_is_sent_nothing(
    backroom: Backroom, change: Callable[[Backroom], Awaitable[None]]
) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari, quiet_from=12, quiet_until=15)
    await in_use(clinic)
    await backroom.messaging.turn()
    await change(backroom)
    backroom.later(hours=3)
    await backroom.messaging.turn()
    assert got(backroom, clinic.kari) == []
    assert await messages(backroom) == []


async def test_who_may_no_longer_know_when_it_is_tried_again_is_sent_nothing(
    backroom: Backroom,
) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari)
    await in_use(clinic)
    await backroom.faults({"kind": "reset"}, url=backroom.sender_url)
    await backroom.messaging.turn()
    await _lose(backroom)
    await backroom.faults(url=backroom.sender_url)
    backroom.later(minutes=1)
    await backroom.messaging.turn()
    assert [row.state for row in await messages(backroom)] == ["NEEDLESS"]
    assert backroom.sender.sent == []


async def test_nobody_is_sent_word_of_what_they_do_themselves(backroom: Backroom) -> None:
    clinic = backroom.clinic
    part_id = await in_use(clinic)
    await backroom.messaging.turn()
    await choose(clinic, clinic.kari)
    await shared(clinic, part_id, by=clinic.kari, **ASSISTANT)
    await backroom.messaging.turn()
    assert backroom.sender.sent == []


async def test_a_recipient_of_a_share_is_told_and_so_of_its_end(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await choose(clinic, BERIT)
    await shared(clinic, await in_use(clinic), **ASSISTANT)
    await backroom.messaging.turn()
    assert [each.body for each in got(backroom, BERIT)] == [USUAL]


async def test_a_sender_that_is_down_is_asked_again_later_and_later_and_then_no_more(
    backroom: Backroom, caplog: pytest.LogCaptureFixture
) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari)
    await in_use(clinic)
    await backroom.faults({"kind": "reset"}, url=backroom.sender_url)
    waits = []
    for _ in range(8):
        await backroom.messaging.turn()
        (row,) = await messages(backroom)
        waits.append((row.next_try_at - backroom.now()).total_seconds())
        backroom.later(seconds=waits[-1])
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600]
    await backroom.messaging.none_is_given_up()
    await backroom.messaging.turn()
    (row,) = await messages(backroom)
    assert (row.state, row.attempts) == ("FAILED", 9)
    with pytest.raises(NotReady, match="1 messages"):
        await backroom.messaging.none_is_given_up()
    assert f"a message was given up: message=msg_{row.id}" in caplog.text
    assert number_of(clinic.kari) not in caplog.text
    await backroom.faults(url=backroom.sender_url)
    backroom.later(hours=2)
    await backroom.messaging.turn()
    assert backroom.sender.sent == []
    backroom.later(days=1)
    await backroom.messaging.none_is_given_up()


async def test_an_answer_that_was_lost_leads_to_one_message(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari)
    await in_use(clinic)
    await backroom.faults({"kind": "shortBody", "times": 1}, url=backroom.sender_url)
    await backroom.messaging.turn()
    (row,) = await messages(backroom)
    assert (row.state, len(backroom.sender.sent)) == ("WAITING", 1)
    backroom.later(minutes=1)
    await backroom.messaging.turn()
    (row,) = await messages(backroom)
    (sent,) = got(backroom, clinic.kari)
    assert (row.state, row.receipt) == ("SENT", sent.order_id)


async def test_what_comes_while_a_message_is_on_its_way_waits_for_what_comes_of_it(
    backroom: Backroom,
) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari)
    part_id = await in_use(clinic)
    await backroom.faults({"kind": "reset", "times": 1}, url=backroom.sender_url)
    await backroom.messaging.turn()
    await revised(clinic, part_id)
    for _ in range(3):
        await backroom.messaging.turn()
        backroom.later(minutes=1)
    # The first was needless: the revision has taken the place of what it was about.
    assert len(got(backroom, clinic.kari)) == 1


async def test_workers_side_by_side_send_each_message_once(backroom: Backroom) -> None:
    clinic = backroom.clinic
    for viewer in (clinic.kari, clinic.ola):
        await choose(clinic, viewer)
    await in_use(clinic)
    await backroom.faults({"kind": "latency", "ms": 20}, url=backroom.sender_url)
    await asyncio.gather(*(backroom.messaging.turn() for _ in range(3)))
    await backroom.messaging.turn()
    assert len(backroom.sender.sent) == 2
    assert backroom.sender.calls["POST /notifications/orders"] == 2
    assert {row.attempts for row in await messages(backroom)} == {1}


async def test_killed_in_the_middle_it_goes_on_under_the_same_id(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari)
    await in_use(clinic)
    await backroom.faults({"kind": "hang", "ms": 400, "times": 1}, url=backroom.sender_url)
    killed = asyncio.create_task(backroom.messaging.turn())
    while not backroom.sender.in_flight:  # noqa: ASYNC110  # the simulator has no event for it
        await asyncio.sleep(0.01)
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    (row,) = await messages(backroom)
    assert (row.state, row.attempts) == ("WAITING", 0)
    await backroom.messaging.turn()
    (sent,) = got(backroom, clinic.kari)
    assert sent.idempotency_id == f"msg_{row.id}"


async def test_a_reservation_against_digital_contact_is_kept_to_and_told(
    backroom: Backroom,
) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari)
    backroom.sender.reserved.add(number_of(clinic.kari))
    part_id = await in_use(clinic)
    await backroom.messaging.turn()
    assert backroom.sender.sent == []
    assert [row.state for row in await messages(backroom)] == ["UNREACHED"]
    chosen = await clinic.store.notice_choice.of_person(number_of(clinic.kari))
    assert chosen is not None
    assert not chosen.is_reachable
    await backroom.messaging.none_is_given_up()
    backroom.sender.reserved.clear()
    await revised(clinic, part_id)
    await backroom.messaging.turn()
    assert len(got(backroom, clinic.kari)) == 1
    chosen = await clinic.store.notice_choice.of_person(number_of(clinic.kari))
    assert chosen is not None
    assert chosen.is_reachable


async def test_messages_are_forgotten_after_a_month(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari)
    await in_use(clinic)
    await backroom.messaging.turn()
    backroom.later(days=31)
    await backroom.messaging.turn()
    assert await messages(backroom) == []
    assert await clinic.rows(NoticeWaitingRow) == []
    assert len(got(backroom, clinic.kari)) == 1


async def test_one_who_has_got_a_new_number_is_told_what_was_meant_for_the_old(
    backroom: Backroom,
) -> None:
    clinic = backroom.clinic
    part_id = await in_use(clinic)
    await backroom.messaging.turn()
    before = replace(clinic.nora, identity_number=a_number(ARNE))
    asked = await clinic.do(before, comment.COMMENT, part_id=part_id, text="Hva nå?")
    await add(clinic.db, rows.a_number(clinic.key, "45018012345"))
    now = replace(before, identity_number=a_number("45018012345"))
    await choose(clinic, now)
    await clinic.do(INGRID, comment.ANSWER, comment_id=asked.subject_id, text="Vi ringer")
    await backroom.messaging.turn()
    assert len(got(backroom, now)) == 1
