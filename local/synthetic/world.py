"""The people of the world file, as far as plans need them; the simulators write it.

Unknown members are ignored and missing ones have a default, since the file may also hold people
whose data others made.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from domain.identity_number import IdentityNumberKind
from domain.noun import Noun


class Number(Noun):
    """An identity number and its series."""

    value: str
    system: IdentityNumberKind


class Name(Noun):
    """A person's name."""

    given: str = ""
    family: str = ""

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class KnownProblem(Noun):
    """A diagnosis that the sources have."""

    text: str
    system: str | None = None
    code: str | None = None


class Parent(Noun):
    """A parent; `home` is the label of the child's home that is theirs."""

    name: str
    number: str
    home: str = ""


class Role(Noun):
    """A Volven 9060 code where there is one, and the words to show."""

    text: str
    code: str | None = None


class Employer(Noun):
    """The legal entity someone works for."""

    name: str
    number: str | None = None


class Vital(Noun):
    """A usual value of the person's own (LOINC)."""

    code: str
    value: float


class TeamMember(Noun):
    """Someone in the patient's team, at a unit of an organisation."""

    name: str
    role: Role
    organisation: Employer
    unit: str | None = None
    unit_number: str | None = None
    phone: str | None = None
    functions: tuple[str, ...] = ()
    since: str | None = None
    hpr: str | None = None

    @property
    def place(self) -> str:
        """Where the member is met: the unit if we know it."""
        return self.unit or self.organisation.name

    @property
    def place_number(self) -> str | None:
        """The organisation number of that place, which a token names as point of care."""
        return self.unit_number or self.organisation.number


# Somebody must answer for people whom other software made, and be able to see them.
WHO_TAKES_IMPORTED = TeamMember(
    name="Ingrid Haugen",
    role=Role(text="Sykepleier", code="SP"),
    organisation=Employer(name="Fjordvik universitetssykehus HF", number="983974899"),
    unit="Barneavdelingen",
    unit_number="974795515",
    phone="99011002",
    functions=("PLAN_RESPONSIBLE",),
    hpr="9144897",
)


class Person(Noun):
    """A person in the world; the newest number comes first."""

    numbers: tuple[Number, ...]
    name: Name
    gender: str = "unknown"
    story: str = ""
    birth_date: str | None = None
    deceased: str | None = None
    municipality: str | None = None
    phone: str | None = None
    language: str = "nb"
    interpreter: bool = False
    problems: tuple[KnownProblem, ...] = ()
    vitals: tuple[Vital, ...] = ()
    parents: tuple[Parent, ...] = ()
    team: tuple[TeamMember, ...] = ()
    gp: TeamMember | None = None

    @property
    def born(self) -> date | None:
        """The day of birth; age rules can't do without one."""
        return first_day(self.birth_date)

    @property
    def number(self) -> str:
        """The number by which the person is told from all others."""
        return self.numbers[0].value

    @property
    def everyone(self) -> tuple[TeamMember, ...]:
        """The team, with the general practitioner in it, and someone for imported people."""
        team = (*self.team, WHO_TAKES_IMPORTED) if self.story == "imported" else self.team
        if self.gp is None or any(member.name == self.gp.name for member in team):
            return team
        return (*team, self.gp)


class World(Noun):
    """The world file."""

    people: tuple[Person, ...]

    @property
    def phones(self) -> dict[str, str]:
        """Everybody's telephone number by identity number."""
        return {each.value: p.phone for p in self.people if p.phone for each in p.numbers}


def first_day(text: str | None) -> date | None:
    """Return the day of a FHIR date or time; one without day or month counts from its first day."""
    if not text:
        return None
    year, month, day = (*text[:10].split("-"), "01", "01")[:3]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read(path: Path) -> World:
    """Read the world file."""
    return msgspec.json.decode(path.read_bytes(), type=World)
