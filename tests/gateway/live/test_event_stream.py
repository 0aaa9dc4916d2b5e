"""graphql-sse, distinct connections: what is written, byte by byte, and how it ends."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from gateway.limits import Limits
from gateway.live.stream import Ending
from tests.gateway.serving import Gateway, Start, code
from tests.gateway.talking import PATIENCE, until

TICKS = "subscription { ticks }"
STREAM = "text/event-stream"
COMPLETE = "event: complete\ndata:"


class Reader:
    """A stream's blocks, without comments."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self.answer = answer
        self.raw = b""
        self._rest = b""

    async def block(self, *, comments: bool = False) -> str | None:
        """Return the next block; None at the end."""
        while True:
            while b"\n\n" not in self._rest:
                piece = await self.answer.content.readany()
                if not piece:
                    return None
                self.raw += piece
                self._rest += piece
            block, _, self._rest = self._rest.partition(b"\n\n")
            if comments or not block.startswith(b":"):
                return block.decode()


@asynccontextmanager
async def streaming(
    gateway: Gateway,
    query: str = TICKS,
    *,
    token: str | None = None,
    method: str = "POST",
    accept: str = STREAM,
    variables: object = None,
    **headers: str,
) -> AsyncIterator[Reader]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    sent |= {"accept": accept, "authorization": f"Bearer {token or gateway.good_token}"}
    asked: dict[str, Any] = {"query": query, "variables": variables}
    how = {"params": {"query": query}} if method == "GET" else {"json": asked}
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with gateway.session.request(
        method, f"{gateway.url}/graphql", headers=sent, timeout=timeout, **how
    ) as answer:
        yield Reader(answer)


async def begun(gateway: Gateway, count: int = 1) -> None:
    await until(lambda: len(gateway.recorder.ticking.following) == count)


def ticked(number: int) -> str:
    return f'id: {number}\nevent: next\ndata: {{"data":{{"ticks":{number}}}}}'


@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_what_happens_is_an_event_with_its_cursor_as_id(
    production: Gateway, method: str
) -> None:
    async with streaming(production, method=method) as stream:
        assert stream.answer.status == 200
        assert stream.answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert stream.answer.headers["cache-control"] == "no-store"
        assert stream.answer.headers["x-event-id"]
        await begun(production)
        for number in (1, 2):
            await production.recorder.ticking.tick(number)
        assert [await stream.block(), await stream.block()] == [ticked(1), ticked(2)]
        assert b"\r" not in stream.raw


async def test_the_headers_are_there_before_anything_happens(production: Gateway) -> None:
    async with streaming(production) as stream:
        assert await stream.block(comments=True) == ":"


async def test_a_subscription_without_more_to_come_is_complete(production: Gateway) -> None:
    async with streaming(production) as stream:
        await begun(production)
        (following,) = production.recorder.ticking.following.values()
        await production.recorder.ticking.tick(1)
        following.end(None)
        assert [await stream.block() for _ in range(3)] == [ticked(1), COMPLETE, None]


async def test_who_comes_back_resumes_from_the_last_event(production: Gateway) -> None:
    production.recorder.ticking.told += [1, 2, 3]
    async with streaming(production, last_event_id="1") as stream:
        assert [await stream.block(), await stream.block()] == [ticked(2), ticked(3)]
        await production.recorder.ticking.tick(4)
        assert await stream.block() == ticked(4)


async def test_who_hangs_up_stops_the_subscription(production: Gateway) -> None:
    async with streaming(production):
        await begun(production)
    await until(lambda: production.recorder.ticking.following == {})
    await until(lambda: len(production.connections) == 0)


@pytest.mark.parametrize("ending", [Ending.ACCESS_ENDED, Ending.TOO_SLOW, Ending.FAILED])
async def test_an_end_says_why_and_is_complete(production: Gateway, ending: Ending) -> None:
    async with streaming(production) as stream:
        await begun(production)
        (following,) = production.recorder.ticking.following.values()
        following.end(ending)
        told = await stream.block()
        assert told is not None
        said = json.loads(told.removeprefix("event: next\ndata: "))
        assert code(said) == ending.name
        assert [await stream.block(), await stream.block()] == [COMPLETE, None]


async def test_the_stream_ends_with_its_token_and_is_not_complete(production: Gateway) -> None:
    token = production.issuer.token(exp=int(time.time()) + 2)
    async with streaming(production, token=token) as stream:
        told = await stream.block()
        assert told is not None
        assert code(json.loads(told.removeprefix("event: next\ndata: "))) == "TOKEN_EXPIRED"
        assert await stream.block() is None
    assert production.recorder.ticking.following == {}


