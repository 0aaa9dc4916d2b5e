"""The log comes first: over HTTP, with real faults between the reading and its log."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from local.postgres import Postgres
from store.session import engine
from tests.journeys.conftest import Stack, running_stack
from tests.journeys.test_export import arne, export
from tests.journeys.test_plan_view import nora

VIEW = """query ($id: ID!) { patient(id: $id) {
  name plan { parts { kind content { title } } } medications { state items { name } } } }"""
LOG = """query ($id: ID!, $after: String) { patient(id: $id) { log(first: 50, after: $after) {
  edges { node { id sentence count operation refusal by { name } shown
    parts { partId contentVersion } } }
  pageInfo { hasNextPage endCursor } } } }"""
WORKLIST = "{ worklist(first: 10) { edges { node { id name } } } }"


@pytest.fixture
async def stack(own_stack: Stack) -> Stack:
    await own_stack.calm()
    return own_stack


@pytest.fixture
async def database(stack: Stack) -> AsyncIterator[AsyncEngine]:
    assert stack.settings is not None
    made = engine(stack.settings.database_url)
    yield made
    await made.dispose()


async def log_of(stack: Stack, patient_id: str, person: str = "citizen") -> list[dict[str, Any]]:
    answer = await stack.ask(person, LOG, id=patient_id)
    assert "errors" not in answer, answer
    return [edge["node"] for edge in answer["data"]["patient"]["log"]["edges"]]


async def count(database: AsyncEngine) -> int:
    async with database.connect() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM audit_entry")) or 0)


async def test_the_patient_reads_in_plain_words_what_was_just_seen(stack: Stack) -> None:
    mine = await arne(stack)
    await stack.ask("citizen", VIEW, id=mine)
    await stack.ask("citizen", VIEW, id=mine)
    reading = next(line for line in await log_of(stack, mine) if line["operation"] == "READ")
    assert reading["sentence"].startswith("Du så planen")
    assert reading["count"] >= 2
    assert "legemidlene" in reading["shown"]
    assert reading["parts"][0]["contentVersion"] is not None


async def test_staff_s_reading_is_told_to_the_parent_with_unit_and_ground(stack: Stack) -> None:
    child = await nora(stack)
    await stack.ask("clinician", VIEW, id=child)
    lines = await log_of(stack, child, "parent")
    (ingrid,) = [line for line in lines if line["by"]["name"] == "Ingrid Haugen"]
    assert "sykepleier ved" in ingrid["sentence"]
    assert "Grunnlag: behandlingsteam. Formål: helsehjelp." in ingrid["sentence"]


async def test_a_refused_attempt_is_told_too(stack: Stack) -> None:
    child = await nora(stack)
    refused = await stack.ask("locum", VIEW, id=child)
    assert refused["errors"][0]["extensions"]["reason"] == "NO_CARE_RELATION"
    lines = await log_of(stack, child, "parent")
    assert "Tuva Lien" in [line["by"]["name"] for line in lines if line["refusal"]]


async def test_each_patient_named_on_a_list_has_an_entry(
    stack: Stack, database: AsyncEngine
) -> None:
    answer = await stack.ask("clinician", WORKLIST)
    shown = {edge["node"]["id"] for edge in answer["data"]["worklist"]["edges"]}
    async with database.connect() as connection:
        logged = await connection.scalars(
            text(
                "SELECT DISTINCT 'pat_' || patient_id FROM audit_entry"
                " WHERE outcome::jsonb -> 'shown' ? 'worklist'"
            )
        )
        assert shown <= set(logged)
    assert len(shown) == 10


async def test_an_export_is_one_entry_to_which_every_piece_adds_what_it_showed(
    stack: Stack, database: AsyncEngine
) -> None:
    mine = await arne(stack)
    event = str(uuid4())
    status, _ = await export(stack, "citizen", mine, **{"nhn-event-id": event})
    assert status == 200
    async with database.connect() as connection:
        entries = await connection.execute(
            text(
                "SELECT operation, adds_to IS NULL AS is_first FROM audit_entry"
                " WHERE correlation_id = :event"
            ),
            {"event": event},
        )
        rows = entries.all()
    assert {row.operation for row in rows} == {"EXPORT"}
    assert [row.is_first for row in rows].count(True) == 1
    assert len(rows) > 2


@asynccontextmanager
async def writers_cut_off(connection: AsyncConnection) -> AsyncIterator[None]:
    """Make every new connection a reader's, as on a server that has become a standby."""
    name = connection.engine.url.database
    await connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    await connection.commit()
    await connection.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'INSERT INTO audit_entry%'"
            " AND pid <> pg_backend_pid()"
        )
    )
    await connection.commit()
    yield
    await connection.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
    await connection.commit()
    await connection.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    )
    await connection.commit()


@asynccontextmanager
async def _table_locked(connection: AsyncConnection) -> AsyncIterator[None]:
    """Let nobody write to the log, though everybody can read."""
    await connection.execute(text("LOCK TABLE audit_entry IN EXCLUSIVE MODE"))
    yield
    await connection.rollback()


