from __future__ import annotations

from uuid import uuid4

from store.listing import CONSENTS, LOG_QUESTIONS, RESERVATIONS, ListingStore
from store.session import Sessions
from tests.store import rows
from tests.store.rows import NOW, add


async def test_each_patient_gets_their_own_in_the_order_asked(db: Sessions) -> None:
    one, other, third = uuid4(), uuid4(), uuid4()
    for key in (one, other, third):
        await add(db, rows.a_patient(key))
    await add(db, rows.a_consent(one), rows.a_consent(other))
    asked = [f"pat_{key}" for key in (other, third, one)]
    found = await ListingStore(db).by_patients(CONSENTS, asked)
    assert [[each.patient_id for each in of] for of in found] == [[asked[0]], [], [asked[2]]]
    assert found[0][0].id.startswith("con_")


async def test_an_open_consent_comes_before_those_withdrawn(db: Sessions) -> None:
    key = uuid4()
    word = {"at": NOW, "by": "Kari", "giver": "PARENT"}
    earlier = rows.a_consent(key, withdrawn=word, withdrawn_at=NOW)
    await add(db, rows.a_patient(key), earlier, rows.a_consent(key))
    (found,) = await ListingStore(db).by_patients(CONSENTS, [f"pat_{key}"])
    assert [each.withdrawn_at for each in found] == [None, NOW]


async def test_one_patient_asked_for_twice_is_read_once(db: Sessions) -> None:
    key = uuid4()
    await add(db, rows.a_patient(key), rows.a_consent(key))
    asked = [f"pat_{key}"] * 2
    first, second = await ListingStore(db).by_patients(CONSENTS, asked)
    assert len(first) == 1
    assert first == second


async def test_who_has_nothing_has_an_empty_list(db: Sessions) -> None:
    listings = ListingStore(db)
    for listing in (RESERVATIONS, LOG_QUESTIONS):
        assert await listings.by_patients(listing, [f"pat_{uuid4()}"]) == [[]]
