"""People as the world file states them, and how a generated one comes by name and address.

JSON names are the camelCase of the attribute names; empty and unknown values are left out.
"""

from __future__ import annotations

from datetime import date
from random import Random

import msgspec

from simulators import organisations as org
from simulators.identity import Number
from simulators.names import (
    FAMILY_NAMES,
    FEMALE_NAMES,
    MALE_NAMES,
    MUNICIPALITIES,
    STREETS,
)
from simulators.staff import ROLE_NAMES, Staff


class _Part(msgspec.Struct, kw_only=True, rename="camel", omit_defaults=True):
    """What all parts of a person have in common: how they are written."""


class Name(_Part):
    """A person's name."""

    given: str = ""
    family: str = ""

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class Address(_Part):
    """A Norwegian postal address, or what an imported one had of it."""

    line: str = ""
    postal_code: str = ""
    city: str = ""


class Problem(_Part):
    """A diagnosis: ICD-10, ICPC-2 or SNOMED CT."""

    text: str
    system: str | None = None
    code: str | None = None


class Parent(_Part):
    """A parent, by number, and which of the child's homes is theirs."""

    name: str
    number: str
    home: str


class Home(_Part):
    """One of a child's homes; `share` says how the time is shared."""

    label: str
    address: Address
    share: str = ""


class Role(_Part):
    """What someone is: a Volven 9060 code where there is one, and the words to show."""

    text: str
    code: str | None = None


class Employer(_Part):
    """The legal entity someone works for."""

    name: str
    number: str | None = None


class TeamMember(_Part):
    """A member of the patient's team.

    `functions` are among PLAN_RESPONSIBLE, PRIMARY_CONTACT, COORDINATOR, CHILD_COORDINATOR and
    CONTACT_DOCTOR.
    """

    name: str
    role: Role
    organisation: Employer
    hpr: str | None = None
    unit: str | None = None
    unit_number: str | None = None
    phone: str | None = None
    functions: list[str] = []
    since: str | None = None


class Vital(_Part):
    """A usual value: what a plan's thresholds may be set from (LOINC code)."""

    code: str
    text: str
    value: float
    unit: str


class SourceTraits(_Part):
    """What makes the sources answer differently about this person.

    `kjernejournal` is present, none, reserved, blocked or restricted; `hospital` open or withheld;
    `locked` says whether locked prescriptions are visible or withheld.
    """

    kjernejournal: str = "present"
    prescription_lookup: bool = True
    locked: str = "visible"
    hospital: str = "open"
    withheld_documents: int = 0


class Person(_Part):
    """A person in the world; `story` is "forelder" for one who is here only as a parent."""

    id: str
    numbers: list[Number]
    name: Name
    gender: str
    story: str
    birth_date: str | None = None
    deceased: str | None = None
    address: Address | None = None
    municipality: str | None = None
    phone: str | None = None
    language: str = "nb"
    interpreter: bool = False
    problems: list[Problem] = []
    vitals: list[Vital] = []
    parents: list[Parent] = []
    homes: list[Home] = []
    team: list[TeamMember] = []
    gp: TeamMember | None = None
    sources: SourceTraits = msgspec.field(default_factory=SourceTraits)

    @property
    def number(self) -> Number:
        """The number that sources name the person by: the newest."""
        return self.numbers[0]


def member(
    staff: Staff, *functions: str, title: str | None = None, since: str | None = None
) -> TeamMember:
    """Return a staff member as part of a team."""
    employer = org.legal_entity(staff.unit)
    return TeamMember(
        name=staff.name,
        hpr=staff.hpr,
        role=Role(text=title or staff.title, code=staff.role),
        organisation=Employer(name=employer.name, number=employer.number),
        unit=org.ORGANISATIONS[staff.unit].name,
        unit_number=staff.unit,
        phone=staff.phone,
        functions=list(functions),
        since=since,
    )


def role_name(code: str | None) -> str | None:
    """Return what a Volven 9060 code is called."""
    return ROLE_NAMES.get(code or "")


def a_name(random: Random, gender: str, family: str | None = None) -> Name:
    """Return a made-up name."""
    given = random.choice(FEMALE_NAMES if gender == "female" else MALE_NAMES)
    return Name(given=given, family=family or random.choice(FAMILY_NAMES))


def an_address(random: Random) -> tuple[Address, str]:
    """Return a made-up address and its municipality."""
    weights = [weight for _, _, weight in MUNICIPALITIES]
    city, postal_code, _ = random.choices(MUNICIPALITIES, weights)[0]
    line = f"{random.choice(STREETS)} {random.randint(1, 98)}"
    return Address(line=line, postal_code=postal_code, city=city), city


def a_phone(random: Random) -> str:
    """Return a phone number from the 990 00 000 block, used here for nobody else."""
    return f"990{random.randint(50000, 99999)}"


def age_on(born: date, day: date) -> int:
    """Return full years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def weight_at(age: int) -> float:
    """Return an ordinary weight in kg for an age, to dose children by."""
    if age < 1:
        return 8
    if age <= 10:
        return 2.0 * (age + 4)
    return 3.3 * age if age < 18 else 76
