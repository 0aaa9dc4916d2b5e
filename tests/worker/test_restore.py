"""A backup of the database's own files, brought back after an erasure that it knows nothing of."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import Text, cast, func, select, text, update

from gateway.compose import compose
from gateway.health import Finding, look
from local.postgres import Postgres
from resolvers.writing import reservation
from store.erasing import Erasing, Outcome
from store.erasure import ErasureStore
from store.erasure_log import ErasureLog
from store.migrate import migrate
from store.session import Sessions, engine, sessions
from store.tables import DeliveryRow, PlanVersionRow, ReservationRow, Row
from store.unit import UnitStore
from tests.builders import NOW
from tests.gateway.serving import a_settings
from tests.writing.clinic import SAID, Clinic
from tests.writing.in_use import in_use

ROOT = Path(__file__).resolve().parents[2]
MARKER = "Hemmelighet-Q7"


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL on a folder of its own; give its address."""
    postgres = Postgres(folder, folder / "log", durable=True)
    postgres.launch()
    postgres.await_ready()
    try:
        yield postgres.url
    finally:
        postgres.stop()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Sessions]:
    database = engine(url)
    yield sessions(database)
    await database.dispose()


def copy(source: Path, target: Path) -> None:
    """Copy a data folder with its owner, as a backup does."""
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def store(verb: str, url: str, log: Path, *given: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "DBEP_DATABASE_URL": url, "DBEP_ERASURE_LOG": str(log)}
    command = [sys.executable, "-m", "store", verb, *given]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


async def found(url: str) -> bool:
    """Tell whether the marker stands in any table."""
    async with opened(url) as db, db() as session:
        for table in Row.metadata.sorted_tables:
            whole = cast(func.to_jsonb(table.table_valued()), Text)
            hit = select(func.count()).select_from(table).where(whole.contains(MARKER))
            if await session.scalar(hit):
                return True
    return False


async def readiness(url: str, log: Path) -> dict[str, Finding]:
    """Ask what keeps the gateway from answering."""
    settings = a_settings(
        DBEP_ENVIRONMENT="development", DBEP_DATABASE_URL=url, DBEP_ERASURE_LOG=str(log)
    )
    later = NOW + timedelta(days=40)
    async with compose(settings, lambda: later) as parts:
        return {finding.name: finding for finding in await look(parts.checks, patience=5)}


async def _delivered(db: Sessions) -> None:
    async with db.begin() as session:
        arrived = {"state": "DELIVERED", "receipt": "J-1", "delivered_at": NOW}
        await session.execute(update(DeliveryRow).values(arrived))


async def _erase(clinic: Clinic, log: Path) -> None:
    erasures = ErasureStore(clinic.db, ErasureLog(log))
    erasing = Erasing(UnitStore(clinic.db), erasures)
    due = NOW + timedelta(days=30)
    assert await erasing.run(clinic.patient_id, due) is Outcome.ERASED


