from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outdated.dose import Amount, amounts, disagree, taken
from domain.source.medication import Medication, MedicationStatus


def listed(name: str, dosage: str | None = None, short: str | None = None) -> Medication:
    return Medication(
        id=name,
        name=name,
        status=MedicationStatus.ACTIVE,
        status_text="active",
        dosage=dosage,
        short_dosage=short,
    )


FRISIUM = listed("Frisium tab 10 mg", "1 tablett (10 mg) hver kveld", "0+0+1")


def mg(value: str) -> Amount:
    return Amount(value=Decimal(value), unit="mg")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("5 mg", {mg("5")}),
        ("0,5mg og 1,5 g", {mg("0.5"), mg("1500")}),
        ("100 mikrogram", {mg("0.1")}),
        ("1 000 mg", {mg("1000")}),
        ("0,1 mg/dose", {mg("0.1")}),
        ("100 mg/ml", {Amount(value=Decimal("1E+2"), unit="mg", per="ml")}),
        ("40 mg/5 ml", {Amount(value=Decimal(8), unit="mg", per="ml")}),
        ("92 mikrog/55 mikrog/22 mikrog", {mg("0.092"), mg("0.055"), mg("0.022")}),
        ("10 IE", {Amount(value=Decimal("1E+1"), unit="ie")}),
        ("to tabletter hver kveld", set()),
        ("", set()),
    ],
)
def test_amounts_are_read_in_one_unit(words: str, found: set[Amount]) -> None:
    assert amounts(words) == found


def test_a_plan_that_says_half_of_what_the_list_says_is_at_odds_with_it() -> None:
    assert disagree("5 mg", [FRISIUM])
    assert not disagree("10 mg", [FRISIUM])


@pytest.mark.parametrize(
    ("dose", "medicine"),
    [
        ("5 mg", listed("Frisium tab 10 mg", "½ tablett hver kveld")),
        ("5 mg", listed("Frisium tab 10 mg", "En halv tablett hver kveld")),
        ("40 mg", listed("Prednisolon tab 20 mg", "2 tabletter daglig i 3 dager")),
        ("1500 mg per dag", listed("Keppra tab 500 mg", "Se ark", "1+0+2")),
        ("550 mg", listed("Keppra mikst 100 mg/ml", "5,5 ml (550 mg) morgen og kveld")),
        ("1-2 doser", listed("Ventoline inh aer 0,1 mg/dose", "2 inhalasjoner ved behov")),
        ("0,2 mg", listed("Ventoline inh aer 0,1 mg/dose", "1-2 inhalasjoner ved behov")),
        ("500 mikrog", listed("Bricanyl Turbuhaler inh pulv 0,5 mg/dose")),
        ("300 mg", listed("Xolair inj, oppl 150 mg", "300 mg under huden hver 4. uke")),
    ],
)
def test_what_can_be_squared_is_no_disagreement(dose: str, medicine: Medication) -> None:
    assert not disagree(dose, [medicine])


@pytest.mark.parametrize(
    ("dose", "medicine"),
    [
        ("5 ml", listed("Frisium tab 10 mg")),
        ("5 mg", listed("Frisium", "1 tablett")),
        ("én tablett", FRISIUM),
        ("5 mg", listed("Keppra mikst 100 mg/ml", "Se ark")),
    ],
)
def test_amounts_of_different_kinds_are_not_held_against_each_other(
    dose: str, medicine: Medication
) -> None:
    assert not disagree(dose, [medicine])


def test_a_medicine_that_is_not_on_the_list_is_not_disagreed_about() -> None:
    assert not disagree("5 mg", [])


def test_it_is_enough_that_one_of_two_strengths_agrees() -> None:
    assert not disagree("5 mg", [FRISIUM, listed("Frisium tab 5 mg")])


@given(st.text())
def test_any_text_can_be_read(words: str) -> None:
    amounts(words)
    taken(listed(words, words, words))


@given(st.integers(1, 400), st.integers(1, 6))
def test_a_plan_never_disagrees_with_the_words_of_the_list(mg: int, count: int) -> None:
    medicine = listed(f"Noe tab {mg} mg", f"{count} tabletter daglig")
    assert not disagree(f"{mg} mg", [medicine])
    assert not disagree(f"{mg * count} mg", [medicine])
    assert disagree(f"{mg * count * 7} mg", [medicine])
