"""Keep-alive, leaving, and what an idle subscriber costs."""

from __future__ import annotations

import asyncio
import gc
import time
import tracemalloc
from contextlib import AsyncExitStack

import aiohttp
import pytest

from gateway.live.messages import Code
from tests.gateway.live.test_event_stream import streaming
from tests.gateway.serving import Gateway, Start, running
from tests.gateway.talking import Client, connected, talking, until

TICKS = "subscription { ticks }"


async def subscribed(gateway: Gateway, client: Client) -> None:
    before = len(gateway.recorder.ticking.following)
    await client.subscribe(TICKS)
    await until(lambda: len(gateway.recorder.ticking.following) > before)


async def test_whoever_answers_pings_stays(start: Start) -> None:
    gateway = await start(DBEP_KEEP_ALIVE_SECONDS="1")
    async with talking(gateway) as client:
        await subscribed(gateway, client)
        for _ in range(3):
            assert await client.hear() == {"type": "ping"}
            await client.say({"type": "pong"})
        await gateway.recorder.ticking.tick(1)
        assert (await client.hear())["type"] == "next"


async def test_whoever_answers_none_is_gone(start: Start) -> None:
    gateway = await start(DBEP_KEEP_ALIVE_SECONDS="1")
    async with talking(gateway) as client:
        await subscribed(gateway, client)
        await until(lambda: len(gateway.connections) == 0)
        assert gateway.recorder.ticking.following == {}


