from __future__ import annotations

from datetime import timedelta

import pytest

from domain.coding import Coding
from domain.content.observable import LOINC, Observable
from domain.content.self_care import SelfCare
from domain.content.zone import Threshold, ZoneLevel
from domain.following.assessment import Assessment, Doubt, Finding, FindingKind, Sign
from domain.following.measurement import Measurement
from domain.following.zone_evaluation import NOT_APPROVED, SWITCHED_OFF, VERSION, evaluate
from domain.wording.zone import (
    finding_sentence,
    level_name,
    quantity,
    range_in_words,
    zone_sentences,
)
from tests.builders import NOW
from tests.domain.nora import (
    BOTH,
    GREEN,
    NORAS,
    RED,
    WEIGHT,
    YELLOW,
    a_plan,
    a_threshold,
    a_value,
    a_zone,
    glucose,
    of_best,
)

CANNOT_SAY = "Vi kan ikke si hvilken sone dette er."
READ_THE_PLAN = "Les sonene i planen, og se hvilken som passer."


def sentences(
    plan: SelfCare,
    *values: Measurement,
    language: str = "nb",
    chosen: ZoneLevel | None = None,
    signs: tuple[Sign, ...] = (),
) -> list[str]:
    found = evaluate(plan, values, chosen=chosen, signs=signs, now=NOW)
    return list(zone_sentences(found.level, found, language))


@pytest.mark.parametrize(
    ("threshold", "words"),
    [
        (of_best(50, 80), "mellom 50 og 80 % av egen beste verdi (310 L/min)"),
        (of_best(None, 50), "under 50 % av egen beste verdi (310 L/min)"),
        (of_best(80, None), "80 % eller mer av egen beste verdi (310 L/min)"),
        (a_threshold(3.9, 10), "mellom 3,9 og 10 mmol/L"),
        (a_threshold(0, 4), "mellom 0 og 4 mmol/L"),
        (a_threshold(82, None, WEIGHT, "kg"), "82 kg eller mer"),
        (
            a_threshold(80, 82, WEIGHT, "kg", for_hours=24),
            "mellom 80 og 82 kg og har vært det i 24 timer",
        ),
    ],
)
def test_limits_in_words(threshold: Threshold, words: str) -> None:
    assert range_in_words(threshold, "nb") == words


@pytest.mark.parametrize(
    ("value", "unit", "nb", "en"),
    [
        (220.0, "L/min", "220 L/min", "220 L/min"),
        (3.5, "mmol/L", "3,5 mmol/L", "3.5 mmol/L"),
        (100.0, "/min", "100 per minutt", "100 per minute"),
        (37.9, "Cel", "37,9 °C", "37.9 °C"),
        (7.0, "{score}", "7 poeng", "7 points"),
        (0.0, "mmol/L", "0 mmol/L", "0 mmol/L"),
    ],
)
def test_a_value_is_written_as_people_write_it(value: float, unit: str, nb: str, en: str) -> None:
    assert (quantity(value, unit, "nb"), quantity(value, unit, "en")) == (nb, en)


def test_each_finding_says_itself() -> None:
    found = evaluate(BOTH, [a_value(220)], now=NOW).findings
    assert [finding_sentence(each, "nb") for each in found] == [
        "Gul sone: PEF 220 L/min er mellom 50 og 80 % av egen beste verdi (310 L/min).",
        "Vi kan ikke si noe om oksygenmetning: ingen verdi er meldt.",
    ]


def test_the_zone_is_told_with_what_decided_it() -> None:
    assert sentences(NORAS, a_value(220)) == [
        "Gul sone: PEF 220 L/min er mellom 50 og 80 % av egen beste verdi (310 L/min)."
    ]
    assert sentences(NORAS, a_value(100), language="en") == [
        "Red zone: peak flow 100 L/min is below 50 % of the personal best (310 L/min)."
    ]


def test_a_value_in_another_unit_is_told_in_both() -> None:
    plan = a_plan(a_zone(YELLOW, a_threshold(3, 4)))
    assert sentences(plan, glucose(71.9, unit="mg/dL")) == [
        "Gul sone: blodsukker 71,9 mg/dL (3,99 mmol/L) er mellom 3 og 4 mmol/L."
    ]


def test_signs_and_choice_are_told_as_what_they_are() -> None:
    signs = (Sign(level=RED, text="Drar inn mellom ribbeina"),)
    assert sentences(NORAS, a_value(300), signs=signs, chosen=RED) == [
        "Rød sone: «Drar inn mellom ribbeina».",
        "Rød sone er valgt i meldingen.",
    ]


