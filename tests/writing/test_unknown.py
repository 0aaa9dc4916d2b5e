"""A patient who is hidden and an id that nobody has are told apart by nothing."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any, cast
from uuid import uuid4

import pytest
from sqlalchemy import event, update
from sqlalchemy.ext.asyncio import AsyncEngine

from connectors import Connectors
from domain.access.audit import NOBODY, AuditEntry
from domain.access.viewer import Viewer
from resolvers.writing import report
from schema import schema
from store.session import Sessions
from store.tables import PatientRow
from tests.builders import a_citizen, a_recipient
from tests.policy.place import place
from tests.reach import graph
from tests.reach.expected import UNKNOWN, of_nobody
from tests.reach.people import VIEWERS as EVERYBODY
from tests.reach.sending import APART, send, unknown
from tests.reach.world import Answer as Found
from tests.reach.world import World
from tests.resolvers.memory import MemoryLog
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, Clinic
from tests.writing.test_child import BARNEVERN
from tests.writing.twins import alike

Statements = list[str]

_READS = {
    "pat": "query ($id: ID!) { patient(id: $id) { name plan { id } medications { state } } }",
    "pln": "query ($id: ID!) { plan(id: $id) { id patient { name } } }",
    "node": "query ($id: ID!) { node(id: $id) { id } }",
    "explained": "query ($id: ID!) { explainAccess(patientId: $id) { standing } }",
    "preview": "query ($id: ID!) { consentWithdrawalPreview(patientId: $id) { sentences } }",
}
_BY_NUMBER = (
    "query ($number: IdentityNumber!) { patientByIdentityNumber(identityNumber: $number) { id } }"
)


@pytest.fixture(scope="module")
async def hidden(db: Sessions) -> Clinic:
    """A child whose address is protected, with something of every kind that is found by id."""
    clinic = await Clinic.open(db)
    made = {"pat": clinic.patient_id, "prt": await clinic.active()}
    made["pln"] = (await clinic.plan(INGRID)).id
    about = {"patient_id": clinic.patient_id}
    made["rep"] = (await clinic.do(clinic.kari, report.SEND, note="Hoster", **about)).subject_id
    clinic.made = made  # type: ignore[attr-defined]  # for these tests alone
    async with db.begin() as session:
        mine = update(PatientRow).where(PatientRow.id == clinic.key)
        await session.execute(mine.values(is_address_protected=True))
    return clinic


@pytest.fixture
async def statements(database: AsyncEngine) -> AsyncIterator[Statements]:
    seen: Statements = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(database.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.sync_engine, "before_cursor_execute", note)


def _parent(clinic: Clinic) -> Viewer:
    return clinic.kari


def _stranger(clinic: Clinic) -> Viewer:
    return a_citizen("03868130139", subject="s-stranger", name="Per Ukjent")


def _recipient(clinic: Clinic) -> Viewer:
    return a_recipient(f"shr_{uuid4()}")


def _case_worker(clinic: Clinic) -> Viewer:
    return BARNEVERN


VIEWERS = (_parent, _stranger, _recipient, _case_worker)
Answer = tuple[str, Statements, list[AuditEntry]]


class _NoSource:
    """Sources that nobody may ask."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was asked.")


async def _read(
    clinic: Clinic, viewer: Viewer, statements: Statements, query: str, **variables: str
) -> Answer:
    ctx = clinic.context(viewer)
    ctx.connectors = cast(Connectors, _NoSource())
    log = ctx.log = MemoryLog()
    statements.clear()
    answer = await schema.execute(query, variable_values=variables, context_value=ctx)
    await ctx.settle()
    await ctx.close()
    errors = [(each.message, each.path) for each in answer.errors or ()]
    said = alike(json.dumps({"data": answer.data, "errors": errors}, default=str))
    return said, list(statements), log.entries


def _same(of_hidden: Answer, of_unknown: Answer) -> None:
    assert of_hidden[0] == of_unknown[0]
    assert of_hidden[1] == of_unknown[1]
    assert len(of_hidden[2]) == len(of_unknown[2]) == 1
    assert of_unknown[2][0].patient_id == NOBODY
    assert of_hidden[2][0].patient_id != NOBODY


@pytest.mark.parametrize("viewer_of", VIEWERS)
@pytest.mark.parametrize(
    ("query", "prefix"),
    [
        ("pat", "pat"),
        ("pln", "pln"),
        ("explained", "pat"),
        ("preview", "pat"),
        *(("node", prefix) for prefix in ("pat", "pln", "prt", "rep")),
    ],
)
async def test_by_every_id_they_are_answered_alike(
    hidden: Clinic,
    statements: Statements,
    viewer_of: Callable[[Clinic], Viewer],
    query: str,
    prefix: str,
) -> None:
    viewer = viewer_of(hidden)
    made: dict[str, str] = hidden.made  # type: ignore[attr-defined]  # put there
    of_hidden = await _read(hidden, viewer, statements, _READS[query], id=made[prefix])
    of_unknown = await _read(hidden, viewer, statements, _READS[query], id=f"{prefix}_{uuid4()}")
    _same(of_hidden, of_unknown)


async def test_by_identity_number_they_are_answered_alike(
    hidden: Clinic, statements: Statements
) -> None:
    number, nobody_s = "21878336590", "03868130139"
    await add(hidden.db, rows.a_number(hidden.key, number))
    for viewer_of in VIEWERS:
        viewer = viewer_of(hidden)
        of_hidden = await _read(hidden, viewer, statements, _BY_NUMBER, number=number)
        _same(of_hidden, await _read(hidden, viewer, statements, _BY_NUMBER, number=nobody_s))


# Each is nothing to the patient, and none of them may learn that there is one.
NOBODIES = (
    "a stranger",
    "a parent of a child of protected address",
    "a parent with protected address",
    "an adviser of nobody refused",
    "a code for another share",
    "a service without the care",
)


@pytest.fixture(scope="module")
async def world(db: Sessions, database: AsyncEngine) -> World:
    return await World.make(db, database)


@pytest.mark.parametrize("who", NOBODIES)
async def test_whatever_is_written_about_them_is_answered_alike(
    world: World, statements: Statements, who: str
) -> None:
    async def done(mutation: str, **instead: str) -> tuple[Found, Statements]:
        statements.clear()
        return await send(visit, mutation, **instead), [_SAVED.sub("", each) for each in statements]

    async with world.before(EVERYBODY[who]) as visit:
        for mutation in graph.writes():
            hidden, with_hidden = await done(mutation)
            nothing, with_nothing = await done(mutation, **unknown(mutation))
            assert hidden == nothing, mutation
            assert with_hidden == with_nothing, mutation
            assert [len(each.entries) for each in (hidden, nothing)] == [mutation not in APART] * 2


# What the transaction that is undone afterwards calls its parts.
_SAVED = re.compile(r"(?<=sa_savepoint_)\d+")


def test_of_all_who_are_told_nothing_none_is_left_out() -> None:
    told_nothing = {
        who
        for who, case in EVERYBODY.items()
        if place(case).column is None and of_nobody(case, place(case).told) == UNKNOWN
    }
    assert set(map(_why, NOBODIES)) == set(map(_why, told_nothing))


def _why(who: str) -> tuple[str, str | None]:
    case = EVERYBODY[who]
    return case.asker.kind, place(case).told
