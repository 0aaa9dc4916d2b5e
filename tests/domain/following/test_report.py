from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from domain.content.observable import Observable
from domain.content.zone import ZoneLevel
from domain.following.assessment import Assessment, Sign
from domain.following.entry import Change, EntrySource, EntryStatus, NotYourEntry, changed
from domain.following.receiving import escalated, seen, sent_to
from domain.following.report import Destination, Done, Feeling, Report, ended, faults, moved
from domain.following.zone_evaluation import NOT_APPROVED, SWITCHED_OFF, evaluate
from domain.writing.fault import FaultCode
from domain.writing.rejection import Rejected
from tests.builders import NOW
from tests.domain.nora import GREEN, NORAS, RED, WARD, YELLOW, a_report, a_value

LATER = NOW + timedelta(hours=1)
EMIL = Destination(patient_id="pat-emil", on_behalf_of="Emil Fjell", part_id="prt-2")
FEVER = Sign(level=YELLOW, text="Feber")


def a_change(status: EntryStatus = EntryStatus.MOVED, **more: Any) -> Change:
    known: dict[str, Any] = {"by": "Kari Fjell", "by_id": "s-kari", "at": LATER}
    return Change(status=status, **known | more)


def assessed(report: Report) -> Report:
    found = evaluate(NORAS, report.measurements, signs=report.signs, chosen=report.chosen, now=NOW)
    return msgspec.structs.replace(report, assessment=found, receiving=sent_to(WARD))


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ({}, None),
        ({"chosen": GREEN}, None),
        ({"chosen": RED}, RED),
        ({"signs": (FEVER,)}, YELLOW),
        ({"signs": (FEVER,), "chosen": RED}, RED),
        ({"signs": (Sign(level=GREEN, text="Sover godt"),)}, None),
    ],
)
@pytest.mark.parametrize("assessment", [None, SWITCHED_OFF, NOT_APPROVED])
def test_what_is_told_counts_where_nothing_is_evaluated_but_is_never_green(
    told: dict[str, Any], level: ZoneLevel | None, assessment: Any
) -> None:
    assert a_report(a_value(300), assessment=assessment, **told).level is level


def test_the_level_is_the_evaluations_own() -> None:
    assert assessed(a_report(a_value(300))).level is GREEN
    assert assessed(a_report(a_value(220))).level is YELLOW
    assert assessed(a_report(a_value(3000))).level is None


def test_a_red_value_that_comes_too_late_for_a_zone_is_still_red_to_the_unit() -> None:
    report = assessed(a_report(a_value(100, ago=timedelta(hours=30))))
    assert (report.level, report.urgency) == (None, RED)
    assert report.is_late
    assert report.is_waiting


def test_an_old_green_value_is_green_to_nobody() -> None:
    report = assessed(a_report(a_value(300, ago=timedelta(hours=30))))
    assert (report.level, report.urgency, report.is_waiting) == (None, None, False)


@pytest.mark.parametrize(
    "useless",
    [
        {"value": 3000},
        {"value": 300, "unit": "furlongs"},
        {"value": 300, "measured_at": NOW + timedelta(hours=2)},
    ],
)
def test_a_value_that_says_nothing_waits_like_a_yellow_one(useless: dict[str, Any]) -> None:
    report = assessed(a_report(a_value(**useless)))
    assert (report.level, report.urgency, report.waits_as) == (None, YELLOW, YELLOW)
    assert report.to_measure_again == (Observable.PEAK_FLOW,)
    read = msgspec.structs.replace(report, receiving=seen(sent_to(WARD), "Ingrid", NOW))
    assert read.waits_as is None


def test_another_reports_useless_value_does_not_make_this_one_urgent() -> None:
    told = a_report(note="Alt vel")
    found = evaluate(NORAS, [a_value(3000)], now=NOW)
    assert msgspec.structs.replace(told, assessment=found).urgency is None


@pytest.mark.parametrize("doubt", [SWITCHED_OFF, NOT_APPROVED])
def test_a_value_that_is_not_evaluated_is_not_called_useless(doubt: Assessment) -> None:
    assert a_report(a_value(3000), assessment=doubt).urgency is None


