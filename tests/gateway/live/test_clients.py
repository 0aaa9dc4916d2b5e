"""The clients that vendors use, as they come from their registries, against a real gateway."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from gql import Client, gql
from gql.transport.aiohttp_websockets import AIOHTTPWebsocketsTransport

from gateway.live.stream import Ending
from tests.gateway.serving import Gateway
from tests.gateway.talking import until
from tests.gateway.ticking import entries

CLIENTS = Path(__file__).resolve().parents[3] / "web" / "clients"
NODE, NPM = (str(Path(sys.executable).parent / name) for name in ("node", "npm"))
NAMES = (
    *("graphql-ws", "graphql-sse", "urql over graphql-ws", "urql over graphql-sse"),
    "Apollo Client",
)
# Those that connect again by themselves, and then say where they were.
RESUMING = ("graphql-ws", "graphql-sse")


@pytest.fixture(scope="session")
def program() -> Path:
    """Return the program, its clients installed from their lock file on the first run."""
    if not (CLIENTS / "node_modules" / "graphql-ws").is_dir():
        command = [NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=CLIENTS, check=True, capture_output=True, timeout=300)
    return CLIENTS / "clients.js"


@asynccontextmanager
async def running(
    program: Path, name: str, gateway: Gateway, ticks: int, *tokens: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    given = {"url": f"{gateway.url}/graphql", "tokens": tokens, "ticks": ticks}
    process = await asyncio.create_subprocess_exec(
        *(NODE, str(program), name, json.dumps(given)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def heard(process: asyncio.subprocess.Process) -> dict[str, object]:
    async with asyncio.timeout(30):
        output, wrong = await process.communicate()
    assert output, wrong.decode()
    told: dict[str, object] = json.loads(output)
    return told


async def begun(gateway: Gateway) -> None:
    await until(lambda: len(gateway.recorder.ticking.following) == 1, 30)


@pytest.mark.parametrize("name", NAMES)
async def test_a_client_asks_changes_and_follows(
    program: Path, production: Gateway, name: str
) -> None:
    async with running(program, name, production, 3, production.good_token) as process:
        await begun(production)
        await asyncio.sleep(0.5)  # a few of its own pings
        for number in (1, 2, 3):
            await production.recorder.ticking.tick(number)
        assert await heard(process) == {
            "query": {"who": "citizen-1"},
            "mutation": {"touch": "touched"},
            "ticks": [1, 2, 3],
        }
    await until(lambda: production.recorder.ticking.following == {})
    await until(lambda: len(production.connections) == 0)


@pytest.mark.parametrize("name", RESUMING)
async def test_a_client_that_is_asked_to_connect_again_misses_nothing(
    program: Path, production: Gateway, name: str
) -> None:
    ticking = production.recorder.ticking
    async with running(program, name, production, 4, production.good_token) as process:
        await begun(production)
        for number in (1, 2):
            await ticking.tick(number)
        await asyncio.sleep(0.5)  # until it has heard
        (following,) = ticking.following.values()
        following.end(Ending.RESTARTING)
        await ticking.tick(3)
        await begun(production)
        await ticking.tick(4)
        assert (await heard(process))["ticks"] == [1, 2, 3, 4]


@pytest.mark.parametrize("name", RESUMING)
async def test_a_client_whose_token_ends_comes_back_with_a_new_one_and_misses_nothing(
    program: Path, production: Gateway, name: str
) -> None:
    ticking = production.recorder.ticking
    short = production.issuer.token(exp=int(time.time()) + 3)
    # Both connect anew for each operation here, so that the subscription is the third.
    tokens = [production.good_token] * 2 + [short]
    async with running(program, name, production, 3, *tokens, production.good_token) as process:
        await begun(production)
        await ticking.tick(1)
        await until(lambda: ticking.following == {})
        await ticking.tick(2)
        await begun(production)
        await ticking.tick(3)
        assert (await heard(process))["ticks"] == [1, 2, 3]


async def test_gql_of_python_asks_and_follows(production: Gateway) -> None:
    transport = AIOHTTPWebsocketsTransport(
        url=f"{production.url.replace('http', 'ws')}/graphql",
        init_payload={"authorization": f"Bearer {production.good_token}"},
        ping_interval=0.2,
        pong_timeout=2,
    )
    async with Client(transport=transport) as session:
        assert await session.execute(gql("{ who }")) == {"who": "citizen-1"}
        following = session.subscribe(gql("subscription { ticks }"))
        first = asyncio.ensure_future(anext(following))
        await begun(production)
        await asyncio.sleep(0.5)
        await production.recorder.ticking.tick(1)
        assert await first == {"ticks": 1}
        await following.aclose()
        await until(lambda: production.recorder.ticking.following == {})


def test_the_ends_of_the_test_say_what_those_of_the_gateway_say() -> None:
    for ending in Ending:
        assert entries(ending)[0]["message"] == ending.value
