"""Kills under a load of writes: a short trial, and that its verdict sees whatever is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bench.crash.__main__ import read
from bench.crash.kept import Kept
from bench.crash.ledger import Outcome
from bench.crash.stage import stage
from bench.crash.trial import Plan, Result, perform, table
from bench.crash.verdict import judge

PLAN = Plan(gateway_kills=2, postgres_kills=2, writers=6, patients=2, low=10, high=20, seed=7)
Change = Callable[[Kept], Kept]


@pytest.fixture(scope="module")
def result() -> Result:
    with (
        stage() as running,
        asyncio.Runner(loop_factory=asyncio.new_event_loop) as loop,
    ):
        return loop.run(perform(running, PLAN))


def test_nothing_that_was_acknowledged_is_lost_or_there_twice(result: Result) -> None:
    assert result.verdict.is_sound, table(result)
    assert result.ledger.acknowledged >= 4 * PLAN.low
    assert result.ledger.sent_again


def test_its_table_says_what_was_done(result: Result) -> None:
    lines = dict(line.rsplit(maxsplit=1) for line in table(result).splitlines())
    assert (lines["gateway killed"], lines["PostgreSQL killed"]) == ("2", "2")
    assert (lines["lost"], lines["duplicates"]) == ("0", "0")
    assert int(lines["writes acknowledged"]) == result.ledger.acknowledged


def without_one(name: str) -> Change:
    return lambda kept: replace(kept, **{name: rows(kept, name)[1:]})


def with_one_twice(name: str) -> Change:
    return lambda kept: replace(kept, **{name: [*rows(kept, name), rows(kept, name)[0]]})


def with_another(name: str, **other: Any) -> Change:
    def add(kept: Kept) -> Kept:
        first = rows(kept, name)[0]
        return replace(kept, **{name: [*rows(kept, name), first._replace(**other)]})

    return add


def rows(kept: Kept, name: str) -> Sequence[Any]:
    return list(getattr(kept, name))


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("lost", without_one("receipts")),
        ("lost", without_one("events")),
        ("lost", without_one("audited")),
        ("lost", without_one("heads")),
        ("lost", without_one("remarks")),
        ("duplicates", with_one_twice("events")),
        ("duplicates", with_one_twice("audited")),
        ("duplicates", with_one_twice("heads")),
        ("duplicates", with_one_twice("remarks")),
        ("unasked", with_another("receipts", key="somebody else's")),
        ("unasked", with_another("events", number=9999)),
        ("unasked", with_another("events", subject="drf_nothing")),
        ("unasked", with_another("audited", key="somebody else's")),
        ("unasked", with_another("heads", first=9999)),
        ("unasked", lambda kept: replace(kept, remarks=[*kept.remarks, "Nr. 0"])),
    ],
)
def test_whatever_is_wrong_in_the_database_is_seen(
    result: Result, kind: str, change: Change
) -> None:
    verdict = judge(result.ledger, change(result.kept))
    assert not verdict.is_sound
    assert getattr(verdict, kind)


def test_a_gap_in_a_patient_s_events_is_seen(result: Result) -> None:
    *others, last = sorted(result.kept.events, key=lambda event: event.number)
    gap = replace(result.kept, events=[*others, last._replace(number=last.number + 1)])
    assert judge(result.ledger, gap).lost


def test_a_rejected_write_that_is_there_is_seen(result: Result) -> None:
    done = next(each for each in result.ledger.sent if each.outcome is Outcome.ACKNOWLEDGED)
    told = replace(done, outcome=Outcome.REJECTED)
    ledger = replace(result.ledger, sent=[told if s is done else s for s in result.ledger.sent])
    assert judge(ledger, result.kept).unasked


def test_a_rejection_that_nothing_explains_is_a_fault(result: Result) -> None:
    ledger = replace(result.ledger, surprises=["SAVE_DRAFT: NOTHING_FOUND"])
    assert not judge(ledger, result.kept).is_sound


def test_what_was_given_up_may_be_there_or_not(result: Result) -> None:
    sent = [replace(each, outcome=Outcome.UNKNOWN) for each in result.ledger.sent]
    assert judge(replace(result.ledger, sent=sent), result.kept).is_sound


def test_command_line_says_how_much_is_tried() -> None:
    assert read(["--gateway-kills", "3", "--seed", "9"]) == Plan(gateway_kills=3, seed=9)
