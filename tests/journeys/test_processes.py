"""The processes as they are really started, asked for one person in every way, and their logs."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from local.people import NUMBERS
from local.seed import run as seed
from local.stack import Service
from local.stack import Stack as Running
from local.synthetic import world as world_file
from simulators.building import build
from tests.databases import migrated_database
from tests.journeys.conftest import NOW, SOURCES, named
from tests.journeys.emitted import Channel, Emitted

NUMBER = NUMBERS["arne"]
BY_NUMBER = """query ($n: IdentityNumber!) { patientByIdentityNumber(identityNumber: $n) {
  name plan { parts { kind } } medications { state items { name } } } }"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Processes:
    """Where each process is, and what it has written."""

    def __init__(self, folder: Path) -> None:
        self.logs = folder / "logs"
        self.ports = {name: free_port() for name in ("gateway", "worker", "issuer", *SOURCES)}
        self.emitted = Emitted()

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def service(self, name: str, *module: str, **environ: str) -> Service:
        ready = "/readyz" if name in ("gateway", "worker") else "/healthz"
        command = [sys.executable, "-m", *module]
        log = self.logs / f"{name}.log"
        return Service(name, command, self.ports[name], log, environ, ready)


@pytest.fixture(scope="module")
async def processes(
    postgres_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Processes]:
    folder = tmp_path_factory.mktemp("processes")
    made, running = Processes(folder), Running()
    world = build(today=NOW.date(), patients=5)
    made.emitted.people.add(*named(world))
    world.save(folder / "world.json")
    options = ("--world", str(folder / "world.json"))
    async with migrated_database(postgres_url) as database_url:
        await seed(database_url, world_file.read(folder / "world.json"), 1, NOW.date())
        environ = {
            "DBEP_ENVIRONMENT": "development",
            "DBEP_DATABASE_URL": database_url,
            "DBEP_REDIS_URL": redis_url,
            "DBEP_PORT": str(made.ports["gateway"]),
            "DBEP_WORKER_PORT": str(made.ports["worker"]),
            "DBEP_ISSUER": made.url("issuer"),
            "DBEP_ERASURE_LOG": str(folder / "erasures.log"),
            "DBEP_SHUTDOWN_SECONDS": "1",
            **{f"DBEP_{name.upper()}_URL": made.url(name) for name in SOURCES},
        }
        try:
            running.start(
                *(
                    made.service(name, "simulators", "serve", name, "--port", str(port), *options)
                    for name, port in made.ports.items()
                    if name in SOURCES
                ),
                made.service(
                    "issuer", "local.issuer", "--port", str(made.ports["issuer"]),
                    "--key", str(folder / "issuer" / "key.json"),
                ),
            )  # fmt: skip
            running.start(
                made.service("gateway", "gateway", **environ),
                made.service("worker", "worker", **environ),
            )
            yield made
        finally:
            running.stop()


async def ask(processes: Processes, person: str, query: str, **variables: str) -> dict[str, Any]:
    gateway = processes.url("gateway")
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{gateway}/dev/token/{person}") as answer:
            token = (await answer.json())["access_token"]
        headers = {"authorization": f"Bearer {token}"}
        body = {"query": query, "variables": variables}
        async with session.post(f"{gateway}/graphql", json=body, headers=headers) as answer:
            return dict(await answer.json())


async def send_raw(port: int, text: str) -> None:
    """Send bytes that need not be HTTP, and wait for whatever comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text.encode())
    await writer.drain()
    async with asyncio.timeout(5):
        await reader.read(1000)
    writer.close()


async def test_no_process_writes_whom_it_was_asked_for(processes: Processes) -> None:
    told = await ask(processes, "citizen", BY_NUMBER, n=NUMBER)
    assert told["data"]["patientByIdentityNumber"]["name"] == "Arne Fjell"
    await ask(processes, "locum", BY_NUMBER, n=NUMBER)
    await ask(processes, "citizen", "{ nothing }", n=NUMBER)
    async with aiohttp.ClientSession() as session:
        faults = f"{processes.url('medication')}/_faults"
        await session.put(faults, json=[{"kind": "status", "status": 503}])
        failed = await ask(processes, "citizen", BY_NUMBER, n=NUMBER)
        await session.delete(faults)
        assert failed["data"]["patientByIdentityNumber"]["medications"]["state"] == "UNAVAILABLE"
        # What a caller should not have put into an address is not kept for that.
        for name in processes.ports:
            await session.get(f"{processes.url(name)}/{NUMBER}?n={NUMBER}&name=Arne+Fjell")
            await send_raw(processes.ports[name], f"FETCH {NUMBER} Arne Fjell\r\n\r\n")
    processes.emitted.read_logs(processes.logs.glob("*.log"))
    assert {path.stem for path in processes.logs.glob("*.log")} == set(processes.ports)
    assert Channel.LOG not in processes.emitted.silent()
    assert processes.emitted.leaks() == []
