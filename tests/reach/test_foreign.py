"""An id of nothing, of another kind, of no form at all or of somebody else: each is as unknown."""

from __future__ import annotations

from collections import defaultdict
from uuid import uuid4

import pytest

from domain import ids
from store.session import Sessions
from tests.reach import graph, inputs
from tests.reach.expected import UNKNOWN
from tests.reach.people import VIEWERS
from tests.reach.sending import about, send, unknown
from tests.reach.test_reading import READS, asking, outcome
from tests.reach.test_writing import outcome as outcome_of_writing
from tests.reach.world import World

# Each reader marks their own, and others' are left as they are.
LEFT = frozenset({"markNoticesRead"})
# It is looked at who asks, or on whose word, before it is looked at what for.
ASKED_FIRST = frozenset({"reviewEmergencyAccess", "answerLogQuestion", "withdrawOwnAccess"})
KEY = str(uuid4())
NOT_IDS = ("", f"pat_{KEY[:-1]}", f"xyz_{KEY}", f"tsk_REVIEW_tsk_{KEY}")
OTHER_KINDS = (ids.PATIENT, ids.COMMENT)


async def test_what_is_no_id_of_that_kind_is_nothing_to_write_about(world: World) -> None:
    differing = []
    async with world.before(VIEWERS["a doctor"]) as visit:
        for mutation in graph.writes().keys() - LEFT - ASKED_FIRST:
            nothing = await send(visit, mutation, **unknown(mutation))
            assert outcome_of_writing(nothing) == UNKNOWN
            asked = about(mutation)
            kind = inputs.named(mutation)[asked]
            others = (
                visit.things[each] for each in OTHER_KINDS if each not in (kind, *BOTH[asked])
            )
            for other in (*NOT_IDS, *others):
                found = await send(visit, mutation, **{asked: other})
                if found != nothing or not found.entries:
                    differing.append(f"{mutation} of {other[:4]}: {found}")
    assert not differing, "\n".join(differing)


# A document is a draft or a part.
BOTH = defaultdict(tuple, documentId=(ids.PART, ids.DRAFT))


async def test_what_is_somebody_else_s_is_nothing_of_this_patient_s(
    world: World, db: Sessions
) -> None:
    """Two ids in one input: what the one is about has nothing by the other."""
    other, differing = await World.make(db, world.database), []
    for who in ("a doctor", "a parent"):
        async with world.before(VIEWERS[who]) as visit:
            for mutation, name, kind in beside():
                swapped = await send(visit, mutation, **{name: other.things[kind]})
                nothing = await send(visit, mutation, **{name: f"{kind}{uuid4()}"})
                if swapped != nothing:
                    differing.append(f"{mutation}({name}) by {who}: {swapped}, not {nothing}")
    assert not differing, "\n".join(differing)


def beside() -> list[tuple[str, str, str]]:
    """Return the ids in an input beside that of what it is about, but for another patient's."""
    return [
        (mutation, name, kind)
        for mutation in graph.writes().keys() - LEFT
        for name, kind in inputs.named(mutation).items()
        if name != about(mutation) and kind != ids.PATIENT
    ]


@pytest.mark.parametrize("who", ["a doctor", "a stranger"])
async def test_what_is_no_id_is_nothing_to_read(world: World, who: str) -> None:
    async with world.before(VIEWERS[who]) as visit:
        for field, arguments in READS.items():
            for argument in arguments:
                for other in NOT_IDS:
                    given = {"patientId": visit.things[ids.PATIENT]} if argument[0] == "r" else {}
                    document, variables = asking(field, given | {argument: other})
                    said = outcome(await visit.ask(document, **variables))
                    assert said == UNKNOWN or field == "template", (field, argument, other, said)
