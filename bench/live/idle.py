"""What an idle subscriber costs: memory of the process, before and with many of them."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from bench.live.holding import hold
from bench.stage import Stage, free_ports
from local.process import spawn

SUBSCRIPTION = "subscription { worklistChanged { __typename } }"
FIRST = 500
"""Connections that are opened and closed before: what is made once is made then."""
_SETTLING_SECONDS = 4


class Cost(msgspec.Struct, frozen=True):
    """Bytes that a connection has cost one server."""

    name: str
    each: float


def memory(pid: int) -> int:
    """Return the bytes of a process's own pages (Linux)."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return sum(1024 * int(found) for found in re.findall(r"Private_\w+: +(\d+) kB", text))


async def costs(
    name: str, pid: int, port: int, count: int, said: Mapping[str, bytes]
) -> AsyncIterator[Cost]:
    """Measure one server, with connections that have said nothing, and after each message."""
    for holder in await hold(port, FIRST, [*said.values()]):
        holder.close()
    await asyncio.sleep(_SETTLING_SECONDS)
    before = memory(pid)
    holders = await hold(port, count, [])
    await asyncio.sleep(_SETTLING_SECONDS)
    yield Cost(f"{name}, open", (memory(pid) - before) / count)
    for what, message in said.items():
        for holder in holders:
            holder.say(message)
            await asyncio.sleep(0)
        await asyncio.sleep(_SETTLING_SECONDS)
        yield Cost(f"{name}, {what}", (memory(pid) - before) / count)
    for holder in holders:
        holder.close()


def subscribing(token: str, query: str) -> dict[str, bytes]:
    """Return what a subscriber says."""
    payload = {"authorization": f"Bearer {token}"}
    asked = {"id": "1", "type": "subscribe", "payload": {"query": query}}
    init = {"type": "connection_init", "payload": payload}
    return {"let in": msgspec.json.encode(init), "subscribed": msgspec.json.encode(asked)}


async def measure(
    running: Stage, count: int, protocols: Sequence[str], query: str, tell: Callable[[str], None]
) -> list[Cost]:
    """Measure trivial applications on uvicorn's protocols, and then the gateway."""
    found = []
    for protocol, port in zip(protocols, free_ports(len(protocols)), strict=True):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "bench.live.trivial", str(port), protocol]
            process = spawn(command, Path(folder) / "log")
            try:
                await listening(port)
                name = f"trivial on {protocol}"
                async for each in costs(name, process.pid, port, count, {}):
                    found.append(each)
                    tell(f"{each.name}: {each.each:,.0f} bytes")
            finally:
                process.kill()
                process.wait()
    gateway = running.gateway
    said = subscribing(running.tokens["clinician"], query)
    async for each in costs("gateway", gateway.pid, gateway.port, count, said):
        found.append(each)
        tell(f"{each.name}: {each.each:,.0f} bytes")
    return found


async def listening(port: int) -> None:
    """Return once something listens."""
    async with asyncio.timeout(20):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