def test_another_reports_old_red_value_does_not_make_this_one_red() -> None:
    old = a_value(100, ago=timedelta(days=3))
    told = a_report(note="Alt vel")
    found = evaluate(NORAS, [old], now=NOW)
    assert msgspec.structs.replace(told, assessment=found).urgency is None


@pytest.mark.parametrize(("value", "is_waiting"), [(300, False), (220, True), (100, True)])
def test_a_yellow_or_red_report_waits_until_it_is_seen(value: float, is_waiting: bool) -> None:
    report = assessed(a_report(a_value(value)))
    assert report.is_waiting is is_waiting
    read = msgspec.structs.replace(report, receiving=seen(sent_to(WARD), "Ingrid", NOW))
    assert not read.is_waiting


def test_a_report_that_was_passed_on_still_waits() -> None:
    report = assessed(a_report(a_value(100)))
    passed_on = escalated(sent_to(WARD), "Vakthavende", NOW)
    report = msgspec.structs.replace(report, receiving=passed_on)
    assert (report.is_waiting, report.is_escalated) == (True, True)


@pytest.mark.parametrize(("value", "waits_as"), [(300, None), (220, YELLOW), (100, RED)])
def test_what_a_report_waits_as_is_how_the_unit_must_take_it(
    value: float, waits_as: ZoneLevel | None
) -> None:
    report = assessed(a_report(a_value(value)))
    assert report.waits_as is waits_as
    assert ended(report, a_change(EntryStatus.WITHDRAWN)).waits_as is None


def test_when_it_is_passed_on_is_known_until_it_is_seen_or_passed_on() -> None:
    report = assessed(a_report(a_value(220)))
    sent = sent_to(WARD, YELLOW, NOW)
    assert msgspec.structs.replace(report, receiving=sent).escalates_at == sent.escalates_at
    for over in (seen(sent, "Ingrid", NOW), escalated(sent, "Vakthavende", NOW), None):
        assert msgspec.structs.replace(report, receiving=over).escalates_at is None
    gone = msgspec.structs.replace(ended(report, a_change()), receiving=sent)
    assert gone.escalates_at is None


def test_it_stands_as_it_does_since_it_came_was_taken_or_was_changed() -> None:
    report = assessed(a_report(a_value(220)))
    assert report.stands_since == report.received_at
    read = msgspec.structs.replace(report, receiving=seen(sent_to(WARD), "Ingrid", LATER))
    assert read.stands_since == LATER
    assert ended(report, a_change(at=LATER)).stands_since == LATER


def test_a_withdrawn_report_waits_for_nobody() -> None:
    assert not ended(assessed(a_report(a_value(100))), a_change()).is_waiting


def test_a_report_is_late_by_when_it_was_so_or_was_measured() -> None:
    long_ago = NOW - timedelta(hours=2)
    assert a_report(happened_at=long_ago).is_late
    assert assessed(a_report(a_value(220, measured_at=long_ago))).is_late
    assert not assessed(a_report(a_value(220))).is_late


def test_a_devices_batch_is_not_late_for_the_sake_of_its_oldest_value() -> None:
    batch = [a_value(220, ago=timedelta(hours=hours)) for hours in range(6)]
    assert not assessed(a_report(*batch)).is_late


def test_withdrawing_a_report_withdraws_its_values_and_keeps_what_was_changed_before() -> None:
    corrected = a_change(EntryStatus.CORRECTED)
    report = a_report(a_value(220), a_value(230, change=corrected))
    kept = ended(report, a_change(EntryStatus.WITHDRAWN))
    assert kept.status is EntryStatus.WITHDRAWN
    assert [each.status for each in kept.measurements] == [
        EntryStatus.WITHDRAWN,
        EntryStatus.CORRECTED,
    ]


