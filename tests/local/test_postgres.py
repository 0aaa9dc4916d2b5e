"""The embedded PostgreSQL on real processes."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from local.postgres import Postgres, throwaway
from local.process import CannotStart


def started(folder: Path) -> Postgres:
    server = Postgres(folder, folder.with_suffix(".log"))
    server.launch()
    server.await_ready()
    return server


async def ask(server: Postgres, query: str) -> object:
    connection = await asyncpg.connect(server.url.replace("+asyncpg", ""))
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all tests, since making one takes a second."""
    return tmp_path_factory.mktemp("private") / "postgres"


@pytest.fixture
async def server(folder: Path) -> AsyncIterator[Postgres]:
    server = started(folder)
    await ask(server, "create table if not exists kept as select 42 as answer")
    yield server
    server.stop()


async def test_data_outlives_a_stop(server: Postgres, folder: Path) -> None:
    birth = server.birth
    server.stop()
    again = started(folder)
    assert await ask(again, "select answer from kept") == 42
    assert again.birth == birth
    again.stop()


async def test_data_outlives_a_killed_server(server: Postgres, folder: Path) -> None:
    assert server.process
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    again = started(folder)
    assert await ask(again, "select answer from kept") == 42
    again.stop()


async def test_a_killed_server_is_started_again_at_the_same_address(server: Postgres) -> None:
    url = server.url
    await ask(server, "insert into kept values (43) returning answer")
    server.kill()
    server.relaunch()
    server.await_ready()
    assert server.url == url
    assert await ask(server, "delete from kept where answer = 43 returning answer") == 43


async def test_no_server_starts_beside_the_last_process_of_a_killed_one(
    server: Postgres, folder: Path
) -> None:
    connection = await asyncpg.connect(server.url.replace("+asyncpg", ""))
    busy = await connection.fetchval("select pg_backend_pid()")
    os.kill(busy, signal.SIGSTOP)  # a process that does not notice that its server is gone
    assert server.process
    server.process.kill()
    server.process.wait()
    starting = asyncio.create_task(asyncio.to_thread(server.relaunch))
    done, _ = await asyncio.wait({starting}, timeout=0.5)
    assert not done
    assert (folder / "data/postmaster.pid").exists()
    os.kill(busy, signal.SIGKILL)
    await starting
    server.await_ready()
    connection.terminate()


async def test_note_of_a_dead_server_does_not_keep_us_out(server: Postgres, folder: Path) -> None:
    server.stop()
    # As after a reboot, when the number belongs to somebody else.
    (folder / "data/postmaster.pid").write_text(f"{os.getpid()}\n")
    again = started(folder)
    assert await ask(again, "select 1") == 1
    again.stop()


async def test_kept_data_is_safe_and_opens_no_port(server: Postgres) -> None:
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        assert await ask(server, f"show {setting}") == "on"
    assert await ask(server, "show listen_addresses") == ""


def test_socket_is_private_and_goes_with_the_server(server: Postgres) -> None:
    socket = Path(server.url.partition("host=")[2])
    assert socket.stat().st_mode & 0o777 == 0o700
    server.stop()
    assert not socket.exists()


async def test_another_major_version_is_one_sentence(server: Postgres, folder: Path) -> None:
    server.stop()
    version = folder / "data/PG_VERSION"
    written = version.read_text()
    version.write_text("9\n")
    try:
        with pytest.raises(CannotStart, match=r"PostgreSQL 9 .* remove that folder"):
            Postgres(folder, folder.with_suffix(".log")).launch()
    finally:
        version.write_text(written)


async def test_throwaway_server_knows_norwegian_capitals() -> None:
    with throwaway() as server:
        assert await ask(server, "select upper('blåbærsyltetøy')") == "BLÅBÆRSYLTETØY"
