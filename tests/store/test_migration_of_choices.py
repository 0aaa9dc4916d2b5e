"""What the migration says of plans that were there before anybody was asked for consent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.migrate import migrate
from store.session import engine
from tests.databases import database_before

OURS = "0005"
BEGUN = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
async def before(postgres_url: str) -> AsyncIterator[str]:
    """Give a database as it was before the migration."""
    async with database_before(postgres_url, OURS) as url:
        yield url


async def _add_plan(connection: AsyncConnection, born: date, lifecycle: str, versions: int) -> None:
    by = '{"name": "Ingrid", "organisationNumber": "974795515"}'
    keys = {"patient": uuid4(), "plan": uuid4(), "part": uuid4(), "born": born, "by": by}
    keys |= {"at": BEGUN, "lifecycle": lifecycle, "versions": versions}
    for statement in (
        """INSERT INTO patient (id, given_name, family_name, birth_date, gender)
           VALUES (:patient, 'Nora', 'Fjell', :born, 'FEMALE')""",
        "INSERT INTO plan (patient_id, id, created_at) VALUES (:patient, :plan, :at)",
        """INSERT INTO plan_part (patient_id, id, plan_id, kind, lifecycle, version,
                                  content_version, responsible, updated_at, updated_by)
           VALUES (:patient, :part, :plan, 'KRISEPLAN', :lifecycle, 1, :versions,
                   CAST(:by AS json), :at, CAST(:by AS json))""",
        """INSERT INTO plan_version (patient_id, part_id, number, head_version, content, author,
                                     created_at, approval)
           SELECT :patient, :part, number, number + 1, '{"title": "x"}',
                  CAST(:by AS json), :at, '{}'
             FROM generate_series(1, :versions) AS number""",
    ):
        await connection.execute(text(statement), keys)


async def test_whoever_has_a_plan_has_consented_and_every_version_waits_to_be_delivered(
    before: str,
) -> None:
    database = engine(before)
    async with database.begin() as connection:
        await _add_plan(connection, date(1950, 1, 1), "ACTIVE", 2)
        await _add_plan(connection, date(2020, 1, 1), "REVOKED", 1)
        await _add_plan(connection, date(2013, 1, 1), "DRAFT", 0)
    migrate(before)
    async with database.connect() as connection:
        givers = await connection.scalars(text("SELECT given ->> 'giver' FROM consent"))
        assert set(givers) == {"PATIENT", "PARENT", "CHILD_AND_PARENTS"}
        found = await connection.execute(
            text("SELECT occasion, content_version, organisation_number, state FROM delivery")
        )
        assert sorted(tuple(row) for row in found) == [
            ("ACTIVATED", 1, "974795515", "WAITING"),
            ("ACTIVATED", 1, "974795515", "WAITING"),
            ("REVISED", 2, "974795515", "WAITING"),
            ("REVOKED", 1, "974795515", "WAITING"),
        ]
    await database.dispose()