@pytest.mark.parametrize("fault", [writers_cut_off, _table_locked])
async def test_what_can_not_be_logged_does_not_leave(
    stack: Stack, database: AsyncEngine, fault: Any
) -> None:
    mine, child = await arne(stack), await nora(stack)
    asked: list[tuple[str, str, dict[str, str]]] = [("citizen", VIEW, {"id": mine})]
    if fault is not _table_locked:  # which takes the log's whole patience each time
        asked += [
            ("clinician", VIEW, {"id": child}),
            ("clinician", WORKLIST, {}),
            ("locum", VIEW, {"id": child}),  # a refusal tells that there is such a patient
            ("locum", VIEW, {"id": f"pat_{uuid4()}"}),  # and so would its absence
        ]
    before = await count(database)
    async with database.connect() as connection, fault(connection):
        for person, query, variables in asked:
            answer = await stack.ask(person, query, **variables)
            assert "data" not in answer, answer
            (error,) = answer["errors"]
            assert error["extensions"]["code"] == "LOG_UNAVAILABLE"
        if fault is not _table_locked:
            status, content = await export(stack, "citizen", mine)
            assert (status >= 500, list(content)) == (True, ["errors"])
    assert await count(database) >= before
    assert (await stack.ask("citizen", VIEW, id=mine))["data"]["patient"]["name"] == "Arne Fjell"


async def test_a_database_that_dies_between_the_reading_and_its_log_keeps_the_answer_back(
    redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("dying")
    server = Postgres(folder, folder / "log")
    server.launch()
    server.await_ready()
    try:
        async with running_stack(server.url, redis_url, tmp_path_factory) as stack:
            mine = await arne(stack)
            assert "errors" not in await stack.ask("citizen", VIEW, id=mine)
            await stack.disturb(
                "medication", {"kind": "latency", "distribution": "fixed", "ms": 800}
            )
            asked = asyncio.create_task(stack.ask("citizen", VIEW, id=mine))
            await asyncio.sleep(0.4)  # the plan has been read, the source is being asked
            server.kill()
            answer = await asked
            assert "data" not in answer, answer
            assert answer["errors"][0]["extensions"]["code"] == "LOG_UNAVAILABLE"
            server.relaunch()
            server.await_ready()
            await stack.calm()
            (seen,) = [each for each in await log_of(stack, mine) if each["operation"] == "READ"]
            assert "legemidlene" in seen["shown"]  # of the answer that left before the fall
            assert seen["count"] >= 2  # and that there was another attempt
    finally:
        server.stop()


ASK = """mutation ($i: AskAboutLogEntryInput!) { askAboutLogEntry(input: $i) {
  __typename ... on LogQuestionPayload { question { id version line { sentence } } } } }"""
WAITING = "{ logQuestions { edges { node { id version text line { by { name } } } } } }"
ANSWER = """mutation ($i: AnswerLogQuestionInput!) { answerLogQuestion(input: $i) {
  __typename ... on LogQuestionPayload { question { answer } } } }"""
OWN = "query ($id: ID!) { patient(id: $id) { logQuestions { text answer answeredBy { role } } } }"


async def test_a_parent_asks_about_a_line_and_reads_the_officer_s_answer(stack: Stack) -> None:
    child = await nora(stack)
    await stack.ask("clinician", VIEW, id=child)
    lines = await log_of(stack, child, "parent")
    entry = next(line["id"] for line in lines if line["by"]["name"] == "Ingrid Haugen")
    sent = {"idempotencyKey": "ask-once", "patientId": child, "entryId": entry, "text": "Hvorfor?"}
    asked = await stack.ask("parent", ASK, i=sent)
    question = asked["data"]["askAboutLogEntry"]["question"]
    assert "Ingrid Haugen" in question["line"]["sentence"]
    waiting = await stack.ask("officer", WAITING)
    (found,) = [edge["node"] for edge in waiting["data"]["logQuestions"]["edges"]]
    assert (found["id"], found["line"]["by"]["name"]) == (question["id"], "Ingrid Haugen")
    told = {
        "idempotencyKey": "answer-once",
        "questionId": found["id"],
        "expectedVersion": found["version"],
        "answer": "Hun var på vakt.",
    }
    answered = await stack.ask("officer", ANSWER, i=told)
    assert answered["data"]["answerLogQuestion"]["question"]["answer"] == "Hun var på vakt."
    (own,) = (await stack.ask("parent", OWN, id=child))["data"]["patient"]["logQuestions"]
    assert own["answeredBy"]["role"] == "Personvernombud"


async def test_the_officer_sees_the_report_and_no_patient(stack: Stack) -> None:
    child = await nora(stack)
    refused = await stack.ask("officer", VIEW, id=child)
    assert refused["errors"][0]["extensions"]["reason"] == "ROLE"
    query = """{ accessReport(since: "2026-11-01T00:00:00Z") { edges { node { sentence } } } }"""
    answer = await stack.ask("officer", query)
    assert "errors" not in answer
    for person in ("clinician", "parent"):
        assert (await stack.ask(person, query))["errors"][0]["extensions"]["reason"] == "ROLE"
