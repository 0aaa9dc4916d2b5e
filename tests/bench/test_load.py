from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bench import load
from bench.load import Aim, Tally

Respond = Callable[[int], bytes]


def ok(body: bytes, status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


@asynccontextmanager
async def answering(respond: Respond) -> AsyncIterator[int]:
    """Serve bytes of a test's own, in two pieces; nothing at all ends the connection."""
    count = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        while await reader.read(65_536):
            count += 1
            said = respond(count)
            writer.write(said[:20])
            await asyncio.sleep(0.001)
            writer.write(said[20:])
            if not said:
                break
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def put_load(respond: Respond, connections: int = 2) -> Tally:
    async with answering(respond) as port:
        aim = Aim("127.0.0.1", port, b"POST / HTTP/1.1\r\n\r\n", lambda body: body == b"right")
        return await load.run(aim, connections, 0.05)


async def test_every_right_answer_is_timed() -> None:
    tally = await put_load(lambda _: ok(b"right"))
    assert not tally.failures
    assert tally.requests == len(tally.latencies) >= 2
    assert all(0 < latency <= tally.seconds for latency in tally.latencies)


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        (ok(b"wrong"), "wrong answer"),
        (ok(b"right", b"503 Busy"), "status 503"),
        (b"", "connection lost"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "connection lost"),
    ],
)
async def test_anything_else_is_a_failure(said: bytes, failure: str) -> None:
    tally = await put_load(lambda count: said if count == 3 else ok(b"right"))
    assert dict(tally.failures) == {failure: 1}


async def test_load_goes_on_after_a_failed_answer() -> None:
    tally = await put_load(lambda count: ok(b"wrong" if count == 1 else b"right"), connections=1)
    assert tally.failures["wrong answer"] == 1
    assert tally.latencies


async def test_silence_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "PATIENCE_SECONDS", 0.05)
    tally = await put_load(lambda _: ok(b"right")[:-1], connections=3)
    assert dict(tally.failures) == {"no answer": 3}
