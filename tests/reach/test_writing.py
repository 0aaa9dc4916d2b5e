"""Every id there is, written about by every kind of viewer: done, refused, or as unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from domain import ids
from domain.command import Command
from store.session import Sessions
from tests.policy.case import Case
from tests.policy.place import place
from tests.reach import graph, inputs
from tests.reach.expected import SEEN, UNKNOWN, writing
from tests.reach.people import VIEWERS
from tests.reach.world import Answer, Visit, World

# Before any patient is looked for, or of the reader's own only: these have tests of their own below.
APART = frozenset({"openEmergencyAccess", "markNoticesRead"})
# What a mutation's own rule says to those whom the policy would let in.
OWN_RULES: Mapping[str, str] = {
    "acceptHandover": "NOT_RECEIVER",  # another organisation is asked
    "declineHandover": "NOT_RECEIVER",
    "withdrawHandover": "NOT_SENDER",
    "decideCorrection": "NOT_RESPONSIBLE",  # of the unit that is asked
    "registerRepresentation": "PATIENT_ONLY",  # whoever has a mandate gives none
    "endRepresentation": "PATIENT_ONLY",
    "registerIncapacity": "NOT_RESPONSIBLE",  # it takes a doctor or psychologist
    "endIncapacity": "NOT_RESPONSIBLE",
}


@pytest.fixture(scope="module")
async def world(db: Sessions) -> World:
    return await World.make(db)


@cache
def operations() -> Mapping[str, str]:
    """Return the operation of each mutation, by what its input is made into."""
    known = {f"{each.__name__}Input": each for each in _below(Command)}
    made = {name: known.get(graph.input_of(name).name) for name in graph.writes()}
    return {name: each.operation.name for name, each in made.items() if each and name not in APART}


def _below(of: type[Command]) -> Iterator[type[Command]]:
    for each in of.__subclasses__():
        yield each
        yield from _below(each)


@cache
def document(mutation: str) -> str:
    """Return the operation that sends a mutation, and asks why it was not done."""
    return f"""mutation ($input: {graph.input_of(mutation).name}!) {{ {mutation}(input: $input) {{
      __typename ... on NotAllowed {{ reason sentence }} ... on InvalidInput {{ faults {{ path code }} }}
      ... on Rejection {{ code sentence }} }} }}"""


async def send(visit: Visit, mutation: str, **instead: str) -> Answer:
    """Send a mutation with the ids there are, but for some."""
    made = inputs.made_up(mutation, visit.things, **instead)
    return await visit.ask(document(mutation), input=made)


def outcome(found: Answer) -> str:
    """Return what somebody was answered, in the words of the expectation."""
    assert not found.errors, found
    ((_, answer),) = (found.data or {}).items()
    kind = answer["__typename"]
    if kind == "InvalidInput" and not found.entries:
        raise AssertionError(f"{found.data} is said of the input, so that nothing was tried.")
    return {"NotAllowed": answer.get("reason"), "NothingFound": UNKNOWN}.get(kind, SEEN)


def apart() -> list[str]:
    """Return one viewer of those of whom the second statement says the same."""
    found: dict[object, str] = {}
    for who, case in VIEWERS.items():
        of_case = (case.counting, case.is_reserved, case.has_consent, case.is_protected)
        asker = case.asker
        key = (place(case), asker.kind, asker.profession, asker.unit, asker.is_student, *of_case)
        found.setdefault(key, who)
    return list(found.values())


@pytest.mark.parametrize("who", apart())
async def test_what_is_written_about_an_id_is_what_the_policy_says(
    world: World, database: AsyncEngine, who: str
) -> None:
    case, differing = VIEWERS[who], []
    async with world.before(database, case) as visit:
        for mutation in operations():
            found = await send(visit, mutation)
            got, stated = outcome(found), _stated(case, mutation)
            if got not in stated:
                differing.append(f"{mutation}: {got}, stated {' or '.join(sorted(stated))}")
            if got != SEEN and not found.entries:
                differing.append(f"{mutation}: {got}, and it is not in the log")
            if got == UNKNOWN and found != await _nothing(visit, mutation):
                differing.append(f"{mutation}: as unknown, but for how it is said")
    assert not differing, "\n".join(differing)


_known: dict[str, Answer] = {}


async def _nothing(visit: Visit, mutation: str) -> Answer:
    """Return the answer to ids that nothing has: to whoever asks first, since all are told alike."""
    if mutation not in _known:
        _known[mutation] = await send(visit, mutation, **_unknown(mutation))
    return _known[mutation]


def _stated(case: Case, mutation: str) -> frozenset[str]:
    kinds = frozenset(inputs.named(mutation).values())
    stated = writing(case, operations()[mutation], kinds)
    return stated | {OWN_RULES.get(mutation, SEEN)} if SEEN in stated else stated


def _unknown(mutation: str) -> dict[str, str]:
    """Return ids that nothing has, in place of those of a mutation."""
    return {name: f"{_prefix(kind)}{uuid4()}" for name, kind in inputs.named(mutation).items()}


def _prefix(kind: str) -> str:
    return kind if kind.endswith("_") else ids.ACCESS_RULE


def test_every_mutation_with_an_id_is_an_operation_that_is_tried() -> None:
    assert set(operations()) | APART == set(graph.writes())
