"""Nothing that takes an id, and no kind of id, is left out of these tests."""

from __future__ import annotations

from domain import ids
from tests.reach import graph, inputs
from tests.reach.test_reading import READS
from tests.reach.world import World


def test_every_root_field_that_takes_an_id_is_tried() -> None:
    assert set(READS) == set(graph.reads())


def test_of_every_mutation_it_is_known_what_its_ids_are_of() -> None:
    for mutation in graph.writes():
        inputs.named(mutation)
    assert set(inputs.RULES) <= set(graph.writes())


def test_below_the_roots_nothing_takes_an_id() -> None:
    assert graph.deeper() == []


def test_there_is_something_of_every_kind_that_has_an_id(world: World) -> None:
    there = world.things
    prefixes = {value for name, value in vars(ids).items() if name.isupper() and name != "UUID"}
    # Of rules there is one of each kind: `people.STANDING`.
    assert {each for each in prefixes if isinstance(each, str)} - {ids.ACCESS_RULE} == set(there)
    assert all(id.startswith(prefix) for prefix, id in there.items())
