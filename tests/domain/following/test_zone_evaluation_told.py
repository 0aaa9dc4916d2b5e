"""What the reporter ticks and chooses, beside or instead of what is measured."""

from __future__ import annotations

import pytest

from domain.content.self_care import SelfCare
from domain.content.zone import ZoneLevel
from domain.following.assessment import Assessment, Doubt, FindingKind, Sign
from domain.following.measurement import Measurement
from domain.following.zone_evaluation import evaluate
from tests.builders import NOW
from tests.domain.nora import GREEN, NORAS, RED, YELLOW, a_plan, a_value, a_zone

SIGNS_ONLY = a_plan(
    a_zone(GREEN, warning_signs=("Sover godt",)),
    a_zone(YELLOW, warning_signs=("Feber",)),
    a_zone(RED, warning_signs=("Blå lepper",)),
)


def said(
    plan: SelfCare,
    *values: Measurement,
    signs: tuple[Sign, ...] = (),
    chosen: ZoneLevel | None = None,
) -> Assessment:
    return evaluate(plan, values, signs=signs, chosen=chosen, now=NOW)


def outcome(found: Assessment) -> tuple[ZoneLevel | None, Doubt | None]:
    return found.level, found.doubt


@pytest.mark.parametrize("level", [YELLOW, RED])
def test_the_patient_may_choose_a_worse_zone(level: ZoneLevel) -> None:
    found = said(NORAS, a_value(300), chosen=level)
    assert found.level is level
    assert found.findings[0].kind is FindingKind.CHOICE


@pytest.mark.parametrize("value", [100.0, 200.0])
def test_choosing_green_makes_nothing_better(value: float) -> None:
    assert said(NORAS, a_value(value), chosen=GREEN).level is said(NORAS, a_value(value)).level


def test_choosing_green_does_not_stand_in_for_a_value() -> None:
    assert outcome(said(NORAS, chosen=GREEN)) == (None, Doubt.MISSING)


def test_without_limits_the_patients_choice_is_the_zone() -> None:
    for level in ZoneLevel:
        assert outcome(said(SIGNS_ONLY, chosen=level)) == (level, None)


def test_without_limits_signs_or_choice_nothing_can_be_said() -> None:
    assert outcome(said(SIGNS_ONLY)) == (None, Doubt.NOTHING_TO_GO_ON)
    assert outcome(said(a_plan(), a_value(300))) == (None, Doubt.NOTHING_TO_GO_ON)


def test_the_worst_sign_decides() -> None:
    signs = (Sign(level=YELLOW, text="Feber"), Sign(level=RED, text="Blå lepper"))
    found = said(SIGNS_ONLY, signs=signs, chosen=GREEN)
    assert found.level is RED
    assert found.findings[0].text == "Blå lepper"


def test_a_sign_of_the_green_zone_says_nothing_by_itself() -> None:
    well = (Sign(level=GREEN, text="Sover godt"),)
    assert outcome(said(SIGNS_ONLY, signs=well)) == (None, Doubt.NOTHING_TO_GO_ON)


def test_a_sign_counts_where_the_plan_has_it_now_if_that_is_worse() -> None:
    assert said(SIGNS_ONLY, signs=(Sign(level=GREEN, text="Blå lepper"),)).level is RED


def test_a_sign_counts_where_the_reporter_saw_it_if_that_was_worse() -> None:
    assert said(SIGNS_ONLY, signs=(Sign(level=RED, text="Feber"),)).level is RED
    assert said(SIGNS_ONLY, signs=(Sign(level=RED, text="Strøket"),)).level is RED


def test_a_green_sign_that_the_plan_does_not_have_is_a_doubt() -> None:
    strange = (Sign(level=GREEN, text="Strøket"),)
    assert outcome(said(SIGNS_ONLY, signs=strange, chosen=GREEN)) == (None, Doubt.UNKNOWN_SIGN)