def test_what_can_not_be_said_is_said_beside_a_bad_zone() -> None:
    assert sentences(BOTH, a_value(100)) == [
        "Rød sone: PEF 100 L/min er under 50 % av egen beste verdi (310 L/min).",
        "Vi kan ikke si noe om oksygenmetning: ingen verdi er meldt.",
    ]


def test_where_no_zone_can_be_said_the_plan_is_to_be_read() -> None:
    assert sentences(BOTH, a_value(300)) == [
        CANNOT_SAY,
        "Vi kan ikke si noe om oksygenmetning: ingen verdi er meldt.",
        READ_THE_PLAN,
    ]


def test_an_old_bad_value_is_told_as_what_it_was() -> None:
    old = a_value(100, ago=timedelta(hours=30))
    assert sentences(NORAS, old)[1] == (
        "Vi kan ikke si noe om PEF: siste verdi er fra lørdag 21. november kl. 07:00,"
        " og var da i rød sone."
    )


def test_an_old_good_value_is_not_told_as_green() -> None:
    old = sentences(NORAS, a_value(300, ago=timedelta(hours=30)))
    assert not [each for each in old if "grønn" in each]


def test_what_may_not_have_lasted_is_told_as_what_it_would_be() -> None:
    plan = a_plan(a_zone(YELLOW, a_threshold(10, 18, for_hours=4)))
    assert sentences(plan, glucose(12))[1] == (
        "Vi kan ikke si noe om blodsukker: 12 mmol/L er gul sone når det har vart i 4 timer,"
        " og det vet vi ikke."
    )


def test_a_value_that_can_not_be_right_is_not_repeated() -> None:
    assert sentences(NORAS, a_value(3100)) == [
        CANNOT_SAY,
        "Vi kan ikke si noe om PEF: verdien kan ikke stemme.",
        READ_THE_PLAN,
    ]


@pytest.mark.parametrize(
    ("assessment", "words"),
    [
        (SWITCHED_OFF, "Sonen blir ikke regnet ut her."),
        (NOT_APPROVED, "Planen er ikke godkjent ennå, så sonen blir ikke regnet ut."),
    ],
)
def test_what_is_not_evaluated_says_so_and_never_a_zone(assessment: Assessment, words: str) -> None:
    assert list(zone_sentences(None, assessment, "nb")) == [words, READ_THE_PLAN]


def test_switched_off_what_was_told_still_stands() -> None:
    words = list(zone_sentences(RED, SWITCHED_OFF, "nb"))
    assert words[0] == "Rød sone, slik det er meldt."


def test_nothing_is_said_of_a_zone_when_there_was_nothing_to_assess() -> None:
    assert list(zone_sentences(None, None, "nb")) == []


@pytest.mark.parametrize("doubt", Doubt)
@pytest.mark.parametrize("language", ["nb", "en", "se"])
def test_every_doubt_has_a_sentence_without_a_hole_in_it(doubt: Doubt, language: str) -> None:
    finding = Finding(
        kind=FindingKind.MEASUREMENT,
        doubt=doubt,
        observable=Observable.GLUCOSE,
        value=12,
        unit="mmol/L",
        measured_at=NOW,
        threshold=a_threshold(10, 18, for_hours=4),
        would_be=YELLOW,
    )
    whole = doubt in {
        Doubt.SWITCHED_OFF,
        Doubt.NOT_APPROVED,
        Doubt.ON_HOLD,
        Doubt.NOTHING_TO_GO_ON,
    }
    found = Assessment(version=VERSION, doubt=doubt, findings=() if whole else (finding,))
    words = list(zone_sentences(None, found, language))
    assert all(each.endswith(".") and "  " not in each and "{" not in each for each in words)
    assert len(words) == (2 if whole else 3)


def test_an_unknown_measurement_has_the_plans_own_name() -> None:
    unknown = Coding(text="Ketoner i blod", system=LOINC, code="x")
    plan = a_plan(a_zone(GREEN, a_threshold(None, 0.6, unknown)))
    assert "Ketoner i blod" in sentences(plan)[1]


@pytest.mark.parametrize("level", ZoneLevel)
def test_a_language_without_words_gets_bokmal(level: ZoneLevel) -> None:
    assert level_name(level, "se") == level_name(level, "nb")
