"""What the real graph costs, and what its processes let one citizen ask for together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import msgspec
import pytest
from redis.asyncio import Redis

from gateway.app import create_app
from gateway.compose import compose
from gateway.limits import Limits
from tests.gateway.serving import code, serving
from tests.journeys.conftest import Stack
from tests.journeys.test_examples import FILES, WHO
from tests.journeys.test_export import arne

NAME = "query ($id: ID!) { patient(id: $id) { name } }"  # 7
READ = {
    path.stem: text
    for path, text in FILES.items()
    if "$" not in text and "\nsubscription " not in text
}


async def send(
    stack: Stack, url: str, person: str, body: dict[str, Any], **headers: str
) -> tuple[int, dict[str, Any]]:
    sent = {"Authorization": f"Bearer {stack.token(person)}", **headers}
    async with stack.session.post(url, json=body, headers=sent) as answer:
        return answer.status, dict(msgspec.json.decode(await answer.read()))


@pytest.fixture
async def processes(stack: Stack, redis_url: str) -> AsyncIterator[list[str]]:
    """Give the addresses of two processes of the same installation with small limits."""
    assert stack.settings
    async with Redis.from_url(redis_url) as redis, AsyncExitStack() as running:
        await redis.flushdb()
        limits = Limits(operation_cost=10_000, person_cost=12_000)
        settings = msgspec.structs.replace(stack.settings, limits=limits)
        made = partial(compose, clock=lambda: stack.now)
        yield [
            await running.enter_async_context(serving(create_app(settings, made))) for _ in range(2)
        ]
        await redis.flushdb()


@pytest.mark.parametrize("name", READ)
async def test_an_example_costs_no_more_than_was_estimated(stack: Stack, name: str) -> None:
    person = WHO[READ[name].removeprefix("# ").partition(":")[0]]
    _, body = await send(
        stack, f"{stack.url}/graphql", person, {"query": READ[name]}, **{"GraphQL-Cost": "report"}
    )
    told = body["extensions"]["cost"]
    assert 1 < told["actual"] <= told["estimated"] <= told["limit"] == Limits().operation_cost
    assert told["remaining"] > Limits().operation_cost


async def test_what_one_process_exports_the_other_does_not_export_again(
    stack: Stack, processes: list[str]
) -> None:
    one, two = processes
    body = {"patientId": await arne(stack)}
    status, _ = await send(stack, f"{one}/export", "citizen", body)
    assert status == 200
    status, answer = await send(stack, f"{two}/export", "citizen", body)
    assert (status, code(answer), "patient" in answer) == (429, "RATE_LIMITED", False)
    asked = {"query": NAME, "variables": {"id": body["patientId"]}}
    status, answer = await send(stack, f"{two}/graphql", "citizen", asked)
    assert (status, answer["data"]["patient"]["name"]) == (200, "Arne Fjell")


async def test_a_process_is_ready_and_says_that_it_limits_with_the_others(
    stack: Stack, processes: list[str]
) -> None:
    async with stack.session.get(f"{processes[0]}/readyz") as answer:
        checks = {each["name"]: each for each in (await answer.json())["checks"]}
    assert checks["shared rate limits"] == {
        "name": "shared rate limits", "ready": True, "required": False,
    }  # fmt: skip
