from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs

from domain.author import Author
from domain.content.observable import Observable
from domain.content.plan_content import PlanContent
from domain.content.self_care import SelfCare
from domain.following.assessment import Doubt
from domain.following.conclusion import concluded, needed
from domain.following.report import Report
from domain.plan.approval import Approval, ApprovalState
from domain.plan.part import Lifecycle, PlanKind, PlanPart
from tests.builders import NOW
from tests.domain.nora import (
    BOTH,
    GREEN,
    NORAS,
    RED,
    WARD,
    YELLOW,
    a_plan,
    a_report,
    a_threshold,
    a_value,
    a_zone,
)

HOUR = timedelta(hours=1)


def a_part(care: SelfCare | None = NORAS, **changes: Any) -> PlanPart:
    author = Author(name="Ingrid Haugen")
    known: dict[str, Any] = {
        "id": "prt-1",
        "patient_id": "pat-nora",
        "kind": PlanKind.EGENBEHANDLINGSPLAN,
        "lifecycle": Lifecycle.ACTIVE,
        "version": 4,
        "content_version": 3,
        "responsible": author,
        "updated_at": NOW,
        "updated_by": author,
        "approval": Approval(state=ApprovalState.APPROVED),
        "content": PlanContent(title="Planen min", self_care=care),
    }
    return PlanPart(**known | changes)


def after(report: Report, part: PlanPart | None = None, **more: Any) -> Report:
    known: dict[str, Any] = {"earlier": (), "now": NOW, "evaluates_zones": True}
    return concluded(report, part, **known | more)


def test_an_active_and_approved_plan_is_evaluated_and_the_report_sent() -> None:
    report = after(a_report(a_value(220)), a_part())
    assert report.level is YELLOW
    assert report.receiving is not None
    assert (report.receiving.unit, report.receiving.escalates_to) == (WARD.name, WARD.escalate_to)
    assert report.escalates_at is not None


@pytest.mark.parametrize(
    ("part", "evaluates", "doubt"),
    [
        (a_part(), False, Doubt.SWITCHED_OFF),
        (a_part(lifecycle=Lifecycle.ON_HOLD), True, Doubt.ON_HOLD),
        (a_part(approval=Approval()), True, Doubt.NOT_APPROVED),
    ],
)
def test_what_is_not_evaluated_says_why_and_what_is_told_still_counts(
    part: PlanPart, evaluates: bool, doubt: Doubt
) -> None:
    silent = after(a_report(a_value(100)), part, evaluates_zones=evaluates)
    assert silent.assessment is not None
    assert (silent.assessment.doubt, silent.level) == (doubt, None)
    told = after(a_report(a_value(300), chosen=RED), part, evaluates_zones=evaluates)
    assert told.level is RED
    assert told.escalates_at is not None


def test_a_note_alone_is_sent_but_not_assessed_by_older_values() -> None:
    report = after(a_report(note="Alt vel"), a_part(), earlier=[a_value(100)])
    assert (report.assessment, report.level) == (None, None)
    assert report.receiving is not None


@pytest.mark.parametrize("part", [None, a_part(None), a_part(content=None)])
def test_without_a_plan_to_go_by_it_is_kept_as_it_was_told(part: PlanPart | None) -> None:
    report = a_report(a_value(100))
    assert after(report, part) == report


def test_without_a_receiver_it_is_sent_to_nobody() -> None:
    report = after(a_report(a_value(100)), a_part(structs.replace(NORAS, receiver=None)))
    assert (report.level, report.receiving, report.escalates_at) == (RED, None, None)


def test_earlier_values_of_what_the_zones_measure_count_with_the_new_ones() -> None:
    told = a_report(a_value(300))
    saturation = a_value(96, Observable.OXYGEN_SATURATION, "%", 2 * HOUR, report_id="rep-0")
    assert after(told, a_part(BOTH)).level is None
    assert after(told, a_part(BOTH), earlier=[saturation]).level is GREEN


def test_values_are_needed_for_as_long_as_they_are_fresh_twice_and_must_last() -> None:
    lasting = a_plan(a_zone(RED, a_threshold(20, None, for_hours=6)))
    asked = needed(a_part(lasting), NOW)
    assert asked.observables == {Observable.GLUCOSE}
    assert asked.since == NOW - 54 * HOUR


def test_the_plans_own_rhythm_says_how_far_back_values_are_fresh() -> None:
    rare = structs.replace(NORAS.measurements[0], every_hours=100)
    asked = needed(a_part(structs.replace(NORAS, measurements=(rare,))), NOW)
    assert asked.since == NOW - 200 * HOUR


def test_without_zones_no_values_are_needed() -> None:
    assert needed(None, NOW).observables == frozenset()
