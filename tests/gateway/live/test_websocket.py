"""Frames and what waits to be written, over a bare connection (RFC 6455)."""

from __future__ import annotations

import asyncio
import logging
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from gateway.limits import Limits
from gateway.live.messages import PROTOCOL, frame
from tests.gateway.serving import Gateway, Start
from tests.gateway.talking import Client, connected, talking, until

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
MASK = b"\x01\x02\x03\x04"


def sent(opcode: int, payload: bytes = b"", *, fin: bool = True, masked: bool = True) -> bytes:
    """Return a frame as clients write it, or as they must not."""
    size = len(payload)
    first = (0x80 if fin else 0) | opcode
    mask = 0x80 if masked else 0
    if size < 126:
        head = struct.pack("!BB", first, mask | size)
    elif size < 65536:
        head = struct.pack("!BBH", first, mask | 126, size)
    else:
        head = struct.pack("!BBQ", first, mask | 127, size)
    if not masked:
        return head + payload
    return head + MASK + bytes(byte ^ MASK[at % 4] for at, byte in enumerate(payload))


class Bare:
    """A TCP connection on which the handshake is done."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def write(self, *pieces: bytes) -> None:
        self.writer.write(b"".join(pieces))

    async def frame(self) -> tuple[int, bytes]:
        """Return opcode and payload of the next frame."""
        first, size = await self.reader.readexactly(2)
        if size == 126:
            (size,) = struct.unpack("!H", await self.reader.readexactly(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", await self.reader.readexactly(8))
        return first & 0x0F, await self.reader.readexactly(size)

    async def closed(self) -> int:
        """Return the code that we are closed with."""
        while True:
            opcode, payload = await self.frame()
            if opcode == CLOSE:
                return int.from_bytes(payload[:2], "big")


@asynccontextmanager
async def bare(gateway: Gateway, **changed: str) -> AsyncIterator[Bare]:
    host, _, port = gateway.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    headers = {
        "Host": f"{host}:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Protocol": PROTOCOL,
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
    writer.write(f"GET /graphql HTTP/1.1\r\n{lines}\r\n".encode())
    try:
        async with asyncio.timeout(10):
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 101 "), head
            assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head
            assert b"permessage-deflate" not in head
            yield Bare(reader, writer)
    finally:
        writer.close()


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_a_frame_says_how_long_it_is(size: int) -> None:
    framed = frame(b"x" * size)
    short = 2 if size < 126 else 4 if size < 65_536 else 10
    assert (framed[0], len(framed)) == (0x81, short + size)


async def test_a_message_may_come_in_pieces_and_the_pieces_in_pieces(production: Gateway) -> None:
    async with bare(production) as client:
        whole = sent(TEXT, b'{"type":', fin=False) + sent(0, b"", fin=False) + sent(0, b'"ping"}')
        for at in range(len(whole)):
            client.write(whole[at : at + 1])
            await client.writer.drain()
        assert await client.frame() == (TEXT, b'{"type":"pong"}')


async def test_what_comes_before_a_close_counts_even_if_both_come_at_once(
    production: Gateway,
) -> None:
    async with bare(production) as client:
        client.write(sent(TEXT, b"[]"), sent(CLOSE, struct.pack("!H", 1000)))
        assert await client.closed() in (1000, 4400)
        assert await client.reader.read() == b""


async def test_several_messages_may_come_at_once(production: Gateway) -> None:
    async with bare(production) as client:
        client.write(*[sent(TEXT, b'{"type":"ping"}')] * 3)
        for _ in range(3):
            assert await client.frame() == (TEXT, b'{"type":"pong"}')


async def test_the_transports_own_ping_is_answered(production: Gateway) -> None:
    async with bare(production) as client:
        client.write(sent(PING, b"there?"))
        assert await client.frame() == (PONG, b"there?")


async def test_a_close_is_answered_and_the_connection_ends(production: Gateway) -> None:
    async with bare(production) as client:
        client.write(sent(CLOSE, struct.pack("!H", 1000)))
        assert await client.frame() == (CLOSE, struct.pack("!H", 1000))
        assert await client.reader.read() == b""
    await until(lambda: len(production.connections) == 0)


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ([sent(TEXT, b"{}", masked=False)], 1002),
        ([sent(0x3, b"{}")], 1002),
        ([sent(0, b"{}")], 1002),
        ([sent(PING, b"x" * 126)], 1002),
        ([sent(TEXT, b"{", fin=False), sent(TEXT, b"}")], 1002),
        ([sent(TEXT, b"\xff\xfe")], 1007),
        ([sent(CLOSE, b"\x03")], 1002),
        ([sent(BINARY, b"{}")], 4400),
    ],
)
async def test_what_is_no_frame_closes(production: Gateway, pieces: list[bytes], code: int) -> None:
    async with bare(production) as client:
        client.write(*pieces)
        assert await client.closed() == code


async def test_a_message_that_is_too_long_closes_before_it_has_come(start: Start) -> None:
    gateway = await start(limits=Limits(body_bytes=100))
    async with bare(gateway) as client:
        client.write(sent(TEXT, b" " * 1000)[:20])
        assert await client.closed() == 1009
    async with bare(gateway) as client:
        client.write(sent(TEXT, b" " * 60, fin=False), sent(0, b" " * 60))
        assert await client.closed() == 1009


async def test_a_client_that_breaks_off_is_forgotten(production: Gateway) -> None:
    async with bare(production) as client:
        await until(lambda: len(production.connections) == 1)
        client.writer.transport.abort()
        await until(lambda: len(production.connections) == 0)


@pytest.mark.parametrize(
    ("path", "status"), [("/nothing", 404), ("/export", 404), ("/graphql/x", 404)]
)
async def test_there_is_one_address(production: Gateway, path: str, status: int) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with connected(production, path=path):
            pass
    assert refused.value.status == status
    assert refused.value.headers is not None
    assert refused.value.headers["x-content-type-options"] == "nosniff"


async def test_a_handshake_that_is_none_is_refused(production: Gateway) -> None:
    for changed in ({"Sec_WebSocket_Key": ""}, {"Sec_WebSocket_Version": "8"}):
        with pytest.raises(AssertionError, match=r"HTTP/1.1 4"):
            async with bare(production, **changed):
                pass


async def test_no_address_and_no_query_of_a_handshake_is_logged(
    production: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with connected(production, path="/graphql?secret=05894500079") as client:
            await client.enter(production.good_token)
            await client.say([])
            await client.closed()
    assert "secret" not in caplog.text
    assert production.good_token not in caplog.text


async def test_a_client_that_asks_and_never_reads_is_not_read_from(start: Start) -> None:
    gateway = await start(limits=Limits(waiting_messages=10))
    async with bare(gateway) as client:
        client.writer.transport.set_write_buffer_limits(0)
        loud = sent(TEXT, b'{"type":"ping"}') * 10_000
        taken = 0
        for _ in range(1_000):
            client.write(loud)
            if not await written(client):
                break
            taken += 1
        client.writer.transport.abort()
    assert taken < 1_000


async def test_a_reader_that_does_not_read_is_full_and_what_was_taken_arrives_in_order(
    start: Start,
) -> None:
    gateway = await start(limits=Limits(waiting_messages=5, waiting_bytes=50_000_000))
    query = "subscription ($size: Int!) { padded { text(size: $size) } }"
    async with talking(gateway) as client:
        await client.subscribe(query, variables={"size": 300_000})
        ticking = gateway.recorder.ticking
        await until(lambda: bool(ticking.following))
        number = await flooded(gateway)
        heard = [await client.hear() for _ in range(number)]
    assert [message["type"] for message in heard] == ["next"] * (number - 1) + ["error"]
    assert heard[-1]["payload"][0]["extensions"]["code"] == "TOO_SLOW"


async def written(client: Bare) -> bool:
    """Tell whether all that was written is taken within a second."""
    try:
        async with asyncio.timeout(1):
            await client.writer.drain()
    except TimeoutError:
        return False
    return True


async def flooded(gateway: Gateway) -> int:
    """Tick until a subscriber is given up; return how many ticks that took."""
    number = 0
    while not gateway.recorder.ticking.full:
        number += 1
        assert number < 200, "nothing is ever full"
        await gateway.recorder.ticking.tick(number)
    return number


async def test_binary_clients_are_told_in_a_sentence(production: Gateway) -> None:
    async with connected(production) as client:
        await client.socket.send_bytes(b"{}")
        assert await Client(client.socket).closed() == (4400, "A message is a text, not bytes.")
