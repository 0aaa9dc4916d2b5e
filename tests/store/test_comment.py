from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from store.comment import MOST_COMMENTS, CommentStore
from store.session import Sessions
from store.tables import CommentRow, PlanPartRow
from tests.store import rows
from tests.store.rows import NOW, add


def _comment(part: PlanPartRow, minutes: int) -> CommentRow:
    return CommentRow(
        patient_id=part.patient_id,
        id=uuid4(),
        part_id=part.id,
        text=f"{minutes} minutter siden",
        author="Kari",
        status="OPEN",
        created_at=NOW - timedelta(minutes=minutes),
    )


async def _part(db: Sessions, comments: int) -> tuple[str, str]:
    key: UUID = uuid4()
    plan = rows.a_plan(key)
    part = rows.a_part(plan)
    await add(db, rows.a_patient(key), plan, part)
    await add(db, *(_comment(part, minutes) for minutes in range(comments)))
    return f"pat_{key}", f"prt_{part.id}"


async def test_comments_come_newest_first_for_each_part_asked(db: Sessions) -> None:
    some, none = await _part(db, 3), await _part(db, 0)
    found = await CommentStore(db).by_parts([none, some])
    assert [[c.text[:1] for c in comments] for comments in found] == [[], ["0", "1", "2"]]


async def test_a_long_thread_is_bounded(db: Sessions) -> None:
    part = await _part(db, MOST_COMMENTS + 5)
    (comments,) = await CommentStore(db).by_parts([part])
    assert len(comments) == MOST_COMMENTS
