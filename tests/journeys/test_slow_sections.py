"""A slow source holds up its own section only: the rest of the view is there before it answers."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import text

from store.session import engine
from tests.gateway.parts import BY_ID, Parts
from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora

VIEW = """query ($id: ID!) { patient(id: $id) {
  name
  plan { parts { kind } }
  criticalInfo { state }
  ... @defer(label: "medications") { medications { state items { name } reasons { code } } }
} }"""
WHOLE = VIEW.replace('... @defer(label: "medications")', "...")
ROWS = """{ worklist(first: 12) { edges @stream(initialCount: 4) {
  node { name medications { state } } } } }"""


class Asked:
    """A view that is asked for in parts, and the times its parts came at."""

    def __init__(self, stack: Stack, person: str, query: str, **variables: Any) -> None:
        self._stack = stack
        self._headers = {"accept": BY_ID, "authorization": f"Bearer {stack.token(person)}"}
        self._body = {"query": query, "variables": variables}

    async def __aenter__(self) -> Parts:
        self._asking = self._stack.session.post(
            f"{self._stack.url}/graphql", json=self._body, headers=self._headers
        )
        return Parts(await self._asking.__aenter__())

    async def __aexit__(self, *error: object) -> None:
        await self._asking.__aexit__(*error)


async def test_the_rest_of_a_view_is_there_before_a_slow_source_answers(stack: Stack) -> None:
    key = await nora(stack)
    whole = (await stack.ask("clinician", WHOLE, id=key))["data"]["patient"]
    await stack.disturb("medication", {"kind": "latency", "ms": 1500})
    loop = asyncio.get_running_loop()
    begun = loop.time()
    async with Asked(stack, "clinician", VIEW, id=key) as parts:
        first, first_at = await parts.next(), loop.time() - begun
        [last], last_at = await parts.rest(), loop.time() - begun
    section = whole.pop("medications")
    assert first["data"]["patient"] == whole
    assert last["incremental"][0]["data"] == {"medications": section}
    assert section["state"] == "OK"
    assert first_at < 1.5 <= last_at


async def test_a_source_that_does_not_answer_is_told_in_its_section_later(stack: Stack) -> None:
    key = await nora(stack)
    await stack.disturb("medication", {"kind": "hang"})
    async with Asked(stack, "clinician", VIEW, id=key) as parts:
        assert (await parts.next())["data"]["patient"]["criticalInfo"] == {"state": "OK"}
        [last] = await parts.rest()
    section = last["incremental"][0]["data"]["medications"]
    assert (section["state"], section["items"]) == ("UNAVAILABLE", None)
    assert section["reasons"][0]["code"] == "SOURCE_TIMEOUT"


async def test_a_view_in_parts_calls_each_source_as_often_as_a_whole_one(stack: Stack) -> None:
    key = await nora(stack)
    await stack.calm()
    async with Asked(stack, "clinician", VIEW, id=key) as parts:
        await parts.rest()
    in_parts = await stack.calls()
    await stack.calm()
    await stack.ask("clinician", WHOLE, id=key)
    assert in_parts == await stack.calls()


async def test_streamed_rows_ask_the_source_at_once_and_not_one_after_the_other(
    stack: Stack,
) -> None:
    await stack.disturb("medication", {"kind": "latency", "ms": 400})
    loop = asyncio.get_running_loop()
    begun = loop.time()
    async with Asked(stack, "clinician", ROWS) as parts:
        first = await parts.next()
        later = await parts.rest()
    rows = [each for part in later for each in part.get("incremental", ()) if "items" in each]
    names = [edge["node"]["name"] for row in rows for edge in row["items"]]
    assert len(first["data"]["worklist"]["edges"]) == 4
    assert len(names) == 8
    # One after the other would be eight times as late as one.
    assert loop.time() - begun < 8 * 0.4


async def test_what_a_part_shows_is_in_the_log_of_use_before_it_is_sent(stack: Stack) -> None:
    key = await nora(stack)
    await stack.disturb("medication", {"kind": "latency", "ms": 500})
    async with Asked(stack, "clinician", VIEW, id=key) as parts:
        event = parts.answer.headers["x-event-id"]
        await parts.next()
        before = await shown(stack, event)
        await parts.next()
        after = await shown(stack, event)
    assert "critical_info" in before
    assert "medications" not in before
    assert "medications" in after


async def shown(stack: Stack, event: str) -> str:
    """Return what the log of use has of an operation just now."""
    assert stack.settings is not None
    database = engine(stack.settings.database_url)
    try:
        async with database.connect() as connection:
            query = text(
                "SELECT outcome ->> 'shown' FROM audit_entry WHERE correlation_id = :event"
            )
            return str([*await connection.scalars(query, {"event": event})])
    finally:
        await database.dispose()
