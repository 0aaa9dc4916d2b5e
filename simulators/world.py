"""The world that the simulators serve: people, and each person's FHIR R4 resources by type.

The world file is one JSON document (`docs/sources.md`, "The world file"):

    version    1
    seed       what the generated people were made from
    today      the day that the world was made for
    people     [Person]: see `simulators/people.py`; names are camelCase, what is empty is left out
    records    {person id: {resource type: [resource]}}
    directory  {"Type/id": resource}: Organizations, Locations and PractitionerRoles that all share
    leftOut    {reason: count} of an imported folder's resources that could not be used

A person's id is the hospital's (`cdp…`); it is the same for a seed and a place in the population.
Resources of the medicine list carry an `id` that the medication source makes a `urn:uuid:` of.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from simulators.fhir import Resource
from simulators.people import Person

VERSION = 1

Record = dict[str, list[Resource]]


class WorldFileUnusable(Exception):
    """The world file is missing, of another version or not a world; says what to do."""


class World(msgspec.Struct, rename="camel", dict=True):
    """People and their records, looked up by any of their numbers."""

    seed: int
    today: date
    people: list[Person] = []
    records: dict[str, Record] = {}
    directory: dict[str, Resource] = {}
    left_out: dict[str, int] = {}
    version: int = VERSION

    def __post_init__(self) -> None:
        self._by_number: dict[str, Person] = {}

    def add(self, person: Person, record: Record | None = None) -> None:
        """Add a person with what the sources hold about them."""
        self.people.append(person)
        self.records[person.id] = record or {}

    def person(self, number: str) -> Person | None:
        """Return whose number it is, whichever of their numbers it is."""
        if not self._by_number:
            self._by_number = {n.value: p for p in self.people for n in p.numbers}
        return self._by_number.get(number)

    def of(self, person: Person, kind: str) -> list[Resource]:
        """Return a person's resources of a type; the list itself, so that a change lasts."""
        return self.records.setdefault(person.id, {}).setdefault(kind, [])

    def save(self, path: Path) -> None:
        """Write the world file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".part")
        partial.write_bytes(msgspec.json.encode(self))
        # A reader never sees half a world.
        partial.replace(path)


def load(path: Path) -> World:
    """Read a world file."""
    try:
        world = msgspec.json.decode(path.read_bytes(), type=World)
    except FileNotFoundError:
        raise WorldFileUnusable(f"There is no world file at {path}; build one first.") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise WorldFileUnusable(f"{path} is not a world file; build it again.") from None
    if world.version != VERSION:
        raise WorldFileUnusable(f"{path} is of version {world.version}; build it again.")
    return world
