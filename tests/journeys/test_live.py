"""Following Nora's plan over the wire, while others write to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from gateway.live.messages import PROTOCOL
from tests.gateway.talking import Client
from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora

CHANGED = """subscription ($id: ID!, $after: String) {
  patientChanged(patientId: $id, after: $after) { __typename
    ... on ChangeNotice { id kind section subjectId cursor } } }"""
VIEW = """subscription ($id: ID!) { patientView(patientId: $id) { cursor patient {
  plan { parts { id comments { text } } } medications { state items { name } } } } }"""
COMMENT = """mutation ($input: CommentPlanInput!) { commentPlan(input: $input) { __typename
  ... on CommentPayload { comment { id } } ... on Rejection { code sentence } } }"""
BLOCK = """mutation ($input: BlockPersonInput!) { blockPerson(input: $input) { __typename
  ... on Rejection { code sentence } } }"""
PARTS = "query ($id: ID!) { patient(id: $id) { plan { parts { id lifecycle } } } }"


@pytest.fixture
def live_stack(own_stack: Stack) -> Stack:
    # Tokens are of today; streams end with them, by the gateway's clock.
    own_stack.now = datetime.now(UTC)
    return own_stack


@asynccontextmanager
async def talking(stack: Stack, person: str) -> AsyncIterator[Client]:
    async with stack.session.ws_connect(f"{stack.url}/graphql", protocols=[PROTOCOL]) as socket:
        client = Client(socket)
        await client.enter(stack.token(person))
        yield client


async def comment(stack: Stack, text: str, person: str = "doctor") -> None:
    plan = (await stack.ask(person, PARTS, id=await nora(stack)))["data"]["patient"]["plan"]
    active = next(each for each in plan["parts"] if each["lifecycle"] == "ACTIVE")
    command = {"partId": active["id"], "text": text, "idempotencyKey": str(uuid4())}
    answer = await stack.ask(person, COMMENT, input=command)
    assert answer["data"]["commentPlan"]["__typename"] == "CommentPayload", answer


async def told(client: Client, name: str = "patientChanged") -> dict[str, Any]:
    heard = await client.hear()
    assert heard["type"] == "next", heard
    found: dict[str, Any] = heard["payload"]["data"][name]
    return found


async def test_a_nurse_sees_what_the_doctor_writes_at_once(live_stack: Stack) -> None:
    key = await nora(live_stack)
    async with talking(live_stack, "clinician") as client:
        await client.subscribe(VIEW, variables={"id": key})
        first = await told(client, "patientView")
        assert first["patient"]["medications"]["state"] == "OK"
        await comment(live_stack, "Dette kom nå")
        then = await told(client, "patientView")
    parts = then["patient"]["plan"]["parts"]
    assert any(each["text"] == "Dette kom nå" for part in parts for each in part["comments"])
    assert then["patient"]["medications"] == first["patient"]["medications"]


async def test_what_was_missed_over_a_websocket_comes_over_an_event_stream(
    live_stack: Stack,
) -> None:
    key = await nora(live_stack)
    async with talking(live_stack, "clinician") as client:
        await client.subscribe(CHANGED, variables={"id": key})
        await asyncio.sleep(0.2)
        await comment(live_stack, "Først")
        seen = await told(client)
    await comment(live_stack, "Mens ingen hørte")
    headers = {
        "authorization": f"Bearer {live_stack.token('clinician')}",
        "accept": "text/event-stream",
        "last-event-id": seen["cursor"],
    }
    body = {"query": CHANGED, "variables": {"id": key}}
    async with live_stack.session.post(
        f"{live_stack.url}/graphql", json=body, headers=headers
    ) as stream:
        assert stream.status == 200
        missed = await next_event(stream.content)
        await comment(live_stack, "Og nå")
        now = await next_event(stream.content)
    assert [each["data"]["patientChanged"]["kind"] for each in (missed, now)] == ["COMMENTED"] * 2
    assert len({seen["id"], *(e["data"]["patientChanged"]["id"] for e in (missed, now))}) == 3


async def next_event(lines: Any) -> dict[str, Any]:
    async with asyncio.timeout(10):
        async for line in lines:
            if line.startswith(b"data: {"):
                return dict(msgspec.json.decode(line.removeprefix(b"data: ")))
    raise AssertionError("The stream has ended.")


async def test_a_block_ends_what_the_doctor_follows_with_the_reason(live_stack: Stack) -> None:
    key = await nora(live_stack)
    async with talking(live_stack, "doctor") as client:
        await client.subscribe(VIEW, variables={"id": key})
        await told(client, "patientView")
        doctor = (await live_stack.ask("doctor", "{ viewer { hprNumber name } }"))["data"]["viewer"]
        command = {
            "patientId": key,
            "hprNumber": doctor["hprNumber"],
            "name": doctor["name"],
            "idempotencyKey": str(uuid4()),
        }
        answer = await live_stack.ask("parent", BLOCK, input=command)
        assert answer["data"]["blockPerson"]["__typename"] == "BlockPayload", answer
        heard = await client.hear()
    assert heard["type"] == "error"
    assert heard["payload"][0]["extensions"]["reason"] == "BLOCKED"


async def test_a_stream_ends_with_its_token(live_stack: Stack) -> None:
    key = await nora(live_stack)
    async with talking(live_stack, "parent") as client:
        await client.subscribe(CHANGED, variables={"id": key})
        await asyncio.sleep(0.2)
        live_stack.now += timedelta(hours=2)
        async with asyncio.timeout(10):
            heard = await client.socket.receive()
    assert "TOKEN_EXPIRED" in str(heard.data) or heard.data in (4401, 4403), heard


async def test_nobody_follows_whom_they_may_not_see(live_stack: Stack) -> None:
    key = await nora(live_stack)
    async with talking(live_stack, "citizen") as client:
        for text in (CHANGED, VIEW):
            await client.subscribe(text, id=text[:30], variables={"id": key})
            heard = await client.hear()
            assert heard["type"] == "error", heard
