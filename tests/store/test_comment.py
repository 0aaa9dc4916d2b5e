from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from domain.author import Author
from domain.cooperation.comment import Visibility
from store.comment import CommentStore
from store.of_part import MOST
from store.session import Sessions
from tests.store import rows
from tests.store.rows import NOW, add


async def _part(db: Sessions, comments: int) -> tuple[str, str]:
    key: UUID = uuid4()
    plan = rows.a_plan(key)
    part = rows.a_part(plan)
    await add(db, rows.a_patient(key), plan, part)
    for minutes in range(comments):
        at = NOW - timedelta(minutes=minutes)
        await add(db, rows.a_comment(part, text=f"{minutes} minutter siden", created_at=at))
    return f"pat_{key}", f"prt_{part.id}"


async def test_comments_come_newest_first_for_each_part_asked(db: Sessions) -> None:
    some, none = await _part(db, 3), await _part(db, 0)
    found = await CommentStore(db).by_parts([none, some])
    assert [[c.text[:1] for c in comments] for comments in found] == [[], ["0", "1", "2"]]


async def test_a_long_thread_is_bounded(db: Sessions) -> None:
    part = await _part(db, MOST + 5)
    (comments,) = await CommentStore(db).by_parts([part])
    assert len(comments) == MOST


async def test_a_comment_is_read_as_it_was_written(db: Sessions) -> None:
    key = uuid4()
    plan = rows.a_plan(key)
    part = rows.a_part(plan)
    first = rows.a_comment(part, line_id="a1", author_number="4", on_behalf_of="Nora Fjell")
    answer = rows.a_comment(
        part, answer_to=first.id, visibility="PERSONNEL_AND_ME", seen_by_number="4", version=3
    )
    await add(db, rows.a_patient(key), plan, part, first, answer)
    store = CommentStore(db)
    read = await store.by_id(f"pat_{key}", f"cmt_{answer.id}")
    assert read is not None
    assert (read.answer_to, read.version, read.seen_by_number) == (f"cmt_{first.id}", 3, "4")
    assert read.visibility is Visibility.PERSONNEL_AND_ME
    root = await store.by_id(f"pat_{key}", f"cmt_{first.id}")
    assert root is not None
    assert root.author == Author(name="Kari Fjell", role="Forelder")
    assert await store.by_id(f"pat_{uuid4()}", f"cmt_{first.id}") is None
