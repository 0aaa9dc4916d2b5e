from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

import msgspec
import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.cooperation.task import TaskKind
from store.session import Sessions
from store.shift import ShiftStore
from store.task import TaskStore
from tests.store.rows import AUTHOR, NOW

HERE, ELSEWHERE = "900000001", "900000002"
PATIENTS, EVENTS, CHANGED = 4_000, 20, 60

# Thousands of patients, a fortieth of them on the list of one small unit; only a few have changed.
_FILL = (
    """
    INSERT INTO patient (id, given_name, family_name, birth_date, gender)
    SELECT gen_random_uuid(), n::text, 'Syntetisk', '2000-01-01', 'UNKNOWN'
      FROM generate_series(1, :patients) AS n
    """,
    """
    INSERT INTO plan (patient_id, id) SELECT id, gen_random_uuid() FROM patient
    """,
    """
    INSERT INTO plan_part (patient_id, id, plan_id, kind, lifecycle, version, content_version,
                           responsible, review_due, updated_at, updated_by)
    SELECT patient_id, gen_random_uuid(), id, 'KRISEPLAN', 'ACTIVE', 2, 1, CAST(:author AS json),
           CAST(:now AS timestamptz)::date - (random() * 9)::int, :now, CAST(:author AS json)
      FROM plan
    """,
    """
    INSERT INTO plan_version (patient_id, part_id, number, head_version, content, author,
                              created_at, approval)
    SELECT patient_id, id, 1, 2, '{"title": "P"}', CAST(:author AS json), :now,
           '{"state":"REQUESTED"}'
      FROM plan_part
    """,
    """
    INSERT INTO comment (patient_id, id, part_id, text, author, visibility, version, status,
                         created_at)
    SELECT patient_id, gen_random_uuid(), id, 'Hei', '{"name": "Kari"}', 'EVERYONE', 1,
           CASE WHEN n = 1 THEN 'OPEN' ELSE 'ANSWERED' END, :now
      FROM plan_part, generate_series(1, 5) AS n
    """,
    """
    INSERT INTO event (patient_id, number, id, kind, subject_id, at)
    SELECT part.patient_id, n, gen_random_uuid(), 'PART_REVISED', 'prt_' || part.id,
           CASE WHEN patient.given_name::int <= :changed AND n > :events - 3 THEN :now
                ELSE CAST(:now AS timestamptz) - make_interval(days => 90 - n) END
      FROM plan_part AS part JOIN patient ON patient.id = part.patient_id,
           generate_series(1, :events) AS n
    """,
    """
    INSERT INTO audit_entry (patient_id, id, at, operation, subject_id, by, role, basis,
                             correlation_id)
    SELECT patient_id, id, at, 'ACTIVATE', subject_id, CAST(:author AS json), 'CLINICIAN',
           'CARE_TEAM', 'e'
      FROM event
    """,
    """
    INSERT INTO worklist_entry (organisation, patient_id, changed_at, kinds, approval_requested,
                                open_comments, open_suggestions, review_due,
                                unseen_reds, unseen_yellows, outdated_parts,
                                parents_choice_from, parents_choice_until)
    SELECT CASE WHEN given_name::int % 40 = 0 THEN '900000001' ELSE '900000002' END, patient.id,
           (SELECT max(at) FROM event WHERE patient_id = patient.id), '{KRISEPLAN}', true, 1, 0,
           (SELECT review_due FROM plan_part WHERE patient_id = patient.id),
           CASE WHEN given_name::int % 40 = 0 THEN 1 ELSE 0 END, 0, 0,
           DATE '2000-01-01', DATE '2100-01-01'
      FROM patient
    """,
    """
    INSERT INTO report (patient_id, id, source, author, author_id, received_at, happened_at, signs,
                        stands_since, urgency, waits_as)
    SELECT patient.id, gen_random_uuid(), 'SELF', 'Kari', 's', at, at, '[]', at, 'YELLOW',
           CASE WHEN given_name::int % 40 = 0 AND n = 30 THEN 'YELLOW' END
      FROM patient,
           generate_series(1, CASE WHEN given_name::int % 40 = 0 THEN 30 ELSE 2 END) AS n,
           LATERAL (SELECT CAST(:now AS timestamptz) - make_interval(days => n) AS at) AS when_at
    """,
    """
    INSERT INTO handover (patient_id, id, version, state, part_ids, from_organisation,
                          to_organisation, reason, open_actions, opened_by, opened_at, left_out)
    SELECT id, gen_random_uuid(), 1, CASE WHEN given_name::int % 40 = 0 THEN 'OPEN'
           ELSE 'ACCEPTED' END, '{}', '900000002', '900000001', 'Utskrevet', '[]',
           CAST(:author AS json), :now, '{}'
      FROM patient
    """,
)


