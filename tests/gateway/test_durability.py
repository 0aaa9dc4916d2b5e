"""A production gateway and databases that do, or do not, keep what they have accepted."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from gateway.compose import compose
from gateway.durability import NotDurable
from gateway.health import look
from gateway.settings import Settings
from local.postgres import Postgres
from store.migrate import migrate
from tests.gateway.serving import ENVIRON, a_settings
from tests.gateway.test_app import run_gateway

NEEDED = ["fsync", "full_page_writes", "synchronous_commit"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A server that starts as ours do where data is kept."""
    folder: Path = tmp_path_factory.mktemp("durable")
    server = Postgres(folder, folder / "log", durable=True)
    server.launch()
    server.await_ready()
    migrate(server.url)
    yield server
    server.stop()


@pytest.fixture
async def administrator(server: Postgres) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(server.url.replace("+asyncpg", ""))
    yield connection
    for setting in NEEDED:
        await connection.execute(f"ALTER SYSTEM RESET {setting}")
    await reload(connection, **dict.fromkeys(NEEDED, "on"))
    await connection.close()


async def switch_off(administrator: asyncpg.Connection, *settings: str) -> None:
    for setting in settings:
        await administrator.execute(f"ALTER SYSTEM SET {setting} = off")
    await reload(administrator, **dict.fromkeys(settings, "off"))


async def reload(administrator: asyncpg.Connection, **expected: str) -> None:
    await administrator.execute("SELECT pg_reload_conf()")
    for setting, value in expected.items():
        while await administrator.fetchval(f"SHOW {setting}") != value:  # noqa: ASYNC110  # no event
            await asyncio.sleep(0.01)


def settings(server: Postgres, **changed: str) -> Settings:
    return a_settings(DBEP_DATABASE_URL=server.url, **changed)


async def reasons(settings: Settings) -> dict[str, str | None]:
    async with compose(settings) as parts:
        return {found.name: found.reason for found in await look(parts.checks, patience=5)}


async def test_production_starts_on_a_database_that_keeps_what_it_has_accepted(
    server: Postgres,
) -> None:
    found = await reasons(settings(server))
    assert (found["database"], found["durability"]) == (None, None)


@pytest.mark.parametrize("setting", NEEDED)
async def test_production_does_not_start_with_one_of_them_off(
    server: Postgres, administrator: asyncpg.Connection, setting: str
) -> None:
    await switch_off(administrator, setting)
    with pytest.raises(NotDurable, match=f"PostgreSQL has {setting} off"):
        await reasons(settings(server))


async def test_a_role_of_its_own_that_does_not_wait_is_noticed_too(
    server: Postgres, administrator: asyncpg.Connection
) -> None:
    await administrator.execute("ALTER ROLE postgres SET synchronous_commit = off")
    try:
        with pytest.raises(NotDurable, match="synchronous_commit"):
            await reasons(settings(server))
    finally:
        await administrator.execute("ALTER ROLE postgres RESET synchronous_commit")


async def test_a_running_gateway_notices_and_is_not_ready_until_it_is_mended(
    server: Postgres, administrator: asyncpg.Connection
) -> None:
    async with compose(settings(server)) as parts:
        checks = [check for check in parts.checks if check.name == "durability"]
        await switch_off(administrator, "fsync", "full_page_writes")
        [found] = await look(checks, patience=5)
        assert (found.is_ready, found.required) == (False, True)
        assert found.reason == (
            "PostgreSQL has fsync, full_page_writes off, so an accepted write could be lost."
        )


async def test_the_process_ends_with_the_one_sentence_that_says_why(
    server: Postgres, administrator: asyncpg.Connection
) -> None:
    await switch_off(administrator, "fsync")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environ = {**ENVIRON, "DBEP_PORT": port, "DBEP_DATABASE_URL": server.url}
    done = await asyncio.to_thread(lambda: run_gateway(**environ))
    assert done.returncode == 3
    assert "The gateway does not start: PostgreSQL has fsync off" in done.stderr
    assert "Traceback" not in done.stderr


async def test_a_developer_may_use_a_quick_database(
    server: Postgres, administrator: asyncpg.Connection
) -> None:
    await switch_off(administrator, "fsync")
    assert "durability" not in await reasons(settings(server, DBEP_ENVIRONMENT="development"))


async def test_a_database_that_does_not_answer_at_start_is_asked_later() -> None:
    found = await reasons(a_settings(DBEP_DATABASE_URL="postgresql://127.0.0.1:1/none"))
    assert found["durability"] == "It failed: ConnectionRefusedError."
