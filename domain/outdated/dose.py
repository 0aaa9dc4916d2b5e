"""Doses in words, and whether a plan and a medicine list can both be right about one.

Only what can't be squared is a disagreement: "5 mg" agrees with tablets of 10 mg of which half a
one is taken. Where either says no amount, or one of another kind, nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from domain.noun import Noun
from domain.source.medication import Medication

_MASS = {"g": Decimal(1000), "mg": Decimal(1), "mikrog": Decimal("0.001")}
_SAME_UNIT = {"µg": "mikrog", "mcg": "mikrog", "mikrogram": "mikrog", "gram": "g", "e": "ie"}
# What stands for one dose, so that "0,1 mg/dose" is 0,1 mg; anything else is a concentration.
_ONE_DOSE = frozenset({"dose", "inhalasjon", "tablett", "kapsel", "pose", "plaster"})
_NUMBER = r"\d+(?:[.,]\d+)?"
_UNIT = r"mikrogram|mikrog|gram|mg|g|µg|mcg|ml|IE|E|mmol|%"
_AMOUNT = re.compile(
    rf"({_NUMBER})\s?({_UNIT})(?!\w)(?:/(?!{_NUMBER}\s?(?:mikrog|mg|g)\b)(?:({_NUMBER})\s?)?(\w+))?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}\b)")
_HALF = re.compile(r"\b(?:en )?halv\b|½", re.IGNORECASE)
_PIECES = re.compile(
    rf"({_NUMBER})(?:\s?[-–]\s?({_NUMBER}))?\s+(?:tablett|tyggetablett|kaps|inhalasjon|dose|"
    rf"sprøyte|dråpe|spray|stikkpille|plaster|penn|pose|drag)",
    re.IGNORECASE,
)


class Amount(Noun):
    """So much of a unit, masses in mg; `per` is what it is dissolved in or given in a time of."""

    value: Decimal
    unit: str
    per: str | None = None

    @property
    def kind(self) -> tuple[str, str | None]:
        """What it can be compared with: amounts of the same unit, in the same."""
        return self.unit, self.per


def amounts(words: str) -> frozenset[Amount]:
    """Return the amounts that a text names."""
    found = _AMOUNT.findall(_THOUSANDS.sub("", words))
    return frozenset(_amount(*each) for each in found)


def taken(medicine: Medication) -> frozenset[Amount]:
    """Return every amount that a medicine of the list can be said to be taken in.

    That is its strength, what the dosage names, and as many pieces of the strength as it says.
    """
    strengths = amounts(medicine.name)
    named = amounts(f"{medicine.dosage or ''} {medicine.short_dosage or ''}")
    pieces = _pieces(medicine)
    multiples = [
        Amount(value=each.value * count, unit=each.unit)
        for each in strengths
        for count in pieces
        if each.per is None
    ]
    return strengths | named | frozenset(multiples)


def disagree(dose: str, medicines: Sequence[Medication]) -> bool:
    """Tell whether a dose in the plan is at odds with each medicine of the list that it may be."""
    said = amounts(dose)
    listed = [taken(each) for each in medicines]
    return bool(said and listed) and all(_at_odds(said, each) for each in listed)


def _at_odds(said: frozenset[Amount], listed: frozenset[Amount]) -> bool:
    kinds = {each.kind for each in said} & {each.kind for each in listed}
    return bool(kinds) and not said & listed


def _amount(number: str, unit: str, per_number: str, per: str) -> Amount:
    value, unit, per = _decimal(number), unit.lower(), per.lower()
    unit = _SAME_UNIT.get(unit, unit)
    if unit in _MASS:
        value, unit = value * _MASS[unit], "mg"
    if not per or per in _ONE_DOSE:
        return Amount(value=value, unit=unit)
    one = value / _decimal(per_number) if per_number and _decimal(per_number) else value
    return Amount(value=one, unit=unit, per=per)


def _pieces(medicine: Medication) -> frozenset[Decimal]:
    """Return how many pieces are taken: at a time, and in a day where the short dosage tells."""
    words = _HALF.sub("0,5", medicine.dosage or "")
    counts = {_decimal(each) for pair in _PIECES.findall(words) for each in pair if each}
    at_times = [_decimal(each) for each in _times(medicine.short_dosage)]
    return frozenset(each for each in (*counts, *at_times, sum(at_times, Decimal())) if each)


def _times(short: str | None) -> Iterable[str]:
    """Return the numbers of a short dosage such as "1+0+1"; nothing where it has other words."""
    parts = (short or "").replace(" ", "").split("+")
    return parts if all(re.fullmatch(_NUMBER, part) for part in parts) else ()


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))
