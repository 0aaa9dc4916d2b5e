from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from domain.author import Author
from domain.content.line import ContentSection
from domain.cooperation.suggestion import SuggestionKind, SuggestionState
from store.session import Sessions
from store.suggestion import SuggestionStore
from store.tables import PlanPartRow, SuggestionRow
from tests.store import rows
from tests.store.rows import NOW, add


def _suggestion(part: PlanPartRow, **changes: Any) -> SuggestionRow:
    known = {
        "id": uuid4(),
        "kind": "CHANGE",
        "section": "GOALS",
        "line_id": "g1",
        "text": "Sove borte",
        "why": "Det er viktigst",
        "content_version": 1,
        "author": {"name": "Kari Fjell", "role": "Forelder"},
        "created_at": NOW,
        "state": "OPEN",
        "version": 1,
    }
    return SuggestionRow(patient_id=part.patient_id, part_id=part.id, **known | changes)


async def _part(db: Sessions, **changes: Any) -> PlanPartRow:
    key = uuid4()
    plan = rows.a_plan(key)
    part = rows.a_part(plan, **changes)
    await add(db, rows.a_patient(key), plan, part)
    return part


async def test_suggestions_come_newest_first_for_each_part_asked(db: Sessions) -> None:
    some, none = await _part(db), await _part(db)
    for minutes in range(3):
        at = NOW - timedelta(minutes=minutes)
        await add(db, _suggestion(some, text=f"{minutes}", created_at=at))
    keys = [(f"pat_{part.patient_id}", f"prt_{part.id}") for part in (none, some)]
    found = await SuggestionStore(db).by_parts(keys)
    assert [[each.text for each in of_part] for of_part in found] == [[], ["0", "1", "2"]]


async def test_a_decided_one_is_read_as_it_was_written(db: Sessions) -> None:
    part, draft = await _part(db), uuid4()
    row = _suggestion(
        part,
        state="ACCEPTED",
        decided_by={"name": "Siri Nordvik", "role": "Vernepleier"},
        decided_at=NOW,
        reason="Enig",
        draft_id=draft,
        author_number="4",
    )
    await add(db, row)
    read = await SuggestionStore(db).by_id(f"pat_{part.patient_id}", f"sug_{row.id}")
    assert read is not None
    assert (read.kind, read.section) == (SuggestionKind.CHANGE, ContentSection.GOALS)
    assert (read.state, read.reason, read.draft_id) == (
        SuggestionState.ACCEPTED,
        "Enig",
        f"drf_{draft}",
    )
    assert read.decided_by == Author(name="Siri Nordvik", role="Vernepleier")
    assert read.author_number == "4"
    assert await SuggestionStore(db).by_id(f"pat_{uuid4()}", f"sug_{row.id}") is None
