"""What several stories are made of. Doses are examples of ordinary ones, not advice."""

from __future__ import annotations

from simulators import catalogue as c
from simulators import organisations as org
from simulators.clinical import (
    Code,
    Critical,
    Meeting,
    Paper,
    Post,
    Prescription,
    icd10,
    icpc2,
)

COPD = icd10("J44.9", "Uspesifisert kronisk obstruktiv lungesykdom")

HEART_FAILURE = icd10("I50.9", "Uspesifisert hjertesvikt")

ATRIAL_FIBRILLATION = icd10("I48.9", "Uspesifisert atrieflimmer og atrieflutter")

HYPERTENSION = icpc2("K86", "Hypertensjon ukomplisert")

DIABETES_1 = icd10("E10.9", "Diabetes mellitus type 1 uten komplikasjoner")

DIABETES_2 = icd10("E11.9", "Diabetes mellitus type 2 uten komplikasjoner")

ASTHMA = icd10("J45.9", "Uspesifisert astma")

EPILEPSY = icd10("G40.9", "Uspesifisert epilepsi")


def fixed(
    medicine: str,
    dosage: str,
    short: str,
    reason: str,
    code: Code | None = None,
    chance: float = 1.0,
) -> Prescription:
    """A medicine taken every day."""
    return Prescription(
        medicine=medicine, dosage=dosage, short=short, reason=reason, code=code, chance=chance
    )


def as_needed(
    medicine: str, dosage: str, reason: str, code: Code | None = None, chance: float = 1.0
) -> Prescription:
    """A medicine taken when needed."""
    return Prescription(
        medicine=medicine, dosage=dosage, reason=reason, code=code, chance=chance, use="behov"
    )


def course(medicine: str, dosage: str, reason: str, chance: float) -> Prescription:
    """A medicine taken for some days."""
    return Prescription(medicine=medicine, dosage=dosage, reason=reason, chance=chance, use="kur")


def check(
    service: Code, what: str, unit: str, title: str, every: int, note: str | None = None
) -> Meeting:
    """A regular outpatient check."""
    return Meeting(
        service=service, description=what, unit=unit, title=title, every=every, instruction=note
    )


def papers(unit: str, staff: str, *titled: tuple[Code, str]) -> tuple[Paper, ...]:
    """Documents by the same kind of author."""
    return tuple(Paper(kind=kind, title=title, unit=unit, staff=staff) for kind, title in titled)


GP_LETTER = (c.LETTER, "Brev til fastlege")

HOME_NURSE = Post(unit=org.HOME_CARE, title="Sykepleier", chance=0.6)

COORDINATOR = Post(
    unit=org.COORDINATION, title="Koordinator", functions=("COORDINATOR",), chance=0.4
)

MONITORING = Post(unit=org.VENDOR, title="Responssenter", chance=0.4)

ANAESTHESIA = Critical(
    category="2",
    code=None,
    text="Vanskelig luftvei ved anestesi",
    note="Videolaryngoskop brukt.",
    chance=0.06,
)

INSULIN = Critical(
    category="5",
    code=DIABETES_1,
    text="Insulinbehandlet diabetes",
    note="Må aldri være uten insulin.",
)
