from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from msgspec import structs

from domain.content.self_care import ReadingHours, Receiver, SelfCare, Weekday
from domain.content.zone import ZoneLevel
from domain.following.answer import answer
from domain.following.entry import Change, EntryStatus
from domain.following.receiving import acted_on, escalated, seen, sent_to
from domain.following.report import Report, ended
from domain.following.zone_evaluation import evaluate
from domain.local_time import OSLO
from domain.wording.answer import hours_in_words, sentences
from tests.domain.drawn import Values, choices, measurements, plans
from tests.domain.nora import NORAS, OFFICE_HOURS, WARD, WORKDAYS, a_report, a_value

MONDAY = datetime(2026, 11, 23, 14, 2, tzinfo=OSLO)
SUNDAY = datetime(2026, 11, 22, 14, 2, tzinfo=OSLO)
HELP = "Trenger du hjelp nå: ring 116117, og 113 ved fare for liv."
HOURS = "Barneavdelingen leser meldinger hverdager 08–15, men ikke på helligdager."
UNSEEN = "Meldingen er sendt til Barneavdelingen. Ingen har sett den ennå."


def told(
    value: float,
    now: datetime,
    ago: timedelta = timedelta(0),
    language: str = "nb",
    **receiver: Any,
) -> tuple[str, ...]:
    plan = structs.replace(NORAS, receiver=structs.replace(WARD, **receiver))
    report = reported(value, now, ago)
    assert plan.receiver is not None
    sent = structs.replace(report, receiving=sent_to(plan.receiver, report.urgency, now))
    return sentences(answer(sent, plan, (), now), language)


def reported(value: float, now: datetime, ago: timedelta = timedelta(0), **more: Any) -> Report:
    values = [a_value(value, measured_at=now - ago)]
    found = evaluate(NORAS, values, now=now)
    at = {"received_at": now, "happened_at": now - ago, "assessment": found}
    return a_report(*values, **at | {"receiving": sent_to(WARD)} | more)


def test_yellow_while_nobody_reads_says_so_and_whom_to_call() -> None:
    assert told(220, SUNDAY)[1:] == (
        HOURS,
        "Ingen leser nå.",
        "Neste gang er mandag 23. november kl. 08:00.",
        UNSEEN,
        "Har ingen sett den innen mandag 23. november kl. 09:00, får Vakthavende lege beskjed.",
        "Ring 116117, og 113 ved fare for liv.",
    )


def test_yellow_while_somebody_reads_says_until_when_and_the_units_number() -> None:
    assert told(220, MONDAY, escalate_after_minutes=30)[1:] == (
        HOURS,
        "Meldinger blir lest nå, til kl. 15:00.",
        UNSEEN,
        "Har ingen sett den innen mandag 23. november kl. 14:32, får Vakthavende lege beskjed.",
        "Du kan ringe Barneavdelingen: 55 00 00 01.",
        HELP,
    )


def test_red_while_nobody_reads_is_passed_on_at_once() -> None:
    words = told(100, SUNDAY)
    assert "Vakthavende lege får beskjed med en gang." in words
    assert words[-1] == "Gjør som planen sier. Ring 113 ved fare for liv. Legevakten er 116117."


def test_green_says_who_reads_and_has_no_receipt() -> None:
    assert told(300, SUNDAY)[1:] == (
        HOURS,
        "Ingen leser nå.",
        "Neste gang er mandag 23. november kl. 08:00.",
        HELP,
    )


def test_in_english() -> None:
    assert told(220, SUNDAY, language="en")[1:] == (
        "Barneavdelingen reads messages on weekdays 08–15, but not on public holidays.",
        "Nobody reads now.",
        "The next time is Monday 23 November at 08:00.",
        "The report has been sent to Barneavdelingen. Nobody has seen it yet.",
        "If nobody has seen it by Monday 23 November at 09:00, Vakthavende lege is told.",
        "Call 116117, and 113 if life is in danger.",
    )


def test_what_comes_late_is_told_as_late() -> None:
    late = "Dette gjelder mandag 23. november kl. 11:02. Det kom hit først mandag 23. november"
    words = told(100, MONDAY, ago=timedelta(hours=3))
    assert f"{late} kl. 14:02." in words
    assert not [each for each in told(100, MONDAY) if each.startswith("Dette gjelder")]