def test_a_report_on_the_wrong_child_is_kept_and_both_are_marked() -> None:
    report = a_report(a_value(220, id="msm-1"), note="Etter lek")
    original, copy = moved(report, a_change(), EMIL, "rep-2", lambda: "msm-2")
    assert (original.status, original.patient_id) == (EntryStatus.MOVED, "pat-nora")
    assert original.change is not None
    assert original.change.replaced_by == copy.id == "rep-2"
    assert original.measurements[0].status is EntryStatus.MOVED
    assert (copy.status, copy.patient_id, copy.on_behalf_of) == (
        EntryStatus.CURRENT,
        "pat-emil",
        "Emil Fjell",
    )
    assert copy.replaces is not None
    assert (copy.replaces.id, copy.replaces.status) == ("rep-1", EntryStatus.MOVED)
    value = copy.measurements[0]
    assert (value.id, value.report_id, value.patient_id) == ("msm-2", "rep-2", "pat-emil")
    assert value.replaces is not None
    assert value.replaces.id == "msm-1"
    assert (value.value, value.measured_at) == (220, report.measurements[0].measured_at)


def test_what_belongs_to_the_first_plan_does_not_move_along() -> None:
    report = assessed(
        a_report(a_value(100), action_id="a1", done=Done.DONE, signs=(FEVER,), chosen=RED)
    )
    _, copy = moved(report, a_change(), EMIL, "rep-2", lambda: "msm-2")
    assert (copy.part_id, copy.action_id, copy.done) == ("prt-2", None, None)
    assert (copy.assessment, copy.receiving) == (None, None)
    assert (copy.signs, copy.chosen) == ((FEVER,), RED)  # what was seen is not lost


def test_what_is_moved_is_received_when_it_is_moved() -> None:
    _, copy = moved(a_report(a_value(220)), a_change(), EMIL, "rep-2", lambda: "msm-2")
    assert copy.received_at == copy.measurements[0].received_at == LATER
    assert copy.measurements[0].is_late


def test_values_that_no_longer_count_stay_where_they_were() -> None:
    report = a_report(changed(a_value(220), a_change(EntryStatus.WITHDRAWN)))
    original, copy = moved(report, a_change(), EMIL, "rep-2", lambda: "msm-2")
    assert copy.measurements == ()
    assert original.measurements == report.measurements


def test_nobody_moves_or_withdraws_what_another_reported() -> None:
    for act in (
        lambda: moved(a_report(), a_change(by_id="s-ola"), EMIL, "rep-2", lambda: "msm-2"),
        lambda: ended(a_report(), a_change(EntryStatus.WITHDRAWN, by_id="s-ola")),
    ):
        with pytest.raises(Rejected) as refused:
            act()
        assert refused.value.rejection == NotYourEntry()


def test_the_patients_side_can_move_what_a_device_sent() -> None:
    sent = {"source": EntrySource.DEVICE, "author_id": "s-vendor"}
    report = a_report(a_value(220, **sent), **sent)
    original, _ = moved(report, a_change(), EMIL, "rep-2", lambda: "msm-2", for_patient=True)
    assert original.measurements[0].status is EntryStatus.MOVED


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, [FaultCode.EMPTY_REPORT]),
        ({"note": ""}, [FaultCode.EMPTY_REPORT]),
        ({"note": "Bra dag"}, []),
        ({"feeling": Feeling.VERY_BAD}, []),
        ({"chosen": GREEN}, []),
        ({"signs": (FEVER,)}, []),
        ({"action_id": "a1", "done": Done.NOT_DONE}, []),
        ({"action_id": "a9", "done": Done.DONE}, [FaultCode.UNKNOWN_ACTION]),
        ({"action_id": "a1", "note": "x"}, [FaultCode.ACTION_INCOMPLETE]),
        ({"done": Done.DONE}, [FaultCode.ACTION_INCOMPLETE]),
        ({"note": "x", "happened_at": LATER}, [FaultCode.IN_THE_FUTURE]),
        ({"note": "x", "happened_at": datetime(2026, 1, 1)}, [FaultCode.TIME_ZONE_REQUIRED]),  # noqa: DTZ001  # what is refused
    ],
)
def test_a_report_says_something_that_can_be_understood(
    told: dict[str, Any], found: list[FaultCode]
) -> None:
    assert list(faults(a_report(**told), {"a1", "a2"}, NOW)) == found


def test_a_report_of_a_value_alone_is_whole() -> None:
    assert not list(faults(a_report(a_value(220)), (), NOW))


def test_a_report_survives_storage() -> None:
    report = assessed(a_report(a_value(220), feeling=Feeling.BAD, signs=(FEVER,), chosen=RED))
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report
