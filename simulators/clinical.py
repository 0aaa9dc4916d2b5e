"""What a clinical story is made of: problems, medicines with doses, meetings, documents, people.

A story is data (`adults.py`, `children.py`); `synthetic.py` makes patients of it.
"""

from __future__ import annotations

import msgspec

from simulators.medicines import MEDICINES, Medicine

ICD10 = "urn:oid:2.16.578.1.12.4.1.1.7110"
ICPC2 = "urn:oid:2.16.578.1.12.4.1.1.7170"
SNOMED = "http://snomed.info/sct"

Ages = tuple[int, int]
EVER: Ages = (0, 130)


class Code(msgspec.Struct, frozen=True):
    """A code with its words."""

    system: str
    code: str
    text: str


def icd10(code: str, text: str) -> Code:
    """Return an ICD-10 diagnosis."""
    return Code(ICD10, code, text)


def icpc2(code: str, text: str) -> Code:
    """Return an ICPC-2 diagnosis."""
    return Code(ICPC2, code, text)


class PerKilo(msgspec.Struct, frozen=True):
    """A child's dose: so many mg for each kg, in a liquid of so many mg a ml, up to a limit."""

    mg: float
    mg_per_ml: float
    max_mg: float

    def text(self, weight: float) -> str:
        """Return the dose in ml, as the child's carer measures it, with the mg beside it."""
        ml = round(min(self.mg * weight, self.max_mg) / self.mg_per_ml, 1) or 0.1
        return f"{_decimal(ml)} ml ({_decimal(round(ml * self.mg_per_ml, 1))} mg)"


class Prescription(msgspec.Struct, frozen=True, kw_only=True):
    """A medicine as a story prescribes it. `{dose}` in the dosage is filled from `per_kilo`."""

    medicine: str
    dosage: str
    reason: str
    short: str | None = None
    use: str = "fast"
    code: Code | None = None
    ages: Ages = EVER
    chance: float = 1.0
    per_kilo: PerKilo | None = None

    @property
    def product(self) -> Medicine:
        """The product in the catalogue."""
        return MEDICINES[self.medicine]

    def dosage_for(self, weight: float) -> str:
        """Return how to take it, for someone of a weight."""
        return self.dosage.format(dose=self.per_kilo.text(weight) if self.per_kilo else "")


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment as a story plans it; `every` is weeks between two of them."""

    service: Code
    description: str
    unit: str
    title: str
    every: int
    minutes: int = 30
    contact: str = "3"
    level: str = "3"
    instruction: str | None = None
    is_virtual: bool = False


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A journal document as a story writes it."""

    kind: Code
    title: str
    unit: str
    staff: str
    chance: float = 0.8


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A place in the care team."""

    unit: str
    title: str
    functions: tuple[str, ...] = ()
    role: str | None = None
    chance: float = 1.0


class Critical(msgspec.Struct, frozen=True, kw_only=True):
    """Critical information other than an allergy; category as kjernejournal numbers it."""

    category: str
    code: Code | None
    text: str
    note: str | None = None
    chance: float = 1.0


class Allergy(msgspec.Struct, frozen=True, kw_only=True):
    """An allergy or intolerance."""

    text: str
    code: Code | None
    category: str
    reaction: Code
    severe: bool = False


class Usual(msgspec.Struct, frozen=True, kw_only=True):
    """A vital sign's usual range in this story (LOINC)."""

    code: str
    text: str
    low: float
    high: float
    unit: str


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of patient: how many, how old and what belongs to them."""

    key: str
    count: int
    ages: Ages
    problems: tuple[Code, ...]
    prescriptions: tuple[Prescription, ...]
    meetings: tuple[Meeting, ...]
    papers: tuple[Paper, ...]
    team: tuple[Post, ...]
    critical: tuple[Critical, ...] = ()
    vitals: tuple[Usual, ...] = ()
    gender: str | None = None
    two_homes: bool = False


def _decimal(value: float) -> str:
    return f"{value:g}".replace(".", ",")
