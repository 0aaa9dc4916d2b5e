"""What the migration says of plans that were in use before anybody compared them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.outdated.comparison import ComparisonState
from domain.source.section import SectionName
from store.comparison import ComparisonStore
from store.migrate import migrate
from store.session import engine, sessions
from tests.databases import database_before

OURS, CLOSED_AGAIN = "0009", "0012"
MEDICINES = SectionName.MEDICATIONS
_COMPARED = """
    INSERT INTO comparison (patient_id, part_id, section, since, attempts, blind_to, is_partial,
                            is_closed, fingerprints, accepted, reasons, reason_count)
    SELECT patient_id, id, 'MEDICATIONS', :at, 0, '{}', false, :is_closed, '[]', '{}', '[]', 0
      FROM plan_part WHERE id = CAST(CAST(:part AS text) AS uuid)
    """
BEGUN = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
async def before(postgres_url: str) -> AsyncIterator[str]:
    """Give a database as it was before the migration."""
    async with database_before(postgres_url, OURS) as url:
        yield url


async def _add_part(connection: AsyncConnection, lifecycle: str) -> str:
    keys: dict[str, Any] = {"patient": uuid4(), "plan": uuid4(), "part": uuid4(), "at": BEGUN}
    keys |= {"lifecycle": lifecycle, "by": '{"name": "Ingrid"}'}
    for statement in (
        """INSERT INTO patient (id, given_name, family_name, birth_date, gender, event_count)
           VALUES (:patient, 'Nora', 'Fjell', '2015-01-20', 'FEMALE', 0)""",
        "INSERT INTO plan (patient_id, id, created_at) VALUES (:patient, :plan, :at)",
        """INSERT INTO plan_part (patient_id, id, plan_id, kind, lifecycle, version,
                                  content_version, responsible, updated_at, updated_by)
           VALUES (:patient, :part, :plan, 'KRISEPLAN', :lifecycle, 2, 1,
                   CAST(:by AS json), :at, CAST(:by AS json))""",
    ):
        await connection.execute(text(statement), keys)
    return f"prt_{keys['part']}"


async def test_every_part_in_use_is_to_be_compared_with_every_source(before: str) -> None:
    database = engine(before)
    async with database.begin() as connection:
        used = {await _add_part(connection, each) for each in ("ACTIVE", "ON_HOLD")}
        for each in ("DRAFT", "COMPLETED", "REVOKED"):
            await _add_part(connection, each)
    migrate(before)
    comparisons = ComparisonStore(sessions(database))
    for section in (SectionName.MEDICATIONS, SectionName.CRITICAL_INFO, SectionName.APPOINTMENTS):
        due = await comparisons.due(section, datetime.now(UTC), 9)
        assert {(each.part_id, each.since) for each in due} == {(part, BEGUN) for part in used}
        assert all(each.baseline_at is None and each.reasons == () for each in due)
    await database.dispose()


async def test_what_was_closed_for_good_is_due_within_a_day(postgres_url: str) -> None:
    async with database_before(postgres_url, CLOSED_AGAIN) as url:
        database = engine(url)
        async with database.begin() as connection:
            shut, open_one = [await _add_part(connection, "ACTIVE") for _ in range(2)]
            for part, is_closed in ((shut, True), (open_one, False)):
                keys = {"part": part.removeprefix("prt_"), "at": BEGUN, "is_closed": is_closed}
                await connection.execute(text(_COMPARED), keys)
        migrate(url)
        comparisons, now = ComparisonStore(sessions(database)), datetime.now(UTC)
        due = await comparisons.due(MEDICINES, now + timedelta(days=1), 9)
        assert [each.part_id for each in due] == [shut]
        assert due[0].state(now) is ComparisonState.CLOSED
        await database.dispose()
