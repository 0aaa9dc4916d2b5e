"""The log's writer against a real database: what it promises, and what real faults do to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from domain import ids
from domain.access.audit import AuditEntry, Outcome, PartShown, SectionShown
from domain.access.relation import Basis
from domain.access.viewer import ViewerRole
from domain.author import Author
from domain.operation import Operation
from domain.refusal import Refusal
from domain.source.section import SectionName, SectionState
from store import log as log_reads
from store.log_writer import LogWriter, NotLogged
from store.session import Sessions, engine
from store.tables import AuditEntryRow
from tests.store import rows
from tests.store.rows import NOW, add

FULL = Outcome(
    shown=("plan", "medications"),
    parts=(PartShown(part_id="prt_1", content_version=2),),
    sections=(
        SectionShown(
            section=SectionName.MEDICATIONS, state=SectionState.WITHHELD, withheld_count=3
        ),
    ),
)


def an_entry(patient: UUID, **changes: object) -> AuditEntry:
    known: dict[str, object] = {
        "patient_id": f"pat_{patient}",
        "id": ids.new(ids.LOG_LINE),
        "at": NOW,
        "operation": Operation.READ,
        "subject_id": f"pat_{patient}",
        "by": Author(name="Ingrid Haugen æøå", hpr_number="9144897"),
        "correlation_id": "e-1",
        "role": ViewerRole.CLINICIAN,
    }
    return AuditEntry(**known | changes)  # type: ignore[arg-type]  # as above


@asynccontextmanager
async def writing(url: str, patience: float = 2.0) -> AsyncIterator[LogWriter]:
    own = engine(url, pool_size=1, max_overflow=0)
    try:
        async with LogWriter(own, patience).running() as writer:
            yield writer
    finally:
        await own.dispose()


@pytest.fixture
async def patient(db: Sessions) -> UUID:
    key = uuid4()
    await add(db, rows.a_patient(key))
    return key


async def kept(db: Sessions, patient: UUID) -> list[str]:
    async with db() as session:
        found = await session.scalars(
            select(AuditEntryRow.id).where(AuditEntryRow.patient_id == patient)
        )
        return [f"log_{key}" for key in found]


async def test_an_entry_is_read_as_it_was_written(
    db: Sessions, database_url: str, patient: UUID
) -> None:
    whole = an_entry(
        patient,
        basis=Basis.ATTEST,
        by_number="05894500079",
        purpose_of_use="TREAT",
        on_behalf_of="Nora",
        legal_entity="983974899",
        decision_id="d-1",
        refusal=Refusal.ROLE,
        allowed=("PLAN", "MEDICATIONS"),
        adds_to=ids.new(ids.LOG_LINE),
        outcome=FULL,
    )
    bare = an_entry(patient, role=None)
    async with writing(database_url) as writer:
        await writer.write([whole, bare])
    async with db() as session:
        for each in (whole, bare):
            assert await log_reads.entry(session, each.patient_id, each.id) == each


async def test_what_many_hand_over_at_once_is_one_commit(
    db: Sessions, database_url: str, patient: UUID
) -> None:
    async with writing(database_url) as writer:
        await writer.write([an_entry(patient)])
        await asyncio.gather(*(writer.write([an_entry(patient)]) for _ in range(40)))
    async with db() as session:
        commits = await session.scalars(
            text("SELECT DISTINCT xmin::text FROM audit_entry WHERE patient_id = :key"),
            {"key": patient},
        )
        assert len(list(commits)) == 2
    assert len(await kept(db, patient)) == 41


async def test_the_same_entry_twice_is_kept_once(
    db: Sessions, database_url: str, patient: UUID
) -> None:
    entry = an_entry(patient)
    async with writing(database_url) as writer:
        await writer.write([entry])
        await writer.write([entry, an_entry(patient)])
    assert len(await kept(db, patient)) == 2


async def test_one_that_can_not_be_kept_does_not_keep_the_others_back(
    db: Sessions, database_url: str, patient: UUID
) -> None:
    async with writing(database_url) as writer:
        waits = [
            writer.write([an_entry(patient)]),
            writer.write([an_entry(patient, correlation_id="\0")]),  # no text of PostgreSQL's
            writer.write([an_entry(patient)]),
        ]
        done = await asyncio.gather(*waits, return_exceptions=True)
    assert [type(each) for each in done] == [type(None), NotLogged, type(None)]
    assert len(await kept(db, patient)) == 2


async def test_a_connection_that_was_lost_is_made_anew(
    database: AsyncEngine, db: Sessions, database_url: str, patient: UUID
) -> None:
    async with writing(database_url) as writer:
        await writer.write([an_entry(patient)])
        await _end_writers(database)
        await writer.write([an_entry(patient)])
    assert len(await kept(db, patient)) == 2


async def test_a_database_that_takes_no_writes_is_a_failure_to_log(
    database: AsyncEngine, db: Sessions, database_url: str, patient: UUID
) -> None:
    async with writing(database_url) as writer:
        await writer.write([an_entry(patient)])
        async with _read_only(database):
            with pytest.raises(NotLogged):
                await writer.write([an_entry(patient)])
        await _end_writers(database)
        await writer.write([an_entry(patient)])
    assert len(await kept(db, patient)) == 2


async def test_a_table_that_is_locked_is_a_failure_to_log_after_a_while(
    database: AsyncEngine, db: Sessions, database_url: str, patient: UUID
) -> None:
    async with writing(database_url, patience=0.2) as writer:
        await writer.write([an_entry(patient)])
        async with database.begin() as other:
            await other.execute(text("LOCK TABLE audit_entry IN EXCLUSIVE MODE"))
            with pytest.raises(NotLogged):
                await writer.write([an_entry(patient)])
        await writer.write([an_entry(patient)])
    assert len(await kept(db, patient)) >= 2


async def test_no_database_is_a_failure_to_log() -> None:
    async with writing("postgresql://127.0.0.1:1/none") as writer:
        with pytest.raises(NotLogged):
            await writer.write([an_entry(uuid4())])


async def test_what_waits_when_the_process_ends_is_told_so(
    database: AsyncEngine, database_url: str, patient: UUID
) -> None:
    async with database.begin() as other:
        await other.execute(text("LOCK TABLE audit_entry IN EXCLUSIVE MODE"))
        async with writing(database_url) as writer:
            first = writer.write([an_entry(patient)])
            await asyncio.sleep(0.1)
            second = writer.write([an_entry(patient)])
    for each in (first, second):
        with pytest.raises(NotLogged):
            await each


async def _end_writers(database: AsyncEngine) -> None:
    """Cut every other connection to this database off, as a restart of the server would."""
    async with database.begin() as other:
        await other.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                " current_database() AND pid <> pg_backend_pid() AND query LIKE 'INSERT INTO aud%'"
            )
        )


@asynccontextmanager
async def _read_only(database: AsyncEngine) -> AsyncIterator[None]:
    """Let new connections read only, as on a server that has become a standby."""
    name = database.url.database
    async with database.begin() as other:
        await other.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    await _end_writers(database)
    yield
    async with database.begin() as other:
        await other.execute(text("SET TRANSACTION READ WRITE"))
        await other.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
