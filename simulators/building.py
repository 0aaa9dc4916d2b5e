"""Builds a world: the cast, the special patients, the generated ones and, if asked, a folder's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from simulators import fhir, imported, staff
from simulators import organisations as org
from simulators.cast import add_cast
from simulators.identity import NumberSeries
from simulators.nora import team_of_nora
from simulators.people import member
from simulators.special import add_special
from simulators.synthetic import populate
from simulators.world import World

DEFAULT_PATIENTS = 520


def build(
    *, seed: int = 1, today: date, patients: int = DEFAULT_PATIENTS, data: Path | None = None
) -> World:
    """Return a world, the same for the same arguments.

    The fixed people come first, so that no generated number can take one of theirs.
    """
    world = World(seed=seed, today=today)
    series = NumberSeries()
    add_cast(world, series)
    add_special(world, series)
    populate(world, series, patients)
    _add_directory(world)
    if data:
        imported.add_folder(world, series, data)
    return world


def _add_directory(world: World) -> None:
    for number in org.ORGANISATIONS:
        _list(world, fhir.organisation(number))
        if place := fhir.location(number):
            _list(world, place)
    members = [member(person) for person in staff.everyone()]
    for person in (*members, *team_of_nora(members[0])):
        _list(world, fhir.practitioner_role(person))


def _list(world: World, resource: fhir.Resource) -> None:
    world.directory[f"{resource['resourceType']}/{resource['id']}"] = resource
