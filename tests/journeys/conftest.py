"""The whole stack on loopback: real sources, database, gateway and signatures, at a fixed time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from types import ModuleType
from typing import Any

import aiohttp
import msgspec
import pytest

from gateway.app import create_app
from gateway.clock import Clock
from gateway.compose import compose
from gateway.settings import Settings
from local.people import IDENTITY, PEOPLE
from local.seed import run as seed
from local.synthetic import world as world_file
from simulators import hospital, kjernejournal, medication, record, sender
from simulators.building import build
from simulators.serving import serve
from simulators.staff import NAMED
from simulators.world import World
from tests.databases import migrated_database
from tests.gateway.serving import CITIZEN, Issuer, a_settings, serving
from tests.journeys.emitted import EMITTED
from tests.journeys.gate import Gate

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LAST = "test_nothing_that_left_a_process_names_anybody"
SOURCES: dict[str, ModuleType] = {
    "kjernejournal": kjernejournal,
    "medication": medication,
    "hospital": hospital,
    "record": record,
    "sender": sender,
}


class Stack:
    """A running gateway with its sources, and the ways to ask and disturb them."""

    def __init__(self, session: aiohttp.ClientSession, world: World) -> None:
        self.session = session
        self.world = world
        self.issuer = Issuer()
        self.now = NOW  # what the gateway's clock says
        self.gate = Gate()  # that all sources are behind
        self.url = ""
        self.sources: dict[str, str] = {}
        self.settings: Settings | None = None

    def token(self, person: str) -> str:
        """Sign a test person's token."""
        claims = PEOPLE[person].claims_at(datetime.now(UTC).timestamp())
        return self.issuer.token(**dict.fromkeys(CITIZEN) | claims)

    async def ask(
        self, person: str, query: str, /, language: str = "nb", **variables: Any
    ) -> dict[str, Any]:
        """Post a query as a test person and return the answer."""
        headers = {"Authorization": f"Bearer {self.token(person)}", "Accept-Language": language}
        body = {"query": query, "variables": variables}
        url = f"{self.url}/graphql"
        async with self.session.post(url, json=body, headers=headers) as answer:
            return dict(msgspec.json.decode(await answer.read()))

    async def disturb(self, source: str, *faults: dict[str, Any]) -> None:
        """Turn a source's fault switch."""
        async with self.session.put(f"{self.sources[source]}/_faults", json=faults) as answer:
            assert answer.status < 300, await answer.text()

    async def calm(self) -> None:
        """Turn every fault off and forget the calls."""
        for url in self.sources.values():
            for path in ("_faults", "_calls"):
                async with self.session.delete(f"{url}/{path}") as answer:
                    assert answer.status < 300

    async def calls(self) -> dict[str, int]:
        """Return how often each endpoint of each source was called."""
        counts: dict[str, int] = {}
        for url in self.sources.values():
            async with self.session.get(f"{url}/_calls") as answer:
                counts |= (await answer.json())["calls"]
        return counts


def named(world: World) -> tuple[set[str], set[str]]:
    """Return the numbers and names of everybody in a world, and of the test persons."""
    people = [*world.people, *(parent for each in world.people for parent in each.parents)]
    team = [member for each in world.people for member in [*each.team, each.gp] if member]
    numbers = {number.value for each in world.people for number in each.numbers}
    claimed = {str(each.claims.get(f"{IDENTITY}pid", "")) for each in PEOPLE.values()}
    names = {str(each.name) for each in [*people, *team, *NAMED]}
    titles = {each.title for each in PEOPLE.values() if not each.is_machine}
    return numbers | claimed - {""}, names | titles


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[Any]:
    """Hear what is logged while a journey runs."""
    with EMITTED.logging():
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the test that looks at what all the others have emitted come last."""
    items.sort(key=lambda item: item.name == LAST)


@asynccontextmanager
async def running_stack(
    postgres_url: str,
    redis_url: str,
    tmp_path_factory: pytest.TempPathFactory,
    clock: Clock | None = None,
    patients: int = 520,
    **changed: str,
) -> AsyncIterator[Stack]:
    """Run everything on a database of its own, under the usual settings with some changed."""
    world = build(today=NOW.date(), patients=patients)
    EMITTED.people.add(*named(world))
    path = tmp_path_factory.mktemp("world") / "world.json"
    world.save(path)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(EMITTED.watching(redis_url))
        database_url = await stack.enter_async_context(migrated_database(postgres_url))
        await seed(database_url, world_file.read(path), 1, NOW.date())
        session = await stack.enter_async_context(aiohttp.ClientSession())
        running = Stack(session, world)
        running.issuer.url = await stack.enter_async_context(serving(running.issuer.app))
        for name, source in SOURCES.items():
            app = EMITTED.watched(source.create_app(world), is_ours=False)
            behind = running.gate.before(app)
            running.sources[name] = await stack.enter_async_context(serve(behind))
        usual = {
            "DBEP_ENVIRONMENT": "development",
            "DBEP_DATABASE_URL": database_url,
            "DBEP_REDIS_URL": redis_url,
            "DBEP_ISSUER": running.issuer.url,
            **{
                f"DBEP_{name.upper()}_{key}": value
                for name in SOURCES
                for key, value in {"URL": running.sources[name], "TOKEN": f"dev-{name}"}.items()
            },
            "DBEP_HOSPITAL_SUBSCRIPTION_KEY": "dev-hospital-key",
            "DBEP_ERASURE_LOG": str(path.with_name("erasures.log")),
            "DBEP_ZONE_EVALUATION": "on",
        }
        settings = running.settings = a_settings(**usual | changed)
        app = create_app(settings, partial(compose, clock=clock or (lambda: running.now)))
        running.url = await stack.enter_async_context(serving(EMITTED.watched(app)))
        yield running


@pytest.fixture(scope="session")
async def lasting_stack(
    postgres_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stack]:
    async with running_stack(postgres_url, redis_url, tmp_path_factory) as running:
        yield running


@pytest.fixture(scope="module")
async def own_stack(
    postgres_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stack]:
    """Give the tests of one file a stack that they may write to."""
    async with running_stack(postgres_url, redis_url, tmp_path_factory) as running:
        yield running


@pytest.fixture
async def stack(lasting_stack: Stack) -> Stack:
    await lasting_stack.calm()
    return lasting_stack
