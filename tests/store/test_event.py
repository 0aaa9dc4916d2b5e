from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from domain.event import EventKind
from store import event
from store.session import Sessions
from store.tables import EventRow, PatientRow
from tests.store import rows
from tests.store.rows import NOW, add


async def test_events_of_a_patient_are_counted_and_kept(db: Sessions) -> None:
    key, other = uuid4(), uuid4()
    await add(db, rows.a_patient(key, event_count=6), rows.a_patient(other))
    async with db.begin() as session:
        for version in (3, None):
            made = await event.add(session, key, EventKind.REPORT_SENT, "rep_1", NOW, version)
            kept = await session.get(EventRow, (key, made.number))
            assert kept is not None
            assert (made.patient_id, made.id) == (f"pat_{key}", str(kept.id))
            assert (kept.kind, kept.subject_id, kept.at) == ("REPORT_SENT", "rep_1", NOW)
            assert (made.version, kept.version) == (version, version)
        counts = await session.execute(
            select(PatientRow.id, PatientRow.event_count).where(PatientRow.id.in_([key, other]))
        )
        assert {row.id: row.event_count for row in counts} == {key: 8, other: 0}
        assert made.number == 8