@pytest.mark.parametrize("query", ["{ who }", "query A { who }"])
@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_a_query_is_one_event_and_the_end(
    production: Gateway, method: str, query: str
) -> None:
    async with streaming(production, query, method=method) as stream:
        blocks = [await stream.block() for _ in range(3)]
    assert blocks == ['event: next\ndata: {"data":{"who":"citizen-1"}}', COMPLETE, None]


async def test_a_document_that_is_refused_is_an_event_as_the_protocol_says(
    production: Gateway,
) -> None:
    async with streaming(production, "subscription { nothing }") as stream:
        assert stream.answer.status == 200
        told = await stream.block()
        assert told is not None
        said = json.loads(told.removeprefix("event: next\ndata: "))
        assert code(said) == "GRAPHQL_VALIDATION_FAILED"
        assert [await stream.block(), await stream.block()] == [COMPLETE, None]


async def test_a_request_that_is_refused_is_answered_as_any_other(production: Gateway) -> None:
    for status, wanted, changed in (
        (401, "UNAUTHENTICATED", {"token": "nonsense"}),
        (405, "POST_REQUIRED", {"method": "GET", "query": "mutation { touch }"}),
        (403, "CROSS_SITE", {"origin": "https://elsewhere.example"}),
    ):
        async with streaming(production, **changed) as stream:
            assert stream.answer.status == status
            assert stream.answer.content_type == "application/json"
            assert code(await stream.answer.json()) == wanted
    production.recorder.ticking.refusal = RuntimeError("the driver said secret")
    async with streaming(production) as stream:
        assert (stream.answer.status, stream.answer.content_type) == (500, "application/json")
        assert "secret" not in await stream.answer.text()


@pytest.mark.parametrize(
    "accept",
    [
        "application/json, text/event-stream",
        "application/graphql-response+json, text/event-stream;q=1, multipart/mixed",
        "*/*, text/event-stream",
    ],
)
async def test_who_would_rather_have_json_gets_json(production: Gateway, accept: str) -> None:
    async with streaming(production, "{ hello }", accept=accept) as stream:
        assert await stream.answer.json(content_type=None) == {"data": {"hello": "hei"}}
    async with streaming(production, accept=accept) as stream:
        assert stream.answer.status == 400
        assert code(await stream.answer.json(content_type=None)) == "SUBSCRIPTION_NOT_SUPPORTED"


@pytest.mark.parametrize("accept", ["Text/Event-Stream", "text/event-stream;q=0.9, */*"])
async def test_who_names_a_stream_first_gets_one(production: Gateway, accept: str) -> None:
    async with streaming(production, accept=accept) as stream:
        assert stream.answer.content_type == STREAM


async def test_an_idle_stream_shows_that_it_is_alive(start: Start) -> None:
    gateway = await start(DBEP_KEEP_ALIVE_SECONDS="1")
    async with streaming(gateway) as stream:
        assert [await stream.block(comments=True) for _ in range(3)] == [":", ":", ":"]


async def test_a_reader_that_does_not_read_fills_what_may_wait_and_no_more(start: Start) -> None:
    gateway = await start(limits=Limits(waiting_messages=5, waiting_bytes=50_000_000))
    query = "subscription ($size: Int!) { padded { text(size: $size) } }"
    async with streaming(gateway, query, variables={"size": 300_000}) as stream:
        await begun(gateway)
        ticking = gateway.recorder.ticking
        number = 0
        while not ticking.full:
            number += 1
            assert number < 200, "nothing is ever full"
            await ticking.tick(number)
        blocks = []
        while (block := await stream.block()) is not None:
            blocks.append(block)
    events = [block for block in blocks if block.startswith("id: ")]
    assert [int(block.partition("\n")[0][4:]) for block in events] == list(range(1, number))
    assert '"TOO_SLOW"' in blocks[-2]
    assert blocks[-1] == COMPLETE


async def test_more_streams_than_a_process_may_have_are_not_taken(start: Start) -> None:
    gateway = await start(limits=Limits(connections=1))
    async with streaming(gateway):
        await begun(gateway)
        async with streaming(gateway) as refused:
            assert refused.answer.status == 503
            assert code(await refused.answer.json()) == "UNAVAILABLE"
