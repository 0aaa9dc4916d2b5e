from __future__ import annotations

import pytest
from sqlalchemy import update

from domain.errors import NotFound, NotPermitted
from resolvers import patient as patients
from resolvers.writing import standing
from store.feed import FeedStore
from store.tables import AccessRuleRow, EventRow, IdentityNumberRow, RepresentationRow
from tests.builders import a_citizen
from tests.connectors.asking import ARNE, NORA
from tests.worker.backroom import Backroom
from tests.writing.clinic import INGRID
from tests.writing.in_use import in_use
from worker.families import FEED


@pytest.fixture
async def family(backroom: Backroom) -> Backroom:
    """Nora in the register's words: her number, and both her parents under one roof."""
    clinic = backroom.clinic
    async with clinic.db.begin() as session:
        mine = update(IdentityNumberRow).where(IdentityNumberRow.value == ARNE)
        await session.execute(mine.values(value=NORA))
    await in_use(clinic)
    await _told(backroom, "parentMovesIn")
    kari, ola = [
        row
        for row in sorted(await clinic.rows(RepresentationRow), key=lambda each: each.since)
        if row.until is None
    ]
    clinic.kari = a_citizen(kari.representative_number, name=kari.representative_name)
    clinic.ola = a_citizen(ola.representative_number, name=ola.representative_name)
    if kari.representative_name.startswith("Ola"):
        clinic.kari, clinic.ola = clinic.ola, clinic.kari
    return backroom


async def _told(backroom: Backroom, *changes: str) -> None:
    """Let something happen to Nora's family, and let the worker hear of it."""
    for change in changes:
        wish = {"patient": NORA, "change": change}
        async with backroom.http.post(f"{backroom.register_url}/_changes", json=wish) as answer:
            assert answer.status == 200
    backroom.later(minutes=2)
    await backroom.families.turn()


async def _heard(backroom: Backroom) -> int:
    return [row.kind for row in await backroom.clinic.rows(EventRow)].count("REGISTER_TOLD")


async def test_the_parents_are_those_of_the_register(family: Backroom) -> None:
    clinic = family.clinic
    for parent in (clinic.kari, clinic.ola):
        assert await clinic.plan(parent)
    rows = await clinic.rows(RepresentationRow)
    assert sorted(each.until is None for each in rows) == [False, False, True, True]


async def test_what_is_told_again_changes_nothing(family: Backroom) -> None:
    heard = await _heard(family)
    await _told(family, "parentMovesIn")
    assert await _heard(family) == heard
    position = await FeedStore(family.clinic.db).position(FEED)
    await family.families.turn()
    assert await FeedStore(family.clinic.db).position(FEED) == position


async def test_a_parent_who_moves_out_is_let_in_as_the_rule_says(family: Backroom) -> None:
    clinic = family.clinic
    await _told(family, "parentMovesOut")
    assert await clinic.plan(clinic.kari)
    assert await clinic.plan(clinic.ola)
    assert {each.lives_with_patient for each in await clinic.rows(RepresentationRow)} == {
        True,
        False,
    }


async def test_whose_responsibility_has_ended_is_nobody_to_the_child(family: Backroom) -> None:
    clinic = family.clinic
    await _told(family, "endResponsibility")
    assert await clinic.plan(clinic.kari)
    with pytest.raises(NotFound):
        await clinic.plan(clinic.ola)


async def test_a_protected_address_hides_the_child_until_it_is_no_longer(family: Backroom) -> None:
    clinic = family.clinic
    await _told(family, "protectChild")
    for parent in (clinic.kari, clinic.ola):
        with pytest.raises(NotFound):
            await clinic.plan(parent)
    assert await clinic.plan(INGRID)
    await _told(family, "unprotectChild")
    assert await clinic.plan(clinic.kari)


async def test_a_protected_parent_does_not_represent(family: Backroom) -> None:
    clinic = family.clinic
    await _told(family, "protectParent")
    with pytest.raises(NotFound):
        await clinic.plan(clinic.ola)
    assert await clinic.plan(clinic.kari)


async def test_child_welfare_with_the_care_stands_in_the_parents_place(family: Backroom) -> None:
    clinic = family.clinic
    await _told(family, "childWelfareTakesOver")
    with pytest.raises(NotPermitted) as refused:
        await clinic.plan(clinic.kari)
    assert refused.value.reason == "CARE_TAKEN_OVER"
    await _told(family, "childWelfareEnds")
    assert await clinic.plan(clinic.kari)


async def test_what_personnel_registered_is_theirs_to_end(family: Backroom) -> None:
    clinic = family.clinic
    known = {
        "patient_id": clinic.patient_id,
        "organisation_number": "999000185",
        "organisation_name": "Barneverntjenesten i Nordvik",
        "reason": "Vedtak vist",
    }
    await clinic.do(INGRID, standing.REGISTER_CARE, **known)
    await _told(family, "parentMovesOut")
    kept = [each for each in await clinic.rows(AccessRuleRow) if each.kind == "CARE_TAKEN_OVER"]
    assert [each.ended_at for each in kept] == [None]
    ctx = clinic.context(INGRID)
    assert await patients.by_id(ctx, clinic.patient_id)
