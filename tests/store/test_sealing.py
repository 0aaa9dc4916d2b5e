"""Seals on a real database: what is tampered with shows, and nothing is passed over."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from domain.access.seal import Break
from store.saving import add as save
from store.sealing import Sealing
from store.session import Sessions
from store.tables import AuditEntryRow
from tests.store import rows
from tests.store.rows import NOW, add
from tests.store.test_log_writer import an_entry

YEAR = timedelta(days=366)
_AS_OWNER = "SET session_replication_role = replica"  # switches the triggers off, as an owner can


@pytest.fixture
async def own(db: Sessions) -> Sessions:
    """Give each test an empty log, for it is verified as a whole."""
    await tamper(db, "TRUNCATE audit_entry, seal, unsealed_line RESTART IDENTITY")
    return db


@pytest.fixture
async def patient(own: Sessions) -> UUID:
    key = uuid4()
    await add(own, rows.a_patient(key))
    return key


async def log_lines(own: Sessions, patient: UUID, count: int = 3) -> None:
    async with own.begin() as session:
        for _ in range(count):
            await save(session, an_entry(patient))


async def tamper(own: Sessions, *statements: str) -> None:
    async with own.begin() as session:
        await session.execute(text(_AS_OWNER))
        for statement in statements:
            await session.execute(text(statement))
        await session.execute(text("SET session_replication_role = origin"))


async def found(
    own: Sessions, head: tuple[int, bytes] | None = None
) -> list[tuple[Break, int, int | None]]:
    _, mismatches = await Sealing(own).verify(head)
    return [(each.kind, each.seal, each.place) for each in mismatches]


@pytest.fixture
async def sealed(own: Sessions, patient: UUID) -> Sessions:
    """A log of two seals: lines 1 to 3, and 4 to 6."""
    for _ in range(2):
        await log_lines(own, patient)
        assert await Sealing(own).seal(NOW)
    return own


async def test_an_untouched_log_holds(sealed: Sessions) -> None:
    assert await found(sealed) == []
    assert await Sealing(sealed).seal(NOW) is None
    assert await Sealing(sealed).behind_seconds() == 0


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE audit_entry SET by_number = '1' WHERE place = 2", (Break.LINE_CHANGED, 1, 2)),
        (
            "UPDATE audit_entry SET at = at + interval '1 s' WHERE place = 5",
            (Break.LINE_CHANGED, 2, 5),
        ),
        ("DELETE FROM audit_entry WHERE place = 2", (Break.LINE_GONE, 1, 2)),
        (
            "UPDATE audit_entry SET secret = NULL, by = NULL WHERE place = 4",
            (Break.LINE_EMPTIED, 2, 4),
        ),
        (
            "UPDATE seal SET places = ARRAY[2,1,3] WHERE number = 1",
            (Break.SEAL_CHANGED, 1, None),
        ),
        ("UPDATE seal SET emptied_through = 9 WHERE number = 2", (Break.SEAL_CHANGED, 2, None)),
        ("DELETE FROM seal WHERE number = 1", (Break.SEAL_GONE, 2, None)),
    ],
)
async def test_what_is_tampered_with_shows_and_where(
    sealed: Sessions, statement: str, expected: tuple[Break, int, int | None]
) -> None:
    await tamper(sealed, statement)
    assert expected in await found(sealed)


async def test_two_lines_that_have_changed_places_show(sealed: Sessions) -> None:
    await tamper(
        sealed,
        "ALTER TABLE audit_entry ALTER place DROP IDENTITY",
        "UPDATE audit_entry SET place = 99 WHERE place = 1",
        "UPDATE audit_entry SET place = 1 WHERE place = 2",
        "UPDATE audit_entry SET place = 2 WHERE place = 99",
        "ALTER TABLE audit_entry ALTER place ADD GENERATED ALWAYS AS IDENTITY",
    )
    assert await found(sealed) == [(Break.LINE_CHANGED, 1, 1), (Break.LINE_CHANGED, 1, 2)]


async def test_a_line_that_was_slipped_in_past_the_sealer_shows(
    sealed: Sessions, patient: UUID
) -> None:
    await log_lines(sealed, patient, 1)
    await tamper(sealed, "DELETE FROM unsealed_line")
    assert await found(sealed) == [(Break.NOT_SEALED, 0, 7)]


async def test_a_line_that_is_taken_away_before_it_is_sealed_shows(
    sealed: Sessions, patient: UUID
) -> None:
    await log_lines(sealed, patient, 1)
    await tamper(sealed, "DELETE FROM audit_entry WHERE place = 7")
    await Sealing(sealed).seal(NOW)
    assert await found(sealed) == [(Break.LINE_GONE, 3, 7)]


async def test_a_log_that_was_cut_off_at_the_end_shows_against_a_head_noted_elsewhere(
    sealed: Sessions, patient: UUID
) -> None:
    newest, _ = await Sealing(sealed).verify()
    assert newest is not None
    head = (newest.number, newest.digest)
    assert await found(sealed, head) == []
    await tamper(
        sealed, "DELETE FROM seal WHERE number = 2", "DELETE FROM audit_entry WHERE place > 3"
    )
    assert await found(sealed) == []
    assert await found(sealed, head) == [(Break.HEAD_GONE, 2, None)]
    await log_lines(sealed, patient, 1)
    await Sealing(sealed).seal(NOW)
    assert await found(sealed, head) == [(Break.HEAD_DIFFERS, 2, None)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET by_number = '1'",
        "UPDATE audit_entry SET secret = NULL, by = NULL",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "UPDATE seal SET at = at + interval '1 s'",
        "DELETE FROM seal",
        "TRUNCATE seal",
    ],
)
async def test_the_database_refuses_all_but_adding(sealed: Sessions, statement: str) -> None:
    with pytest.raises(DBAPIError):
        async with sealed.begin() as session:
            await session.execute(text(statement))
    assert await found(sealed) == []


async def test_a_line_committed_late_is_sealed_then_and_holds_nobody_up(
    own: Sessions, patient: UUID
) -> None:
    async with own() as slow:
        await save(slow, an_entry(patient))
        await log_lines(own, patient, 2)
        made = await asyncio.wait_for(Sealing(own).seal(NOW), 5)
        assert made is not None
        assert made.places == (2, 3)
        await slow.commit()
    assert await Sealing(own).behind_seconds() > 0
    later = await Sealing(own).seal(NOW)
    assert later is not None
    assert later.places == (1,)
    assert await found(own) == []


async def test_a_long_log_is_verified_a_handful_at_a_time(
    own: Sessions, patient: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(7):
        await log_lines(own, patient, 2)
        await Sealing(own).seal(NOW)
    monkeypatch.setattr("store.sealing.MOST_LINES", 5)
    monkeypatch.setattr("store.sealing.MOST_SEALS", 4)
    assert await found(own) == []
    await tamper(own, "UPDATE audit_entry SET by_number = '1' WHERE place IN (1, 8, 14)")
    assert [place for _, _, place in await found(own)] == [1, 8, 14]


async def test_several_sealers_make_one_chain(own: Sessions, patient: UUID) -> None:
    for _ in range(3):
        await log_lines(own, patient)
        await asyncio.gather(*(Sealing(own).seal(NOW) for _ in range(4)))
    await Sealing(own).seal(NOW)
    assert await found(own) == []


async def test_retention_empties_old_lines_and_the_seals_still_hold(
    own: Sessions, patient: UUID
) -> None:
    await log_lines(own, patient)
    await Sealing(own).seal(NOW - 2 * YEAR)
    await log_lines(own, patient)
    await Sealing(own).seal(NOW)
    assert await Sealing(own).empty(NOW - YEAR, NOW) == 3
    assert await Sealing(own).empty(NOW - YEAR, NOW) == 0
    async with own() as session:
        lines = list(await session.scalars(select(AuditEntryRow).order_by(AuditEntryRow.place)))
    assert [line.by is None for line in lines] == [True] * 3 + [False] * 3
    emptied = {name for name in AuditEntryRow.__table__.columns.keys() if getattr(lines[0], name)}  # noqa: SIM118  # columns, not a dict
    assert emptied == {"patient_id", "id", "place", "at", "operation"}
    assert await found(own) == []
    await tamper(own, "UPDATE audit_entry SET secret = NULL, by = NULL WHERE place = 5")
    assert await found(own) == [(Break.LINE_EMPTIED, 2, 5)]


def verify(url: str, *given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "store", "verify-log", *given]
    return subprocess.run(
        command, env={"DBEP_DATABASE_URL": url}, capture_output=True, text=True, check=False
    )


async def test_the_command_tells_in_words_and_by_its_exit_status(
    sealed: Sessions, database_url: str
) -> None:
    good = await asyncio.to_thread(verify, database_url)
    assert good.returncode == 0, good.stderr
    assert "All that was sealed holds." in good.stdout
    head = good.stdout.split("Head: ")[1].split()[0]
    await tamper(sealed, "UPDATE audit_entry SET by_number = '1' WHERE place = 2")
    bad = await asyncio.to_thread(verify, database_url, head)
    assert bad.returncode == 1
    assert "Line 2 (of seal 1): the line is not what was sealed." in bad.stdout
    assert (await asyncio.to_thread(verify, database_url, "x")).returncode == 2
