"""Whether connections that come and go leave anything behind: memory, or what is counted."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import msgspec

from bench.door import ask
from bench.live.holding import hold
from bench.live.idle import memory, subscribing
from bench.stage import Stage

QUERY = 'subscription { patientChanged(patientId: "%s") { __typename } }'
PROMISE = 100.0
"""Bytes that one which has come and gone may leave: an allocator's own, and less with more."""
_COUNTED = re.compile(r"^dbep_(?:live_connections|subscriptions)\{.*\} (\S+)$", re.MULTILINE)
_AT_ONCE = 200
_WARM = 1_000
_SETTLING_SECONDS = 5


class Left(msgspec.Struct, frozen=True):
    """What is there afterwards that was not there before."""

    bytes_each: float
    connections: float


async def measure(running: Stage, count: int, tell: Callable[[str], None]) -> Left:
    """Let subscribers of one patient come and go, some at a time."""
    gateway, token = running.gateway, running.tokens["citizen"]
    said = [*subscribing(token, QUERY % running.patient_id).values()]
    await come_and_go(gateway.port, min(_WARM, count), said)
    before = memory(gateway.pid)
    for part in range(10):
        await come_and_go(gateway.port, count // 10, said)
        grown = (memory(gateway.pid) - before) / 1_000
        tell(f"{count // 10 * (part + 1):,} have come and gone: {grown:,.0f} kB more")
    await asyncio.sleep(_SETTLING_SECONDS)
    left = Left((memory(gateway.pid) - before) / count, await _open(gateway.port))
    tell(f"{left.bytes_each:.0f} bytes each are left, and {left.connections:.0f} connections")
    return left


async def come_and_go(port: int, count: int, said: list[bytes]) -> None:
    """Open connections, subscribe, and break off: some at once, some after they are followed."""
    for _ in range(0, count, _AT_ONCE):
        holders = await hold(port, min(_AT_ONCE, count), said)
        for number, holder in enumerate(holders):
            if number % 2:
                holder.close()
        await asyncio.sleep(0.05)
        for holder in holders:
            holder.close()


async def _open(port: int) -> float:
    """Return how many connections and subscriptions the gateway counts."""
    text = (await asyncio.to_thread(ask, port, "GET", "/metrics")).decode()
    return sum(map(float, _COUNTED.findall(text)))
