"""The worker as a process of its own: it starts, is killed without warning, and goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from msgspec.structs import replace
from sqlalchemy import update

from store.tables import DeliveryRow, PlanPartRow, ReservationRow
from tests.builders import a_citizen
from tests.gateway.serving import ENVIRON
from tests.store import rows
from tests.store.rows import add
from tests.worker.backroom import Backroom
from tests.worker.phones import choose, messages
from tests.writing.clinic import SAID
from tests.writing.in_use import in_use

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def environ(backroom: Backroom, **changes: str) -> dict[str, str]:
    settings = {
        "DBEP_ENVIRONMENT": "development",  # the sources know its secrets, which are no others'
        "DBEP_DATABASE_URL": backroom.database_url,
        "DBEP_RECORD_URL": backroom.record_url,
        "DBEP_RECORD_TOKEN": "dev-record",
        "DBEP_SENDER_URL": backroom.sender_url,
        "DBEP_SENDER_TOKEN": "dev-sender",
        "DBEP_KJERNEJOURNAL_URL": backroom.register_url,
        "DBEP_KJERNEJOURNAL_TOKEN": "dev-kjernejournal",
        "DBEP_ERASURE_LOG": str(backroom.log),
    }
    return {"PATH": os.environ["PATH"], **ENVIRON, **settings, **changes}


@contextmanager
def working(backroom: Backroom, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the worker; whoever has not stopped it by then does so at the end."""
    log = backroom.log.with_name("worker.log")
    with (
        log.open("ab") as output,
        subprocess.Popen(
            [sys.executable, "-m", "worker"],
            cwd=ROOT,
            env=environ(backroom, DBEP_WORKER_PORT=str(port)),
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(40):
        while not await true():  # noqa: ASYNC110  # another process has no event for us
            await asyncio.sleep(0.05)


async def readiness(backroom: Backroom, port: int) -> tuple[int, dict[str, Any]]:
    try:
        async with backroom.http.get(f"http://127.0.0.1:{port}/readyz") as answer:
            checks = (await answer.json())["checks"]
            return answer.status, {each["name"]: each["ready"] for each in checks}
    except aiohttp.ClientError:
        return 0, {}


async def _long_due(backroom: Backroom) -> None:
    past = datetime.now(UTC) - timedelta(days=1)
    async with backroom.clinic.db.begin() as session:
        await session.execute(update(DeliveryRow).values(next_try_at=past))


async def test_killed_in_the_middle_of_deliveries_it_goes_on_and_none_is_lost_or_kept_twice(
    backroom: Backroom,
) -> None:
    for number in range(10):
        await in_use(backroom.clinic, content=replace(SAID, title=f"Utgave {number}"))
    await _long_due(backroom)
    await backroom.faults({"kind": "latency", "ms": 150})

    async def some_are_kept() -> bool:
        return len(backroom.record.kept) >= 3 and backroom.record.in_flight > 0

    async def all_have_arrived() -> bool:
        return {row.state for row in await backroom.deliveries()} == {"DELIVERED"}

    with working(backroom, free_port()) as process:
        await until(some_are_kept)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert not await all_have_arrived()
    with working(backroom, free_port()):
        await until(all_have_arrived)
    receipts = {row.receipt for row in await backroom.deliveries()}
    assert receipts == {kept.receipt for kept in backroom.record.kept.values()}
    assert len(receipts) == 10


async def test_it_answers_for_its_health_and_erases_what_is_due(backroom: Backroom) -> None:
    port = free_port()
    await in_use(backroom.clinic)
    await _long_due(backroom)
    await backroom.reserve()
    async with backroom.clinic.db.begin() as session:
        past = datetime.now(UTC) - timedelta(hours=1)
        await session.execute(update(ReservationRow).values(erase_after=past))

    async def is_erased() -> bool:
        return not await backroom.clinic.rows(PlanPartRow)

    async def is_well() -> bool:
        names = ("database", "worker", "deliveries", "erasures", "changes")
        names += ("messages", "log seals", "webhooks")
        return await readiness(backroom, port) == (200, dict.fromkeys(names, True))

    with working(backroom, port) as process:
        await until(is_erased)
        await until(is_well)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)
    said = backroom.log.with_name("worker.log").read_text()
    assert "a patient's plan was erased" in said
    assert not any(each in said for each in ("Nora", "02834530190", SAID.title))


def test_wrong_settings_and_a_taken_port_are_sentences() -> None:
    def run(**changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "worker"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **ENVIRON, **changes},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    wrong = run(DBEP_WORKER_PORT="x")
    assert (wrong.returncode, wrong.stderr.splitlines()) == (
        2,
        ["DBEP_WORKER_PORT must be a number from 0 to 65535."],
    )
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        busy = run(DBEP_WORKER_PORT=port)
    assert busy.returncode == 1
    assert busy.stderr.startswith(f"The worker can't listen on 127.0.0.1:{port} (")


async def test_killed_at_any_moment_an_erasure_is_whole_or_not_begun(backroom: Backroom) -> None:
    for number in range(3):
        await in_use(backroom.clinic, content=replace(SAID, title=f"Utgave {number}"))
    await backroom.delivering.turn()
    await backroom.reserve()
    past = datetime.now(UTC) - timedelta(hours=1)
    async with backroom.clinic.db.begin() as session:
        await session.execute(update(ReservationRow).values(erase_after=past))

    async def is_logged() -> bool:
        return backroom.log.exists()

    with working(backroom, free_port()) as process:
        await until(is_logged)  # the commit comes right after this
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    (reservation,) = await backroom.clinic.rows(ReservationRow)
    assert bool(await backroom.clinic.rows(PlanPartRow)) is (reservation.erased_at is None)


async def test_killed_in_the_middle_of_messages_it_goes_on_and_each_is_sent_once(
    backroom: Backroom,
) -> None:
    clinic = backroom.clinic
    for viewer in (clinic.kari, clinic.ola):
        await choose(clinic, viewer)
    for number in range(10):
        viewer = a_citizen(f"{number:011}", subject=f"s-{number}")
        await add(clinic.db, rows.a_parent(clinic.key, f"{number:011}"))
        await choose(clinic, viewer)
    await in_use(clinic)
    await backroom.faults({"kind": "latency", "ms": 150}, url=backroom.sender_url)

    async def some_are_sent() -> bool:
        return len(backroom.sender.sent) >= 3 and backroom.sender.in_flight > 0

    async def all_are_settled() -> bool:
        found = await messages(backroom)
        return len(found) == 12 and {row.state for row in found} == {"SENT"}

    with working(backroom, free_port()) as process:
        await until(some_are_sent)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert not await all_are_settled()
    with working(backroom, free_port()):
        await until(all_are_settled)
    assert len({each.number for each in backroom.sender.sent}) == len(backroom.sender.sent) == 12
    said = backroom.log.with_name("worker.log").read_text()
    assert not any(each.number in said for each in backroom.sender.sent)