@pytest.fixture(scope="module")
async def filled(database: AsyncEngine) -> None:
    author = msgspec.json.encode(AUTHOR).decode()
    given = {"patients": PATIENTS, "events": EVENTS, "changed": CHANGED}
    async with database.begin() as connection:
        for statement in _FILL:
            names = {"author": author, "now": NOW} | given
            used = {name: value for name, value in names.items() if f":{name}" in statement}
            await connection.execute(text(statement), used)
    async with database.connect() as connection:
        autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await autocommit.execute(text("VACUUM ANALYZE"))


class Plans:
    """What PostgreSQL did for each statement."""

    def __init__(self, database: AsyncEngine) -> None:
        self.database = database
        self.asked: list[tuple[str, Any]] = []

    async def __aenter__(self) -> Self:
        event.listen(self.database.sync_engine, "before_cursor_execute", self._note)
        return self

    async def __aexit__(self, *_: object) -> None:
        event.remove(self.database.sync_engine, "before_cursor_execute", self._note)

    def _note(self, *given: Any) -> None:
        self.asked.append((given[2], given[3]))

    async def read(self) -> list[dict[str, Any]]:
        """Return every step of the plans of what was asked, with the rows it really had."""
        asked, steps = list(self.asked), []
        async with self.database.connect() as connection:
            # In tables as small as a test's, reading all of it may be quicker than any index.
            await connection.execute(text("SET enable_seqscan = off"))
            for statement, values in asked:
                raw = await connection.exec_driver_sql(
                    f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values
                )
                (plan,) = msgspec.json.decode(msgspec.json.encode(raw.scalar()))
                steps += _steps(plan["Plan"])
        return steps


def _steps(step: dict[str, Any]) -> list[dict[str, Any]]:
    return [step, *(inner for each in step.get("Plans", ()) for inner in _steps(each))]


def _read(steps: list[dict[str, Any]], table: str) -> int:
    """Return how many rows of a table were looked at, kept or not."""
    of_table = [step for step in steps if step.get("Relation Name") == table]
    return sum(
        (step["Actual Rows"] + step.get("Rows Removed by Filter", 0)) * step["Actual Loops"]
        for step in of_table
    )


async def test_changes_since_then_look_at_the_changed_patients_of_the_list_only(
    db: Sessions, database: AsyncEngine, filled: None
) -> None:
    since = NOW - timedelta(hours=8)
    async with Plans(database) as plans:
        found = await ShiftStore(db).changes(ELSEWHERE, since, None, 101, NOW)
    steps = await plans.read()
    assert len(found) == 101
    assert len(plans.asked) == 1
    assert "ix_event_patient_newest" in {step.get("Index Name") for step in steps}
    assert not [s for s in steps if s["Node Type"] == "Seq Scan" and s["Relation Name"] == "event"]
    told = 3 * CHANGED
    assert _read(steps, "worklist_entry") <= CHANGED
    assert _read(steps, "event") <= told
    assert _read(steps, "audit_entry") <= told


@pytest.mark.parametrize("kind", list(TaskKind))
async def test_what_waits_for_a_small_unit_is_found_without_reading_the_others(
    db: Sessions, database: AsyncEngine, filled: None, kind: TaskKind
) -> None:
    async with Plans(database) as plans:
        found = await TaskStore(db).page(kind, HERE, None, 101, NOW)
    steps = await plans.read()
    own = PATIENTS // 40
    assert len(found) == min(101, own)
    assert len(plans.asked) == 1
    for table in ("worklist_entry", "plan_part", "plan_version", "handover"):
        assert _read(steps, table) <= 3 * own, table
    assert _read(steps, "comment") <= 6 * own


async def test_the_oldest_unseen_report_is_found_without_reading_the_seen_ones(
    db: Sessions, database: AsyncEngine, filled: None
) -> None:
    since = NOW - timedelta(hours=8)
    async with Plans(database) as plans:
        found = await ShiftStore(db).reports(HERE, since, None, 101, NOW)
    steps = await plans.read()
    own = PATIENTS // 40
    assert len(found) == own
    assert {each.report.received_at for each in found} == {NOW - timedelta(days=30)}
    assert len(plans.asked) == 1
    assert _read(steps, "worklist_entry") <= 2 * own
    # Looked up once as what waits, and once more to be put together.
    assert _read(steps, "report") <= 3 * own
