"""What is commonly measured at home: by which codes it is known, and in which unit.

Source: the national measurement profiles (HL7 Norge, VkpObservation) and, for peak flow, LOINC.
"""

from __future__ import annotations

from domain.code_system import LOINC, NPU, SNOMED_CT
from domain.coding import Coding
from domain.noun import Noun


class Observable(Noun):
    """A measure with its one unit (UCUM): plans never mix units, so that nothing is converted.

    No living person's value lies outside `lowest` to `highest`: they catch a slip of the decimal
    point, and say nothing of what is healthy. A panel has several numbers, and so no limits.
    """

    name: str
    codes: tuple[tuple[str, str], ...]
    unit: str
    lowest: float
    highest: float
    is_panel: bool = False


OBSERVABLES = (
    Observable(
        name="heart rate",
        codes=((LOINC, "8867-4"), (SNOMED_CT, "364075005")),
        unit="/min",
        lowest=0,
        highest=400,
    ),
    Observable(
        name="blood pressure",
        codes=((LOINC, "85354-9"), (SNOMED_CT, "75367002")),
        unit="mm[Hg]",
        lowest=0,
        highest=350,
        is_panel=True,
    ),
    Observable(
        name="systolic blood pressure",
        codes=((LOINC, "8480-6"), (SNOMED_CT, "271649006")),
        unit="mm[Hg]",
        lowest=0,
        highest=350,
    ),
    Observable(
        name="diastolic blood pressure",
        codes=((LOINC, "8462-4"), (SNOMED_CT, "271650006")),
        unit="mm[Hg]",
        lowest=0,
        highest=250,
    ),
    Observable(
        name="oxygen saturation",
        codes=((LOINC, "2708-6"), (SNOMED_CT, "431314004")),
        unit="%",
        lowest=0,
        highest=100,
    ),
    Observable(
        name="blood glucose",
        codes=((LOINC, "15074-8"), (SNOMED_CT, "434912009"), (NPU, "NPU02187")),
        unit="mmol/L",
        lowest=0,
        highest=100,
    ),
    Observable(
        name="body temperature",
        codes=((LOINC, "8310-5"), (SNOMED_CT, "276885007")),
        unit="Cel",
        lowest=20,
        highest=45,
    ),
    Observable(
        name="body weight",
        # 29563-7 is what the profile names; 29463-7 is the usual code for a body's weight.
        codes=((LOINC, "29463-7"), (LOINC, "29563-7"), (SNOMED_CT, "27113001")),
        unit="kg",
        lowest=0,
        highest=700,
    ),
    Observable(
        name="respiratory rate",
        codes=((LOINC, "9279-1"), (SNOMED_CT, "86290005")),
        unit="/min",
        lowest=0,
        highest=150,
    ),
    Observable(
        name="NEWS2",
        codes=((SNOMED_CT, "1104051000000101"),),
        unit="{score}",
        lowest=0,
        highest=20,
    ),
    Observable(
        name="peak expiratory flow",
        codes=((LOINC, "19935-6"),),
        unit="L/min",
        lowest=0,
        highest=1000,
    ),
)

_BY_CODE = {code: each for each in OBSERVABLES for code in each.codes}


def observable_of(coding: Coding) -> Observable | None:
    """Return what a coding measures; None for text, and for codes that aren't in the table."""
    if coding.system is None or coding.code is None:
        return None
    return _BY_CODE.get((coding.system, coding.code))
