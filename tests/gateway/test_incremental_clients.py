"""Answers in parts as real clients read them: Apollo Client in both of its forms, and urql.

Apollo Client subscribes by parts too.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest

from gateway.live.stream import Ending
from tests.gateway.node import NODE, installed
from tests.gateway.serving import Gateway
from tests.gateway.talking import until

CLIENTS = ("apollo v0.2", "apollo 20220824", "urql")
GATED = '{ hello ... @defer(label: "later") { gated } }'
FAILING = '{ hello ... @defer(label: "a") { strict } ... @defer(label: "b") { refused } }'
NESTED = """{ child { hello } ... @defer(label: "a") { child { who child { hello
  ... @defer(label: "b") { who children(first: 3) @stream(initialCount: 1) { hello } } } } } }"""

with_every_client = pytest.mark.parametrize("client", CLIENTS)


class Shown:
    """What a client shows of an answer, one state after the other."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def next(self) -> Any:
        """Return the next state, without what Apollo asks for itself; None after the last."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        return _without_type_names(msgspec.json.decode(line)) if line else None

    async def last(self) -> Any:
        """Return the last state."""
        state = None
        while (later := await self.next()) is not None:
            state = later
        return state


@asynccontextmanager
async def reading(client: str, gateway: Gateway, query: str) -> AsyncIterator[Shown]:
    """Let a client ask."""
    program = str(installed("incremental") / "read.js")
    process = await asyncio.create_subprocess_exec(
        NODE, program, client, f"{gateway.url}/graphql", gateway.good_token, query,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Shown(process)
        assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()


def _without_type_names(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_type_names(each) for each in value]
    if isinstance(value, dict):
        return {
            name: _without_type_names(each) for name, each in value.items() if name != "__typename"
        }
    return value


@with_every_client
async def test_a_client_shows_the_first_part_before_there_is_another(
    client: str, production: Gateway
) -> None:
    async with reading(client, production, GATED) as shown:
        assert await shown.next() == {"data": {"hello": "hei"}, "codes": []}
        production.recorder.gate.set()
        assert await shown.last() == {"data": {"hello": "hei", "gated": "open"}, "codes": []}


@with_every_client
async def test_a_client_puts_nested_parts_and_items_where_they_belong(
    client: str, production: Gateway
) -> None:
    _, whole = await production.post(NESTED)
    async with reading(client, production, NESTED) as shown:
        assert (await shown.next())["data"] == {"child": {"hello": "hei"}}
        assert await shown.last() == {"data": whole["data"], "codes": []}


@with_every_client
async def test_a_client_sees_that_a_part_has_failed(client: str, production: Gateway) -> None:
    async with reading(client, production, FAILING) as shown:
        last = await shown.last()
    assert last["data"] == {"hello": "hei", "refused": None}
    assert sorted(last["codes"]) == ["FORBIDDEN", "INTERNAL_ERROR"]


@with_every_client
async def test_a_client_sees_that_an_answer_was_broken_off(
    client: str, production: Gateway
) -> None:
    async with reading(client, production, GATED) as shown:
        await shown.next()
        production.recorder.log_fails = True
        production.recorder.gate.set()
        last = await shown.last()
    assert last == {"data": {"hello": "hei"}, "codes": ["LOG_UNAVAILABLE"]}


async def test_apollo_client_follows_a_subscription_until_it_is_ended(
    production: Gateway,
) -> None:
    ticking = production.recorder.ticking
    async with reading("apollo v0.2", production, "subscription { ticks }") as shown:
        await until(lambda: len(ticking.following) == 1)
        for number in (1, 2):
            await ticking.tick(number)
            assert await shown.next() == {"data": {"ticks": number}, "codes": []}
        (following,) = ticking.following.values()
        following.end(Ending.ACCESS_ENDED)
        assert await shown.last() == {"data": None, "codes": ["ACCESS_ENDED"]}
