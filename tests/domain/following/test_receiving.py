from __future__ import annotations

from datetime import timedelta

import pytest

from domain.content.zone import ZoneLevel
from domain.following.receiving import (
    AlreadyTaken,
    Receiving,
    ReceivingState,
    acted_on,
    escalated,
    seen,
    sent_to,
)
from domain.writing.rejection import NoChange, Rejected
from tests.builders import NOW
from tests.domain.nora import WARD

LATER = NOW + timedelta(minutes=20)
SENT = sent_to(WARD)


def test_a_report_reaches_the_unit_that_the_plan_names() -> None:
    assert (SENT.unit, SENT.organisation_number) == (WARD.name, WARD.organisation_number)
    assert SENT.state is ReceivingState.SENT


def test_who_sees_it_is_named_with_the_time() -> None:
    received = seen(SENT, "Ingrid", NOW)
    assert (received.state, received.seen_by, received.seen_at) == (
        ReceivingState.SEEN,
        "Ingrid",
        NOW,
    )


def test_who_saw_it_first_stands() -> None:
    with pytest.raises(Rejected) as refused:
        seen(seen(SENT, "Ingrid", NOW), "Omar", LATER)
    first = AlreadyTaken(receiving_state=ReceivingState.SEEN, taken_by="Ingrid", at=NOW)
    assert refused.value.rejection == first


def test_who_acts_has_also_seen_it() -> None:
    received = acted_on(SENT, "Ingrid", NOW, "Ringte Kari")
    assert (received.state, received.seen_by, received.seen_at) == (
        ReceivingState.ACTED_ON,
        "Ingrid",
        NOW,
    )
    assert (received.acted_by, received.action) == ("Ingrid", "Ringte Kari")


def test_one_may_see_and_another_act() -> None:
    received = acted_on(seen(SENT, "Ingrid", NOW), "Omar", LATER)
    assert (received.seen_by, received.acted_by, received.acted_at) == ("Ingrid", "Omar", LATER)


def test_it_is_acted_on_once_and_not_unseen_again() -> None:
    done = acted_on(SENT, "Ingrid", NOW)
    for act in (lambda: acted_on(done, "Omar", LATER), lambda: seen(done, "Omar", LATER)):
        with pytest.raises(Rejected) as refused:
            act()
        first = AlreadyTaken(receiving_state=ReceivingState.ACTED_ON, taken_by="Ingrid", at=NOW)
        assert refused.value.rejection == first


def test_what_is_escalated_is_still_unseen() -> None:
    received = escalated(SENT, "Vakthavende", NOW)
    assert (received.state, received.escalated_to) == (ReceivingState.SENT, "Vakthavende")
    assert seen(received, "Ingrid", LATER).state is ReceivingState.SEEN


@pytest.mark.parametrize(
    "received", [seen(SENT, "Ingrid", NOW), escalated(SENT, "Vakthavende", NOW)]
)
def test_what_is_seen_or_passed_on_is_not_passed_on_again(received: Receiving) -> None:
    with pytest.raises(Rejected) as refused:
        escalated(received, "Vakthavende", LATER)
    assert refused.value.rejection == NoChange()


@pytest.mark.parametrize(
    ("urgency", "is_passed_on"),
    [(None, False), (ZoneLevel.GREEN, False), (ZoneLevel.YELLOW, True), (ZoneLevel.RED, True)],
)
def test_when_and_to_whom_it_is_passed_on_is_settled_as_it_is_sent(
    urgency: ZoneLevel | None, is_passed_on: bool
) -> None:
    sent = sent_to(WARD, urgency, NOW)
    assert (sent.escalates_at is not None) is is_passed_on
    assert sent.escalates_to == (WARD.escalate_to if is_passed_on else None)