async def test_a_client_that_does_not_answer_a_close_is_cut_off(production: Gateway) -> None:
    host, _, port = production.url.removeprefix("http://").partition(":")
    async with connected(production):  # one more, so that the timer has company
        reader, writer = await asyncio.open_connection(host, int(port))
        handshake = (
            "GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        writer.write(handshake.encode())
        began = time.monotonic()
        async with asyncio.timeout(10):
            assert b"Subprotocol not acceptable" in await read_to_end(reader)
        assert time.monotonic() - began >= 4
        writer.close()


async def read_to_end(reader: asyncio.StreamReader) -> bytes:
    """Return all that comes; an end without a good-bye is one as well."""
    heard = b""
    try:
        while piece := await reader.read(1000):
            heard += piece
    except ConnectionResetError:
        pass
    return heard


async def test_at_the_end_clients_are_asked_to_connect_again_one_by_one(
    session: aiohttp.ClientSession, start: Start
) -> None:
    gateway = await start()
    clients = [await opened(gateway) for _ in range(10)]
    draining = asyncio.create_task(gateway.connections.drain(3, lambda: False))
    codes = await asyncio.gather(*(left(client) for client in clients))
    await draining
    assert {code for code, _ in codes} == {(Code.SERVICE_RESTART, "RESTARTING")}
    assert max(at for _, at in codes) - min(at for _, at in codes) > 0.9
    assert gateway.recorder.ticking.following == {}


async def opened(gateway: Gateway) -> Client:
    socket = await gateway.session.ws_connect(
        f"{gateway.url}/graphql", protocols=["graphql-transport-ws"]
    )
    client = Client(socket)
    await client.enter(gateway.good_token)
    await subscribed(gateway, client)
    return client


async def left(client: Client) -> tuple[tuple[int, str], float]:
    code, reason = await client.closed()
    at = time.monotonic()
    await client.socket.close()
    return (code, reason.partition(":")[0]), at


async def test_at_the_end_a_stream_says_when_to_come_back_and_is_not_complete(
    start: Start,
) -> None:
    gateway = await start()
    async with streaming(gateway) as stream:
        await until(lambda: len(gateway.recorder.ticking.following) == 1)
        draining = asyncio.create_task(gateway.connections.drain(0, lambda: False))
        told = await stream.block()
        assert told is not None
        name, _, value = told.partition(": ")
        assert name == "retry"
        assert 1_000 <= int(value) <= 5_000
        assert await stream.block() is None
        await draining


async def test_at_the_end_nobody_new_is_taken_and_readiness_says_so(start: Start) -> None:
    gateway = await start()
    async with talking(gateway) as client:
        draining = asyncio.create_task(gateway.connections.drain(3, lambda: False))
        await asyncio.sleep(0)
        status, body = await gateway.send("GET", path="/readyz", token=None)
        reasons = {check["name"]: check.get("reason") for check in body["checks"]}
        assert status == 503
        assert "about to end" in reasons["accepts connections"]
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await opened(gateway)
        assert refused.value.status == 503
        async with streaming(gateway) as stream:
            assert stream.answer.status == 503
        assert (await gateway.post("{ hello }"))[0] == 200
        assert (await client.closed())[0] == Code.SERVICE_RESTART
        await draining


async def test_at_the_end_what_was_asked_for_is_answered_first(start: Start) -> None:
    gateway = await start()
    async with talking(gateway) as client:
        await client.subscribe("{ slow }")
        await gateway.recorder.started.wait()
        draining = asyncio.create_task(gateway.connections.drain(0, lambda: False))
        with pytest.raises(TimeoutError):
            await client.socket.receive(timeout=1.5)
        await draining


async def test_a_server_that_stops_drains_first(session: aiohttp.ClientSession) -> None:
    async with AsyncExitStack() as stack:
        gateway = await stack.enter_async_context(running(session, drain_seconds=1))
        leaving = asyncio.create_task(left(await opened(gateway)))
        await stack.aclose()
        assert (await leaving)[0] == (Code.SERVICE_RESTART, "RESTARTING")


async def test_a_second_ctrl_c_waits_for_nobody(start: Start) -> None:
    gateway = await start()
    async with talking(gateway):
        began = time.monotonic()
        await gateway.connections.drain(60, lambda: True)
        assert time.monotonic() - began < 5


async def test_subscriptions_are_counted_with_why_they_ended(start: Start) -> None:
    gateway = await start()
    async with talking(gateway) as client, streaming(gateway):
        await subscribed(gateway, client)
        await until(lambda: len(gateway.recorder.ticking.following) == 2)
        async with gateway.session.get(f"{gateway.url}/metrics") as answer:
            assert answer.headers["content-type"].startswith("text/plain; version=")
            lines = (await answer.text()).splitlines()
        assert 'dbep_subscriptions{protocol="graphql-transport-ws"} 1.0' in lines
        assert 'dbep_subscriptions{protocol="graphql-sse"} 1.0' in lines
        assert 'dbep_live_connections{protocol="graphql-sse"} 1.0' in lines
        await client.say({"type": "complete", "id": "1"})
    await until(lambda: len(gateway.connections) == 0)
    async with gateway.session.get(f"{gateway.url}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    for line in (
        'dbep_subscriptions{protocol="graphql-transport-ws"} 0.0',
        'dbep_subscriptions_started_total{protocol="graphql-transport-ws"} 1.0',
        'dbep_subscriptions_ended_total{protocol="graphql-transport-ws",reason="BY_CLIENT"} 1.0',
        'dbep_subscriptions_ended_total{protocol="graphql-sse",reason="CLIENT_GONE"} 1.0',
    ):
        assert line in lines


async def test_an_idle_subscriber_is_no_task_and_few_bytes(start: Start) -> None:
    gateway = await start()
    clients = [await opened(gateway) for _ in range(10)]  # what is made once is made
    gc.collect()
    before, counted = len(asyncio.all_tasks()), 50
    tracemalloc.start(1)
    here = tracemalloc.take_snapshot()
    clients += [await opened(gateway) for _ in range(counted)]
    gc.collect()
    there = tracemalloc.take_snapshot()
    tracemalloc.stop()
    assert len(asyncio.all_tasks()) == before
    files = ("gateway/live/", "websockets/", "uvicorn/", "asyncio/events")
    grown = sum(
        each.size_diff
        for each in there.compare_to(here, "filename")
        if any(name in each.traceback[0].filename for name in files)
    )
    assert grown / counted < 8_000
    for client in clients:
        await client.socket.close()
    await until(lambda: len(gateway.connections) == 0)
    assert gateway.recorder.ticking.following == {}
