from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.cooperation.message import (
    GIVEN_UP_AFTER,
    Message,
    MessageState,
    put_off,
    settled,
    sort_out,
    unanswered,
)
from domain.cooperation.notice import Notice, NoticeTo
from domain.cooperation.notice_choice import Channel, NoticeGroup
from domain.event import EventKind
from domain.local_time import OSLO
from tests.builders import NOW
from tests.domain.cooperation.test_notice_choice import a_choice

NIGHT = NOW.astimezone(OSLO).replace(hour=23)
MORNING = NIGHT.replace(day=23, hour=8)
NOBODY: frozenset[str] = frozenset()


def a_notice(id: str = "ntc_1", kind: EventKind = EventKind.PART_REVISED) -> Notice:
    return Notice(
        id=id,
        kind=kind,
        at=NOW,
        listed_at=NOW,
        told_as=(NoticeTo.PATIENT_SIDE,),
        patient_id="pat_1",
    )


def a_message(**fields: Any) -> Message:
    known: dict[str, Any] = {
        "id": "msg_1",
        "number": "1",
        "channel": Channel.SMS,
        "language": "nb",
        "is_urgent": False,
        "made_at": NOW,
        "next_try_at": NOW,
    }
    return Message(**known | fields)


def test_all_that_waits_goes_in_one_message() -> None:
    done = sort_out(a_choice(), [a_notice("ntc_1"), a_notice("ntc_2")], NOBODY, NOW)
    assert done.kept == ("ntc_1", "ntc_2")
    assert done.message is not None
    assert (done.message.state, done.message.is_urgent) == (MessageState.WAITING, False)


def test_what_is_not_wanted_is_gone() -> None:
    choice = a_choice(groups=(NoticeGroup.ACCESS,))
    done = sort_out(choice, [a_notice()], frozenset({"ntc_1"}), NOW)
    assert (done.kept, done.message, done.next_at) == ((), None, None)


def test_at_night_only_what_is_urgent_goes_and_takes_the_rest_along() -> None:
    told = [a_notice("ntc_1"), a_notice("ntc_2")]
    waits = sort_out(a_choice(), told, NOBODY, NIGHT)
    assert (waits.kept, waits.message, waits.next_at) == (("ntc_1", "ntc_2"), None, MORNING)
    goes = sort_out(a_choice(), told, frozenset({"ntc_2"}), NIGHT)
    assert goes.message is not None
    assert (goes.kept, goes.message.is_urgent) == (("ntc_1", "ntc_2"), True)


def test_while_one_is_on_its_way_the_next_waits_unless_it_is_urgent() -> None:
    later = NOW + timedelta(minutes=5)
    assert sort_out(a_choice(), [a_notice()], NOBODY, NOW, later).next_at == later
    assert sort_out(a_choice(), [a_notice()], frozenset({"ntc_1"}), NOW, later).message


def test_a_message_tried_again_waits_for_the_morning_unless_it_is_urgent() -> None:
    later = put_off(a_message(), a_choice(), NIGHT)
    assert later is not None
    assert later.next_try_at == MORNING
    assert put_off(a_message(is_urgent=True), a_choice(), NIGHT) is None
    assert put_off(a_message(), a_choice(), NOW) is None


def test_it_is_tried_later_and_later_and_then_given_up() -> None:
    tried = a_message()
    for _ in range(GIVEN_UP_AFTER - 1):
        before = tried
        tried = unanswered(tried, NOW)
        assert tried.state is MessageState.WAITING
        assert before.attempts == 0 or tried.next_try_at > before.next_try_at
    assert unanswered(tried, NOW).state is MessageState.FAILED


@pytest.mark.parametrize(("state", "attempts"), [("SENT", 1), ("NEEDLESS", 0)])
def test_what_is_settled_counts_as_tried_only_when_it_was(state: str, attempts: int) -> None:
    done = settled(a_message(), MessageState[state], NOW, "N-1")
    assert (done.state.name, done.attempts, done.settled_at) == (state, attempts, NOW)
    assert "1" not in repr(done).removeprefix("Message(msg_1")
