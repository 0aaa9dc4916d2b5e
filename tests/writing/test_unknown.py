"""A patient who is hidden and an id that nobody has are told apart by nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any, cast
from uuid import uuid4

import pytest
from sqlalchemy import event, update
from sqlalchemy.ext.asyncio import AsyncEngine

from connectors import Connectors
from domain.access.audit import NOBODY, AuditEntry
from domain.access.viewer import Viewer
from domain.content.line import ContentSection
from domain.cooperation.suggestion import SuggestionKind
from domain.plan.approval import AgreementState
from domain.writing.rejection import NothingFound
from resolvers.writing import agreement, comment, report, reservation, sharing, suggestion
from schema import schema
from store.session import Sessions
from store.tables import PatientRow
from tests.builders import a_citizen, a_recipient
from tests.resolvers.memory import MemoryLog
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, Clinic
from tests.writing.shares import SCHOOL
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


@pytest.fixture
async def hidden(db: Sessions) -> Clinic:
    """A child whose address is protected, with something of every kind that has an id."""
    clinic = await Clinic.open(db)
    part_id = await clinic.active()
    made = {
        "prt": part_id,
        "pat": clinic.patient_id,
        "pln": (await clinic.plan(INGRID)).id,
        "cmt": (
            await clinic.do(clinic.kari, comment.COMMENT, part_id=part_id, text="Hva nå?")
        ).subject_id,
        "shr": (await clinic.do(clinic.kari, sharing.SHARE, part_id=part_id, **SCHOOL)).subject_id,
        "rep": (
            await clinic.do(clinic.kari, report.SEND, patient_id=clinic.patient_id, note="Hoster")
        ).subject_id,
        "sug": (
            await clinic.do(
                clinic.kari,
                suggestion.SUGGEST,
                part_id=part_id,
                kind=SuggestionKind.ADD,
                section=ContentSection.ACTIONS,
                text="Gå tur",
                why="Det hjelper",
            )
        ).subject_id,
    }
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


_WRITES: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "pat": (reservation.RESERVE, "patient_id", {}),
    "rep_to": (report.SEND, "patient_id", {"note": "Hoster"}),
    "prt": (
        agreement.GIVE,
        "part_id",
        {"content_version": 1, "state": AgreementState.AGREES},
    ),
    "prt_said": (comment.COMMENT, "part_id", {"text": "Hva nå?"}),
    "cmt": (comment.WITHDRAW, "comment_id", {"expected_version": 1}),
    "shr": (sharing.WITHDRAW, "share_id", {"expected_version": 1}),
    "sug": (suggestion.WITHDRAW, "suggestion_id", {"expected_version": 1}),
}


@pytest.mark.parametrize("viewer_of", VIEWERS)
@pytest.mark.parametrize("name", _WRITES)
async def test_what_is_written_about_them_is_answered_alike(
    hidden: Clinic, statements: Statements, viewer_of: Callable[[Clinic], Viewer], name: str
) -> None:
    mutation, about, rest = _WRITES[name]
    prefix = {"rep_to": "pat"}.get(name, name[:3])
    made: dict[str, str] = hidden.made  # type: ignore[attr-defined]  # put there

    async def write(id: str) -> Answer:
        ctx = hidden.context(viewer_of(hidden))
        log = ctx.log = MemoryLog()
        statements.clear()
        command = mutation.command(idempotency_key=str(uuid4()), **{about: id}, **rest)
        answer = await mutation(ctx, command)
        await ctx.settle()
        assert answer == NothingFound()
        return str(answer), list(statements), log.entries

    _same(await write(made[prefix]), await write(f"{prefix}_{uuid4()}"))
