from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from domain.access.opening import TRIES_WINDOW, Opening, digest, new_code
from domain.author import Author
from store import saving
from store.opening import OpeningStore
from store.session import Sessions
from store.tables import OpeningTriesRow
from tests.store import rows
from tests.store.rows import NOW, add

MINUTE = timedelta(minutes=1)


@pytest.fixture
def openings(db: Sessions) -> OpeningStore:
    return OpeningStore(db)


async def _keep(db: Sessions, **changes: object) -> Opening:
    key = uuid4()
    plan = rows.a_plan(key)
    part = rows.a_part(plan)
    share = rows.a_share(part)
    await add(db, rows.a_patient(key), plan, part, share)
    known: dict[str, object] = {
        "id": f"opn_{uuid4()}",
        "patient_id": f"pat_{key}",
        "share_id": f"shr_{share.id}",
        "code_digest": digest(new_code()),
        "made_by": Author(name="Kari Fjell"),
        "made_at": NOW,
        "code_expires_at": NOW + 15 * MINUTE,
    }
    opening = Opening(**known | changes)
    async with db.begin() as session:
        await saving.add(session, opening)
    return opening


async def test_a_code_is_found_until_it_expires_or_is_used(
    db: Sessions, openings: OpeningStore
) -> None:
    fresh = await _keep(db)
    used = await _keep(db, opened_at=NOW)
    found = await openings.by_code(fresh.code_digest, NOW)
    assert found is not None
    assert msgspec.structs.asdict(found) == msgspec.structs.asdict(fresh)
    assert await openings.by_code(fresh.code_digest, fresh.code_expires_at) is None
    assert await openings.by_code(used.code_digest, NOW) is None
    assert await openings.by_code(digest("another"), NOW) is None


async def test_a_token_is_found_until_its_access_ends(db: Sessions, openings: OpeningStore) -> None:
    token = digest(str(uuid4()))
    await _keep(db, opened_at=NOW, token_digest=token, expires_at=NOW + MINUTE)
    assert await openings.by_token(token, NOW) is not None
    assert await openings.by_token(token, NOW + MINUTE) is None


async def test_tries_are_counted_for_each_place_and_anew_after_a_while(
    openings: OpeningStore,
) -> None:
    here, there = uuid4().hex, uuid4().hex

    async def tried(place: str, later: timedelta = timedelta()) -> int:
        return await openings.count_try(place, NOW + later, TRIES_WINDOW)

    assert [await tried(here), await tried(here), await tried(there)] == [1, 2, 1]
    await openings.forgive_try(here)
    assert await tried(here, MINUTE) == 2
    assert await tried(here, TRIES_WINDOW) == 1


async def test_tries_made_at_once_are_all_counted(openings: OpeningStore) -> None:
    place = uuid4().hex
    counts = await asyncio.gather(
        *(openings.count_try(place, NOW, TRIES_WINDOW) for _ in range(20))
    )
    assert sorted(counts) == list(range(1, 21))


async def test_places_that_nothing_comes_from_any_more_are_forgotten(
    db: Sessions, openings: OpeningStore
) -> None:
    old = uuid4().hex
    await openings.count_try(old, NOW, TRIES_WINDOW)
    await openings.count_try(uuid4().hex, NOW + TRIES_WINDOW, TRIES_WINDOW)
    async with db() as session:
        assert await session.get(OpeningTriesRow, old) is None
