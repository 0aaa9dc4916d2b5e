from __future__ import annotations

from uuid import uuid4

import pytest

from domain.errors import NotFound
from store import owner
from store.session import Sessions
from tests.store import rows
from tests.store.rows import NOW, add


async def test_what_hangs_on_a_plan_is_its_patient_s_also_as_what_waits(db: Sessions) -> None:
    key = uuid4()
    plan = rows.a_plan(key)
    part = rows.a_part(plan)
    await add(db, rows.a_patient(key), plan, part)
    part_id = f"prt_{part.id}"
    async with db.begin() as session:
        for subject_id in (f"pat_{key}", part_id, f"tsk_REVIEW_{part_id}"):
            assert await owner.of(session, subject_id) == key
            assert await owner.lock_of(session, subject_id) == key


async def test_a_merged_patient_s_is_who_lives_on(db: Sessions) -> None:
    key, merged = uuid4(), uuid4()
    await add(db, rows.a_patient(key), rows.a_patient(merged, merged_into=key))
    async with db.begin() as session:
        assert await owner.of(session, f"pat_{merged}") == key
        assert await owner.lock_of(session, f"pat_{merged}") == key


@pytest.mark.parametrize("subject_id", [f"pat_{uuid4()}", f"prt_{uuid4()}", "evt_1", "x", ""])
async def test_what_is_nobody_s_is_not_found(db: Sessions, subject_id: str) -> None:
    async with db.begin() as session:
        with pytest.raises(NotFound):
            await owner.of(session, subject_id)
        with pytest.raises(NotFound):
            await owner.lock_of(session, subject_id)


async def test_who_is_locked_is_skipped_by_who_does_not_wait(db: Sessions) -> None:
    key, free = uuid4(), uuid4()
    await add(db, rows.a_patient(key), rows.a_patient(free))
    async with db.begin() as one, db.begin() as another:
        assert await owner.lock_of(one, f"pat_{key}") == key
        assert not await owner.lock(another, {key}, skip_locked=True)
        assert await owner.lock(another, {free}, skip_locked=True)


async def test_rows_may_point_at_a_patient_who_is_locked(db: Sessions) -> None:
    key = uuid4()
    await add(db, rows.a_patient(key))
    async with db.begin() as session:
        await owner.lock_of(session, f"pat_{key}")
        await add(db, rows.a_member(key, "999000101", until=NOW))
