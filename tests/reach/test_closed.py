"""What is closed to somebody is told by nothing that they write, done or not."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import get_named_type
from sqlalchemy import select

from domain import ids
from store.tables import DraftRow, PlanPartRow
from tests.reach import graph, inputs
from tests.reach.answers import GUARDED, everything
from tests.reach.people import VIEWERS
from tests.reach.things import IN_DRAFT, IN_PART
from tests.reach.world import Visit, World

# To whom both are closed, and those who have the draft, or the part, for themselves.
BOTH = (IN_PART, IN_DRAFT)
CLOSED: dict[str, tuple[str, ...]] = {
    "a nurse before what is restricted": BOTH,
    "a nurse before a plan that is restricted": BOTH,
    "a nurse after consent is withdrawn": BOTH,
    "a parent from whom the part is hidden": BOTH,
    "a nurse with pieces": BOTH,
}

# The version of the part when it was taken into use; what it says has been changed since.
FIRST_IN_USE = 2
# What it opens is no longer closed.
OPENS = "openEmergencyAccess"


@pytest.mark.parametrize("who", CLOSED)
async def test_nothing_that_is_read_tells_what_is_closed(world: World, who: str) -> None:
    async with world.before(VIEWERS[who]) as visit:
        said = await _everything_read(visit)
    assert [word for word in CLOSED[who] if word in said] == []


@pytest.mark.parametrize("who", CLOSED)
async def test_no_mutation_tells_what_is_closed(world: World, who: str) -> None:
    told = []
    async with world.before(VIEWERS[who]) as visit:
        for mutation, version in await _tries(visit):
            said = await _everything_of(visit, mutation, version)
            told += [f"{mutation} at {version}: {word}" for word in CLOSED[who] if word in said]
    assert not told, "\n".join(told)


async def test_to_whom_it_is_open_it_is_told(world: World) -> None:
    found = set()
    async with world.before(VIEWERS["a doctor"]) as visit:
        said = await _everything_read(visit)
        assert all(word in said for word in BOTH)
        for mutation, version in await _tries(visit):
            said = await _everything_of(visit, mutation, version)
            found |= {(mutation, word) for word in BOTH if word in said}
    assert {("saveDraft", IN_DRAFT), ("holdPart", IN_PART), ("openHandover", IN_PART)} <= found


async def _tries(visit: Visit) -> list[tuple[str, int]]:
    """Return each mutation with the newest version of what it is about, and an old one."""
    newest = {
        ids.PART: await _newest(visit, PlanPartRow),
        ids.DRAFT: await _newest(visit, DraftRow),
    }
    found = []
    for mutation in graph.writes():
        kinds = newest.keys() & set(inputs.named(mutation).values())
        last = max((newest[kind] for kind in kinds), default=1)
        versions = sorted({1 if kinds == {ids.DRAFT} else min(FIRST_IN_USE, last), last})
        found += [(mutation, version) for version in versions if mutation != OPENS]
    return found


async def _newest(visit: Visit, of: type[PlanPartRow | DraftRow]) -> int:
    prefix = ids.PART if of is PlanPartRow else ids.DRAFT
    key = ids.uuid_of(visit.things[prefix], prefix)
    return int(await visit.connection.scalar(select(of.version).where(of.id == key)) or 0)


async def _everything_read(visit: Visit) -> str:
    of_patient = everything(graph.GRAPH.type_map["Patient"])
    asked = f"query ($id: ID!) {{ patient(id: $id) {{ {of_patient} }} }}"
    return str((await visit.ask(asked, id=visit.things[ids.PATIENT])).data)


async def _everything_of(visit: Visit, mutation: str, version: int) -> str:
    of = graph.input_of(mutation).name
    answer = everything(get_named_type(graph.mutation_of(mutation).type), GUARDED)
    asked = f"mutation ($input: {of}!) {{ {mutation}(input: $input) {{ {answer} }} }}"
    made: dict[str, Any] = inputs.made_up(mutation, visit.things, version=version)
    return str((await visit.ask(asked, input=made)).data)
