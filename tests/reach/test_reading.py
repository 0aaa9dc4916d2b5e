"""Every id there is, read by every kind of viewer: seen, refused by its reason, or as unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from uuid import uuid4

import pytest

from domain import ids
from tests.policy.case import Case
from tests.policy.place import place
from tests.policy.statement import answer, tabled
from tests.policy.table import BY_SHARE
from tests.reach import graph
from tests.reach.expected import SEEN, UNKNOWN, of_nobody, reading, seeing
from tests.reach.people import VIEWERS
from tests.reach.world import Answer, Visit, World

A_TEMPLATE = "astma_barn"


def _explained(case: Case) -> str:
    """Whoever is told anything at all is told why (i4.6), the privacy officer too."""
    where = place(case)
    told = SEEN if where.column else of_nobody(case, where.told)
    return UNKNOWN if told == UNKNOWN else SEEN


def _withdrawing(case: Case) -> str:
    """What follows from withdrawing a consent is about the whole plan (i3.7), not of pieces."""
    told, where = reading(case, "PLAN_STATUS"), place(case)
    if told != SEEN:
        return told
    return "NOT_SHARED" if where.column in BY_SHARE else tabled(where, "READ_PLAN") or SEEN


def _template(case: Case) -> str:
    """Templates are no patient's; they are for health personnel (i2)."""
    return SEEN if case.asker.kind == "personnel" else "ROLE"


def _previewed_as(case: Case) -> str:
    """There is nobody whose view could be previewed: whoever represented the patient has ended."""
    told = reading(case, "PREVIEW")
    return UNKNOWN if told == SEEN else told


Expected = Callable[[Case], str]
_BY_NODE: Mapping[str, Expected] = {
    ids.PATIENT: lambda case: reading(case, "SEE_PATIENT"),
    ids.PLAN: lambda case: reading(case, "PLAN_STATUS"),
    ids.PART: lambda case: seeing(case, ids.PART, "PLAN_STATUS"),
    ids.REPORT: lambda case: seeing(case, ids.REPORT, "READ_ZONES"),
}
# For each field and argument that takes an id: of which kind, and what somebody is answered.
READS: Mapping[str, Mapping[str, tuple[str, Expected]]] = {
    "node": {"id": (ids.PATIENT, _BY_NODE[ids.PATIENT])},  # and of every other kind, below
    "patient": {"id": (ids.PATIENT, _BY_NODE[ids.PATIENT])},
    "plan": {"id": (ids.PLAN, _BY_NODE[ids.PLAN])},
    "explainAccess": {"patientId": (ids.PATIENT, _explained)},
    "viewAs": {
        "patientId": (ids.PATIENT, lambda case: reading(case, "PREVIEW")),
        "representative": (ids.REPRESENTATION, _previewed_as),
    },
    "consentWithdrawalPreview": {"patientId": (ids.PATIENT, _withdrawing)},
    "template": {"id": (A_TEMPLATE, _template)},
}


def _tries(things: Mapping[str, str]) -> Iterator[tuple[str, str, str, str, Expected]]:
    """Yield field, argument, kind, id and expectation of everything that can be asked by an id."""
    for name, arguments in READS.items():
        for argument, (kind, expected) in arguments.items():
            yield name, argument, kind, things.get(kind, kind), expected
    for kind, id in things.items():
        yield "node", "id", kind, id, _BY_NODE.get(kind, lambda _case: UNKNOWN)


def asking(field: str, given: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return an operation that asks a root field by some ids, and its variables."""
    typed = {name: graph.field_of(field).args[name].type for name in given}
    declared = ", ".join(f"${name}: {of}" for name, of in typed.items())
    passed = ", ".join(f"{name}: ${name}" for name in given)
    return f"query ({declared}) {{ {field}({passed}) {{ __typename }} }}", dict(given)


def outcome(found: Answer) -> str:
    """Return what somebody was answered, in the words of the expectation."""
    if not found.errors:
        return SEEN
    ((error, _sentence, reason),) = found.errors
    return {"NotFound": UNKNOWN, "NotPermitted": str(reason)}.get(error, error)


async def _ask(visit: Visit, field: str, argument: str, id: str) -> Answer:
    given = {argument: id}
    if argument == "representative":
        given = {"patientId": visit.things[ids.PATIENT], **given}
    document, variables = asking(field, given)
    return await visit.ask(document, **variables)


@pytest.mark.parametrize("who", VIEWERS)
async def test_what_is_found_by_an_id_is_what_the_policy_says(world: World, who: str) -> None:
    case, differing = VIEWERS[who], []
    async with world.before(case) as visit:
        for field, argument, kind, id, expected in _tries(visit.things):
            found = await _ask(visit, field, argument, id)
            got, stated = outcome(found), expected(case)
            if got != stated:
                differing.append(f"{field}({argument}: {kind}): {got}, stated {stated}")
            if kind in _BY_NODE and _is_logged_amiss(found, case, is_all=field == "node"):
                differing.append(f"{field}({argument}: {kind}) is not logged as it should be")
            if got == UNKNOWN and kind in (*_BY_NODE, ids.REPRESENTATION):
                nothing = await _ask(visit, field, argument, f"{kind}{uuid4()}")
                assert found == nothing, (field, kind)
            elif got == UNKNOWN:
                assert found == await _nothing(visit, field, argument), (field, kind)
    assert not differing, "\n".join(differing)


_known: dict[tuple[str, str], Answer] = {}


async def _nothing(visit: Visit, field: str, argument: str) -> Answer:
    """Return the answer to what is no id of anything that is found by it, to whoever asks first."""
    if (field, argument) not in _known:
        _known[field, argument] = await _ask(visit, field, argument, f"xyz_{uuid4()}")
    return _known[field, argument]


def _is_logged_amiss(found: Answer, case: Case, *, is_all: bool) -> bool:
    """Tell whether the log hasn't one line of what was decided, a refusal where all is refused."""
    where = place(case)
    is_refused = where.column is None or answer(case, where, "SEE_PATIENT") is not None
    refusals = [entry.refusal is not None for entry in found.entries if entry.adds_to is None]
    return len(refusals) != 1 or (is_all and refusals != [is_refused])
