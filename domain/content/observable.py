"""What can be measured at home: its codes, units and the values that are possible at all.

Codes are those of the national profiles for home measurements (HL7 Norway, VkpObservation), with
peak flow (LOINC 19935-6) and ketones (LOINC 53060-9) added. Bounds tell a slip of the finger from a
measurement; they say nothing about health.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from math import isfinite

from domain.code_system import LOINC, NPU, SNOMED_CT
from domain.coding import Coding
from domain.noun import Noun


class Observable(Enum):
    """What a value is a value of. A blood pressure is two: one for each of its numbers."""

    HEART_RATE = "HEART_RATE"
    SYSTOLIC_PRESSURE = "SYSTOLIC_PRESSURE"
    DIASTOLIC_PRESSURE = "DIASTOLIC_PRESSURE"
    OXYGEN_SATURATION = "OXYGEN_SATURATION"
    GLUCOSE = "GLUCOSE"
    KETONES = "KETONES"
    TEMPERATURE = "TEMPERATURE"
    WEIGHT = "WEIGHT"
    RESPIRATION_RATE = "RESPIRATION_RATE"
    PEAK_FLOW = "PEAK_FLOW"
    NEWS2 = "NEWS2"


class Scale(Noun):
    """How a unit becomes the canonical one: subtract `zero`, then divide by `per`."""

    per: Decimal = Decimal(1)
    zero: Decimal = Decimal(0)


class Definition(Noun):
    """One line of the catalogue.

    `codes` are pairs of system and code, ours first. `unit` is the canonical unit (UCUM), `lowest`
    and `highest` are the bounds of the possible in it, both included. `units` are the other units
    that can be told apart from it with certainty. `names` stand in running text.
    """

    codes: tuple[tuple[str, str], ...]
    unit: str
    lowest: Decimal
    highest: Decimal
    names: Mapping[str, str]
    units: Mapping[str, Scale] = {}
    is_whole: bool = False


_PRESSURE_UNITS = {"kPa": Scale(per=Decimal("0.133322"))}
_GLUCOSE_UNITS = {"mg/dL": Scale(per=Decimal("18.0156"))}  # 180.156 g/mol

CATALOGUE: Mapping[Observable, Definition] = {
    Observable.HEART_RATE: Definition(
        codes=((LOINC, "8867-4"), (SNOMED_CT, "364075005")),
        unit="/min",
        units={"{beats}/min": Scale()},
        lowest=Decimal(10),
        highest=Decimal(350),
        names={"nb": "puls", "en": "heart rate"},
    ),
    Observable.SYSTOLIC_PRESSURE: Definition(
        codes=((LOINC, "8480-6"), (SNOMED_CT, "271649006")),
        unit="mm[Hg]",
        units=_PRESSURE_UNITS,
        lowest=Decimal(30),
        highest=Decimal(350),
        names={"nb": "overtrykk", "en": "systolic blood pressure"},
    ),
    Observable.DIASTOLIC_PRESSURE: Definition(
        codes=((LOINC, "8462-4"), (SNOMED_CT, "271650006")),
        unit="mm[Hg]",
        units=_PRESSURE_UNITS,
        lowest=Decimal(10),
        highest=Decimal(250),
        names={"nb": "undertrykk", "en": "diastolic blood pressure"},
    ),
    Observable.OXYGEN_SATURATION: Definition(
        codes=((LOINC, "2708-6"), (LOINC, "59408-5"), (SNOMED_CT, "431314004")),
        unit="%",
        lowest=Decimal(20),
        highest=Decimal(100),
        names={"nb": "oksygenmetning", "en": "oxygen saturation"},
    ),
    Observable.GLUCOSE: Definition(
        codes=((LOINC, "15074-8"), (SNOMED_CT, "434912009"), (NPU, "NPU02187")),
        unit="mmol/L",
        units=_GLUCOSE_UNITS,
        lowest=Decimal("0.3"),
        highest=Decimal(60),
        names={"nb": "blodsukker", "en": "blood glucose"},
    ),
    Observable.KETONES: Definition(
        codes=((LOINC, "53060-9"),),
        unit="mmol/L",
        lowest=Decimal(0),
        highest=Decimal(25),
        names={"nb": "ketoner i blodet", "en": "ketones in the blood"},
    ),
    Observable.TEMPERATURE: Definition(
        codes=((LOINC, "8310-5"), (SNOMED_CT, "276885007")),
        unit="Cel",
        units={"[degF]": Scale(zero=Decimal(32), per=Decimal("1.8"))},
        lowest=Decimal(20),
        highest=Decimal(46),
        names={"nb": "temperatur", "en": "temperature"},
    ),
    Observable.WEIGHT: Definition(
        # 29463-7 is body weight; the national profile has 29563-7, so what follows it has too.
        codes=((LOINC, "29463-7"), (LOINC, "29563-7"), (SNOMED_CT, "27113001")),
        unit="kg",
        units={"g": Scale(per=Decimal(1000))},
        lowest=Decimal("0.2"),
        highest=Decimal(500),
        names={"nb": "vekt", "en": "weight"},
    ),
    Observable.RESPIRATION_RATE: Definition(
        codes=((LOINC, "9279-1"), (SNOMED_CT, "86290005")),
        unit="/min",
        units={"{breaths}/min": Scale()},
        lowest=Decimal(1),
        highest=Decimal(150),
        names={"nb": "pustefrekvens", "en": "breathing rate"},
    ),
    Observable.PEAK_FLOW: Definition(
        codes=((LOINC, "19935-6"),),
        unit="L/min",
        lowest=Decimal(20),
        highest=Decimal(1000),
        names={"nb": "PEF", "en": "peak flow"},
    ),
    Observable.NEWS2: Definition(
        codes=((SNOMED_CT, "1104051000000101"),),
        unit="{score}",
        lowest=Decimal(0),
        highest=Decimal(20),
        names={"nb": "NEWS2", "en": "NEWS2"},
        is_whole=True,
    ),
}

# A code for the blood pressure as a whole stands for both of its numbers.
_PRESSURE = (Observable.SYSTOLIC_PRESSURE, Observable.DIASTOLIC_PRESSURE)
_BY_CODE: Mapping[tuple[str | None, str | None], tuple[Observable, ...]] = {
    code: (observable,) for observable, known in CATALOGUE.items() for code in known.codes
} | {(LOINC, "85354-9"): _PRESSURE, (SNOMED_CT, "75367002"): _PRESSURE}


def observables(concept: Coding) -> tuple[Observable, ...]:
    """Return what a code stands for; nothing for codes we don't know and for plain text."""
    return _BY_CODE.get((concept.system, concept.code), ())