@pytest.mark.parametrize("backup_is", ["before the reservation", "during the reservation"])
async def test_a_restored_backup_is_erased_again_before_it_is_served(
    tmp_path: Path, backup_is: str
) -> None:
    folder, log = tmp_path / "postgres", tmp_path / "erasures.log"
    with server(folder) as url:
        migrate(url)
        async with opened(url) as db:
            clinic = await Clinic.open(db)
            await in_use(clinic, content=replace(SAID, what_matters_to_me=MARKER))
            await _delivered(db)
            if backup_is == "during the reservation":
                await clinic.do(clinic.kari, reservation.RESERVE, patient_id=clinic.patient_id)
    copy(folder / "data", tmp_path / "backup")
    with server(folder) as url:
        async with opened(url) as db:
            again = Clinic(db, clinic.key, clinic.nora.identity_number.value, "", "")
            again.kari = clinic.kari
            if backup_is == "before the reservation":
                await again.do(again.kari, reservation.RESERVE, patient_id=again.patient_id)
            await _erase(again, log)
        assert not await found(url)
        assert (await readiness(url, log))["erasures"].is_ready
    copy(tmp_path / "backup", folder / "data")
    with server(folder) as url:
        assert await found(url)
        finding = (await readiness(url, log))["erasures"]
        assert (finding.is_ready, finding.required) == (False, True)
        assert "erase-again" in str(finding.reason)
        assert store("check-erasures", url, log).returncode == 1
        done = store("erase-again", url, log)
        assert (done.returncode, done.stdout) == (0, "1 erasures were run again\n")
        assert not await found(url)
        assert (await readiness(url, log))["erasures"].is_ready
        assert store("check-erasures", url, log).returncode == 0
        assert store("erase-again", url, log).stdout == "0 erasures were run again\n"
        async with opened(url) as db, db() as session:
            (standing,) = list(await session.scalars(select(ReservationRow)))
            assert (standing.ended_at, standing.erased_at is not None) == (None, True)
            assert list(await session.scalars(select(PlanVersionRow))) == []


async def test_a_log_that_was_changed_stops_the_gateway_and_erases_nothing(
    tmp_path: Path, postgres_url: str
) -> None:
    log = tmp_path / "erasures.log"
    log.write_text('{"id": "ers_1"}\n')
    done = store("erase-again", postgres_url, log)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Nothing was done" in done.stderr
    finding = (await readiness(postgres_url, log))["erasures"]
    assert not finding.is_ready


async def test_a_log_that_lacks_an_erasure_is_told_but_does_not_stop_the_gateway(
    tmp_path: Path, own_database: str
) -> None:
    async with opened(own_database) as db:
        clinic = await Clinic.open(db)
        await clinic.do(clinic.kari, reservation.RESERVE, patient_id=clinic.patient_id)
        await _erase(clinic, tmp_path / "erasures.log")
    findings = await readiness(own_database, tmp_path / "another.log")
    assert findings["erasures"].is_ready
    assert not findings["erasure log"].is_ready
    assert not findings["erasure log"].required


async def test_an_erasure_of_somebody_the_backup_never_knew_is_no_obstacle(
    tmp_path: Path, own_database: str, postgres_url: str
) -> None:
    log = tmp_path / "erasures.log"
    async with opened(own_database) as db:
        clinic = await Clinic.open(db)
        await clinic.do(clinic.kari, reservation.RESERVE, patient_id=clinic.patient_id)
        await _erase(clinic, log)
        async with db.begin() as session:
            # The log of use refuses to be emptied; an owner of the database has ways.
            await session.execute(text("SET LOCAL session_replication_role = replica"))
            for table in reversed(Row.metadata.sorted_tables):
                await session.execute(table.delete())
    assert (await readiness(own_database, log))["erasures"].is_ready
    assert store("erase-again", own_database, log).stdout == "0 erasures were run again\n"


async def test_an_operator_hastens_what_was_reserved_and_nothing_else(
    tmp_path: Path, own_database: str
) -> None:
    async with opened(own_database) as db:
        clinic = await Clinic.open(db)
        patient_id = clinic.patient_id
        for wrong in (patient_id, "pat_x", f"pat_{uuid4()}"):
            done = store("hasten", own_database, tmp_path / "log", wrong)
            assert (done.returncode, done.stdout) == (1, "Nobody of that id has reserved.\n")
        await clinic.do(clinic.kari, reservation.RESERVE, patient_id=patient_id)
        assert store("hasten", own_database, tmp_path / "log", patient_id).returncode == 0
        (row,) = await clinic.rows(ReservationRow)
        assert (row.version, row.erase_after < NOW + timedelta(days=30)) == (2, True)


def test_a_verb_that_is_none_is_told_the_usage(tmp_path: Path) -> None:
    done = store("erase", "postgresql://127.0.0.1:1/none", tmp_path / "x")
    assert (done.returncode, done.stderr.startswith("Usage:")) == (2, True)