def test_without_a_receiver_it_says_that_nobody_reads() -> None:
    plan = structs.replace(NORAS, receiver=None)
    report = reported(220, MONDAY, receiving=None)
    assert sentences(answer(report, plan, (), MONDAY), "nb")[1:] == (
        "Ingen leser det som meldes her.",
        "Ring 116117, og 113 ved fare for liv.",
    )


def test_a_unit_without_hours_is_not_said_to_read() -> None:
    words = told(220, MONDAY, hours=())
    assert words[1:3] == (
        "Barneavdelingen har ikke sagt når de leser meldinger.",
        "Ingen leser nå.",
    )


@pytest.mark.parametrize(
    ("receiving", "words"),
    [
        (seen(sent_to(WARD), "Ingrid", MONDAY), "Sett av Ingrid mandag 23. november kl. 14:02."),
        (
            acted_on(sent_to(WARD), "Ingrid", MONDAY),
            "Fulgt opp av Ingrid mandag 23. november kl. 14:02.",
        ),
        (
            escalated(sent_to(WARD), "Vakthavende lege", MONDAY),
            "Vakthavende lege fikk beskjed mandag 23. november kl. 14:02.",
        ),
    ],
)
def test_what_the_unit_has_done_is_told(receiving: Any, words: str) -> None:
    report = reported(220, MONDAY, receiving=receiving)
    found = sentences(answer(report, NORAS, (), MONDAY), "nb")
    assert words in found
    assert not [each for each in found if each.startswith("Har ingen sett")]


def test_what_was_moved_says_so_and_has_no_zone() -> None:
    change = Change(status=EntryStatus.MOVED, by="Kari", by_id="s-kari", at=MONDAY)
    gone = ended(reported(100, MONDAY), change)
    found = sentences(answer(gone, NORAS, (), MONDAY), "nb")
    assert found[0] == "Flyttet: gjaldt et annet barn."
    assert not [each for each in found if "sone" in each]
    assert "116117" in found[-1]


def hours(opens: str, closes: str, *days: Weekday) -> ReadingHours:
    return ReadingHours(
        weekdays=days, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes)
    )


@pytest.mark.parametrize(
    ("given_hours", "nb", "en"),
    [
        ((OFFICE_HOURS,), "hverdager 08–15", "on weekdays 08–15"),
        ((hours("08:30", "15:45", *WORKDAYS),), "hverdager 08:30–15:45", "on weekdays 08:30–15:45"),
        ((hours("00:00", "00:00", *Weekday),), "alle dager hele døgnet", "every day at all hours"),
        (
            (OFFICE_HOURS, hours("18:00", "00:00", Weekday.SATURDAY, Weekday.SUNDAY)),
            "hverdager 08–15 og lørdag og søndag 18–24",
            "on weekdays 08–15 and on Saturday and Sunday 18–24",
        ),
        (
            (hours("08:00", "12:00", Weekday.FRIDAY, Weekday.MONDAY, Weekday.WEDNESDAY),),
            "mandag, onsdag og fredag 08–12",
            "on Monday, Wednesday and Friday 08–12",
        ),
    ],
)
def test_hours_in_words(given_hours: tuple[ReadingHours, ...], nb: str, en: str) -> None:
    assert (hours_in_words(given_hours, "nb"), hours_in_words(given_hours, "en")) == (nb, en)
    assert hours_in_words(given_hours, "se") == nb


@given(plans, measurements(), choices)
def test_every_answer_says_who_reads_and_ends_with_both_numbers(
    plan: SelfCare, values: Values, chosen: ZoneLevel | None
) -> None:
    report = a_report(*values, chosen=chosen)
    assessment = evaluate(plan, values, chosen=chosen, now=MONDAY)
    receiver: Receiver = WARD
    for each in (None, receiver):
        whole = structs.replace(plan, receiver=each)
        found = sentences(
            answer(structs.replace(report, assessment=assessment), whole, (), MONDAY), "nb"
        )
        reader = "Ingen leser" if each is None else each.name
        assert [words for words in found if words.startswith(reader)]
        assert "113" in found[-1]
        assert "116117" in found[-1]
        assert all(words.endswith(".") for words in found)
