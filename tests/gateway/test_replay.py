"""Marks of used proofs, on a real Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from gateway.dpop import MOST_AGE, MOST_AHEAD
from gateway.errors import ReplayUnknown
from gateway.replay import NoMarks, RedisMarks


@asynccontextmanager
async def saying(answer: bytes) -> AsyncIterator[int]:
    """Yield the port of a server that says one thing to everything, or nothing."""
    writers = []

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        while answer and await reader.read(4096):
            writer.write(answer)

    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    async with server:
        yield int(server.sockets[0].getsockname()[1])
        for writer in writers:
            writer.close()


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url) as client:
        await client.flushdb()
        yield client


async def test_of_many_uses_in_two_processes_one_is_the_first(redis: Redis, redis_url: str) -> None:
    async with Redis.from_url(redis_url) as other:
        processes = [RedisMarks(redis), RedisMarks(other)]
        found = await asyncio.gather(*(processes[i % 2].is_new("mark") for i in range(20)))
    assert found.count(True) == 1
    assert await processes[0].is_new("another")


async def test_a_mark_outlives_its_proof_and_is_then_forgotten(redis: Redis) -> None:
    await RedisMarks(redis).is_new("mark")
    [key] = await redis.keys()
    assert key == b"dpop:mark"
    # A proof from ahead of our clock is good for longer than one from now.
    assert MOST_AGE + MOST_AHEAD < await redis.ttl(key) <= 120


async def test_without_redis_nothing_is_known() -> None:
    async with Redis(port=1) as nobody:
        with pytest.raises(ReplayUnknown):
            await RedisMarks(nobody).is_new("mark")
    with pytest.raises(ReplayUnknown):
        await NoMarks().is_new("mark")


async def test_a_redis_that_hangs_is_not_waited_for() -> None:
    async with saying(b"") as port, Redis(port=port) as hanging:
        with pytest.raises(ReplayUnknown):
            await RedisMarks(hanging, patience=0.2).is_new("mark")


async def test_a_redis_that_refuses_to_write_is_no_permission() -> None:
    said = b"-OOM command not allowed when used memory > 'maxmemory'.\r\n"
    async with saying(said) as port, Redis(port=port) as full:
        with pytest.raises(ReplayUnknown):
            await RedisMarks(full).is_new("mark")
