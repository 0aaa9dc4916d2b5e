"""Every id there is, written about by every kind of viewer: done, refused, or as unknown."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.policy.case import Case
from tests.policy.place import place
from tests.reach import graph, inputs
from tests.reach.expected import SEEN, UNKNOWN, of_nobody, writing
from tests.reach.people import VIEWERS
from tests.reach.sending import APART, operations, send, unknown
from tests.reach.world import Answer, Visit, World

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


# Looked for once the version is right, which it never is here.
LATER = frozenset({("decideSuggestion", "draftId")})


def outcome(found: Answer) -> str:
    """Return what somebody was answered, in the words of the expectation."""
    assert not found.errors, found
    ((_, answer),) = (found.data or {}).items()
    kind = answer["__typename"]
    if kind == "InvalidInput" and not found.entries:
        raise AssertionError(f"{found.data} is said of the input, so that nothing was tried.")
    return {"NotAllowed": answer.get("reason"), "NothingFound": UNKNOWN}.get(kind, SEEN)


def apart() -> list[str]:
    """Return one viewer of those of whom the second statement says the same.

    To whom a patient is as unknown, `tests/writing/test_unknown.py` holds everything there is.
    """
    found: dict[object, str] = {}
    for who, case in VIEWERS.items():
        where, asker = place(case), case.asker
        told = None if where.column else of_nobody(case, where.told)
        of_case = (case.counting, case.is_reserved, case.has_consent)
        of_asker = (asker.profession, asker.unit, asker.is_student, *of_case)
        if told != UNKNOWN:
            found.setdefault((where, asker.kind, *(() if told else of_asker)), who)
    return list(found.values())


@pytest.mark.parametrize("who", apart())
async def test_what_is_written_about_an_id_is_what_the_policy_says(world: World, who: str) -> None:
    case, differing = VIEWERS[who], []
    async with world.before(case) as visit:
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
    """Return the answer to ids that nothing has, to whoever asks first: all are told alike."""
    if mutation not in _known:
        _known[mutation] = await send(visit, mutation, **unknown(mutation))
    return _known[mutation]


def _stated(case: Case, mutation: str) -> frozenset[str]:
    ids = inputs.named(mutation).items()
    kinds = frozenset(kind for name, kind in ids if (mutation, name) not in LATER)
    stated = writing(case, operations()[mutation], kinds)
    return stated | {OWN_RULES.get(mutation, SEEN)} if SEEN in stated else stated


def test_every_mutation_with_an_id_is_an_operation_that_is_tried() -> None:
    assert set(operations()) | APART == set(graph.writes())
