"""What may not be known is not sent, leaves no trace in what is, and nothing sent says anything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from domain.access.viewer import Viewer
from domain.cooperation.notice import NoticeTo
from domain.cooperation.notice_choice import Channel
from resolvers.writing import receiving
from store.session import Sessions
from store.tables import NoticeRow
from tests.worker.backroom import Backroom
from tests.worker.phones import choose, got, messages
from tests.writing.clinic import INGRID, Clinic
from tests.writing.hidden_life import Life
from tests.writing.reporting import MONDAY, in_use, send
from tests.writing.shares import ASSISTANT, BERIT, shared
from tests.writing.telling import revised
from tests.writing.twins import Twins
from worker.escalating import Escalating

Told = list[tuple[str, int, str]]


async def test_a_parent_gets_the_messages_they_would_where_nothing_was_ever_hidden(
    backroom: Backroom, db: Sessions
) -> None:
    twins = await Twins.open(db)
    pair = (twins.marked.clinic, twins.plain.clinic)
    for clinic in pair:
        await choose(clinic, clinic.kari, gather_hours=1)
    told: tuple[Told, Told] = ([], [])
    for name, step, is_both in _LIFE:
        await (twins.both(step) if is_both else twins.only(step))
        for _ in range(2):
            await backroom.messaging.turn()
            for clinic, mine in zip(pair, told, strict=True):
                got_now = got(backroom, clinic.kari)
                mine.append((name, len(got_now), got_now[-1].body if got_now else ""))
            backroom.later(minutes=31)
    assert told[0] == told[1]
    assert told[0][-1][1] > 2


async def test_without_the_hiding_they_would_differ(backroom: Backroom, db: Sessions) -> None:
    twins = await Twins.open(db)
    for life in (twins.marked, twins.plain):
        await choose(life.clinic, life.clinic.nora)
    await twins.both(Life.begin)
    await backroom.messaging.turn()
    await twins.only(Life.hide_a_part)
    await backroom.messaging.turn()
    marked, plain = (len(got(backroom, life.clinic.nora)) for life in (twins.marked, twins.plain))
    assert marked == plain + 1


Step = Callable[[Life], Awaitable[object]]
_LIFE: Sequence[tuple[str, Step, bool]] = (
    ("begin", Life.begin, True),
    ("talk", Life.talk, True),
    ("add hidden", Life.add_hidden, False),
    ("talk of hidden", Life.talk_of_hidden, False),
    ("change title", Life.change_title, True),
    ("change hidden", Life.change_hidden, False),
    ("answer", Life.answer_and_review, True),
    ("hide a part", Life.hide_a_part, False),
    ("live with it", Life.live_with_it, False),
    ("remove hidden", Life.remove_hidden, False),
)


async def test_no_message_says_what_of_whom_or_from_whom(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await choose(clinic, clinic.kari)
    await choose(clinic, clinic.ola, channel=Channel.EMAIL)
    await choose(clinic, BERIT)
    part_id = await in_use(clinic)
    await backroom.messaging.turn()
    await shared(clinic, part_id, by=clinic.ola, **ASSISTANT)
    await backroom.messaging.turn()
    await revised(clinic, part_id, "Mer kortison mot astma")
    await backroom.messaging.turn()
    assert len(backroom.sender.sent) > 4
    said = {f"{each.subject or ''} {each.body}" for each in backroom.sender.sent}
    assert len(said) == 2  # one an SMS, one an e-mail, whatever it is about
    for each in said:
        words = each.lower()
        assert not any(char.isdigit() for char in words)
        assert "://" not in words
        for telling in (
            *("nora", "fjell", "kari", "ola", "ingrid", "berit", "haugen"),
            *("astma", "kortison", "plan", "barn", "diagnose", "prøvesvar", "medisin", "syk"),
            *("avdeling", "sykehus", "enhet", "lege", "ntc_", "prt_", "pat_", "msg_"),
        ):
            assert telling not in words, telling


async def _reported(backroom: Backroom, value: float, viewer: Viewer | None = None) -> str:
    """Have a parent report, and return the report."""
    done = await send(backroom.clinic, value, **({"by": viewer} if viewer else {}))
    return done.subject_id


async def _in_the_evening(backroom: Backroom) -> Clinic:
    """Return the clinic at nine in the evening, with a mother who is not to be disturbed."""
    clinic = backroom.clinic
    clinic.now = MONDAY
    await in_use(clinic)
    await backroom.messaging.turn()
    await choose(clinic, clinic.kari, quiet_from=21, quiet_until=8, gather_hours=4)
    clinic.now = MONDAY.replace(hour=21)
    return clinic


async def test_an_answer_to_a_red_report_breaks_through_at_night(backroom: Backroom) -> None:
    clinic = await _in_the_evening(backroom)
    report_id = await _reported(backroom, 100)
    await clinic.do(INGRID, receiving.SEE, report_id=report_id)
    await backroom.messaging.turn()
    (sent,) = got(backroom, clinic.kari)
    assert "haster" in sent.body
    assert [row.is_urgent for row in await messages(backroom)] == [True]


async def test_an_answer_to_a_yellow_report_waits_for_the_morning(backroom: Backroom) -> None:
    clinic = await _in_the_evening(backroom)
    report_id = await _reported(backroom, 220)
    await clinic.do(INGRID, receiving.SEE, report_id=report_id)
    await backroom.messaging.turn()
    assert backroom.sender.sent == []


async def test_what_is_urgent_does_not_wait_for_what_was_sent_before(backroom: Backroom) -> None:
    clinic = await _in_the_evening(backroom)
    for _ in range(2):
        report_id = await _reported(backroom, 100)
        await clinic.do(INGRID, receiving.SEE, report_id=report_id)
        await backroom.messaging.turn()
        backroom.later(minutes=5)
    assert len(got(backroom, clinic.kari)) == 2


async def test_whoever_sent_a_report_that_nobody_saw_is_told_that_it_was_passed_on(
    backroom: Backroom,
) -> None:
    clinic = await _in_the_evening(backroom)
    await _reported(backroom, 100)
    backroom.later(days=2)
    await Escalating(clinic.store, backroom.now).turn()
    told = [row for row in await clinic.rows(NoticeRow) if row.to_kind == NoticeTo.SENDER.name]
    assert [row.is_urgent for row in told] == [True]
    backroom.clinic.now = backroom.now().replace(hour=23)
    await backroom.messaging.turn()
    assert len(got(backroom, clinic.kari)) == 1
