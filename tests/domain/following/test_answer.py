from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from msgspec import structs

from domain.content.contact import ContactPoint
from domain.content.self_care import SelfCare
from domain.content.zone import ZoneLevel
from domain.following.answer import Answer, Called, answer
from domain.following.receiving import Receiving, escalated, seen, sent_to
from domain.following.report import Report
from domain.following.zone_evaluation import SWITCHED_OFF, evaluate
from domain.local_time import OSLO
from tests.domain.drawn import Values, choices, levels, measurements, plans
from tests.domain.nora import (
    GREEN,
    NORAS,
    RED,
    WARD,
    YELLOW,
    a_plan,
    a_report,
    a_value,
    a_zone,
    of_best,
)

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)
SUNDAY = MONDAY - timedelta(days=1)
CONTACTS = (
    ContactPoint(id="k1", label="Ingrid", phone="55 00 00 02", hours="08–15", zone=YELLOW),
    ContactPoint(id="k2", label="Nødtelefon", phone="113", zone=RED),
    ContactPoint(id="k3", label="Legevakt", phone="116117", zone=YELLOW),
    ContactPoint(id="k4", label="Skolen", phone="55 00 00 03"),
)


def answered(
    value: float = 220,
    now: datetime = MONDAY,
    plan: SelfCare = NORAS,
    receiving: Receiving | None = None,
    **told: Any,
) -> Answer:
    values = [a_value(value, measured_at=now)] if value else []
    report = a_report(*values, received_at=now, happened_at=now, **told)
    found = evaluate(plan, values, signs=report.signs, chosen=report.chosen, now=now)
    report = structs.replace(report, assessment=found)
    to = plan.receiver
    sent = receiving or (None if to is None else sent_to(to, report.urgency, now))
    return answer(structs.replace(report, receiving=sent), plan, CONTACTS, now)


def called(found: Answer) -> list[tuple[Called, str | None]]:
    return [(each.called, each.phone or each.label) for each in found.calls]


@pytest.mark.parametrize(("value", "level"), [(300, GREEN), (220, YELLOW), (100, RED)])
def test_an_answer_has_the_plans_own_text_for_the_zone(value: float, level: ZoneLevel) -> None:
    found = answered(value)
    assert found.report.level is level
    assert found.zones == tuple(zone for zone in NORAS.zones if zone.level is level)


def test_where_no_zone_can_be_said_all_are_shown_with_the_worst_first() -> None:
    assert [zone.level for zone in answered(0).zones] == [RED, YELLOW, GREEN]


def test_switched_off_shows_the_plans_text_without_a_zone() -> None:
    report = a_report(a_value(100), assessment=SWITCHED_OFF)
    found = answer(report, NORAS, (), MONDAY)
    assert found.report.level is None
    assert [zone.level for zone in found.zones] == [RED, YELLOW, GREEN]


def test_a_zone_that_the_plan_does_not_describe_shows_all_it_has() -> None:
    plan = a_plan(a_zone(GREEN, of_best(80, None)), a_zone(YELLOW, of_best(50, 80)))
    assert [zone.level for zone in answered(300, plan=plan, chosen=RED).zones] == [YELLOW, GREEN]


def test_a_report_without_anything_to_assess_has_no_zone_but_says_who_reads() -> None:
    found = answer(a_report(note="Alt vel"), NORAS, CONTACTS, SUNDAY)
    assert found.zones == ()
    assert (found.reading.reader, found.reading.is_open) == ("Barneavdelingen", False)
    assert called(found) == [(Called.OUT_OF_HOURS, "116117"), (Called.EMERGENCY, "113")]


@pytest.mark.parametrize(
    ("words", "times"),
    [("Ingrid, 55000002", 1), ("Ring 113", 1), ("Ingrid, 55 00 00 021", 2), ("Naboen", 2)],
)
def test_words_with_a_number_that_is_listed_are_not_said_once_more(words: str, times: int) -> None:
    zones = [structs.replace(zone, contact=words) for zone in NORAS.zones]
    plan = structs.replace(NORAS, zones=tuple(zones))
    who = [each.called for each in answered(220, SUNDAY, plan).calls]
    assert who.count(Called.CONTACT) == times


def test_while_the_unit_reads_it_is_called_first() -> None:
    assert called(answered(220, MONDAY)) == [
        (Called.UNIT, "55 00 00 01"),
        (Called.CONTACT, "55 00 00 02"),
        (Called.OUT_OF_HOURS, "116117"),
        (Called.EMERGENCY, "113"),
    ]


def test_while_nobody_reads_the_national_numbers_are_called_first() -> None:
    assert called(answered(220, SUNDAY)) == [
        (Called.OUT_OF_HOURS, "116117"),
        (Called.EMERGENCY, "113"),
        (Called.CONTACT, "55 00 00 02"),
        (Called.CONTACT, "Ingrid, 55 00 00 01"),
    ]


@pytest.mark.parametrize("now", [MONDAY, SUNDAY])
def test_in_red_the_emergency_line_stands_first(now: datetime) -> None:
    assert called(answered(100, now))[:2] == [
        (Called.EMERGENCY, "113"),
        (Called.OUT_OF_HOURS, "116117"),
    ]


def test_a_yellow_or_red_report_tells_when_and_to_whom_it_is_passed_on() -> None:
    yellow, red = answered(220, SUNDAY), answered(100, SUNDAY)
    assert (yellow.escalates_at, yellow.escalates_to) == (
        MONDAY.replace(hour=9),
        "Vakthavende lege",
    )
    assert (red.escalates_at, red.escalates_to) == (SUNDAY, "Vakthavende lege")


@pytest.mark.parametrize(
    "receiving",
    [seen(sent_to(WARD), "Ingrid", MONDAY), escalated(sent_to(WARD), "Vakthavende", MONDAY)],
)
def test_what_is_seen_or_passed_on_is_not_to_be_passed_on(receiving: Receiving) -> None:
    found = answered(220, receiving=receiving)
    assert (found.escalates_at, found.escalates_to) == (None, None)


def test_green_is_not_passed_on() -> None:
    assert answered(300).escalates_at is None


def test_without_a_receiver_nobody_reads_and_nothing_is_passed_on() -> None:
    found = answered(100, plan=structs.replace(NORAS, receiver=None))
    assert (found.reading.reader, found.escalates_at) == (None, None)


def test_an_unknown_units_telephone_is_left_out() -> None:
    plan = structs.replace(NORAS, receiver=structs.replace(WARD, phone=None))
    assert Called.UNIT not in {each.called for each in answered(plan=plan).calls}


@given(plans, measurements(), choices, levels)
def test_every_answer_has_both_national_numbers(
    plan: SelfCare, values: Values, chosen: ZoneLevel | None, level: ZoneLevel
) -> None:
    report: Report = a_report(*values, chosen=chosen)
    assessment = evaluate(plan, values, chosen=chosen, now=MONDAY)
    for each in (report, structs.replace(report, assessment=assessment)):
        contact = ContactPoint(id="k", label="X", phone="113", zone=level)
        phones = [call.phone for call in answer(each, plan, (contact,), MONDAY).calls]
        assert phones.count("113") == phones.count("116117") == 1