def definition(concept: Coding) -> Definition | None:
    """Return what we know of a code; a panel's numbers have their unit in common."""
    found = observables(concept)
    return CATALOGUE[found[0]] if found else None


def is_panel(concept: Coding) -> bool:
    """Tell whether a code stands for several numbers, and so can't have limits."""
    return len(observables(concept)) > 1


def coding(observable: Observable, language: str) -> Coding:
    """Return our own code for it, with its name."""
    system, code = CATALOGUE[observable].codes[0]
    return Coding(text=name(observable, language), system=system, code=code)


def name(observable: Observable, language: str) -> str:
    """Return its name as it stands in running text, in bokmål where the language has none."""
    names = CATALOGUE[observable].names
    return names.get(language, names["nb"])


def canonical(observable: Observable, value: float, unit: str) -> Decimal | None:
    """Return a value in the canonical unit; None where it is no number or the unit is not known.

    Decimal, since a value that stands exactly on a limit must stay there: 100.4 °F is 38 °C.
    """
    known = CATALOGUE[observable]
    scale = Scale() if unit == known.unit else known.units.get(unit)
    if scale is None or not isfinite(value):
        return None
    return (Decimal(str(value)) - scale.zero) / scale.per


def is_possible(observable: Observable, value: Decimal) -> bool:
    """Tell whether a value in the canonical unit can be a measurement at all."""
    known = CATALOGUE[observable]
    is_whole = not known.is_whole or value == value.to_integral_value()
    return is_whole and known.lowest <= value <= known.highest
